-- A column of seconds in whole microseconds, halves to the even one, as the projection rounds it.
create function duration_micros(seconds double precision) returns bigint immutable parallel safe language sql
    return round(seconds * 1000000.0::double precision)::bigint;
