-- The sketch of one duration; string_agg of them is the sketch of all.
create function duration_sketch(seconds double precision) returns bytea immutable strict parallel safe language sql
    return varint(duration_cell(duration_micros(seconds))) || '\x02'::bytea;
