-- A number of seven bits to the byte, the lowest first, the highest bit of a byte saying that more follow: up to 2^28.
create function varint(value bigint) returns bytea immutable strict parallel safe language plpgsql as $$
begin
    return
    case
        when value < 1 << 7 then set_byte('\x00', 0, value::integer)
        when value < 1 << 14 then set_byte(set_byte('\x0000', 0, (value & 127 | 128)::integer), 1, (value >> 7)::integer)
        when value < 1 << 21 then set_byte(set_byte(set_byte('\x000000',
            0, (value & 127 | 128)::integer), 1, (value >> 7 & 127 | 128)::integer), 2, (value >> 14)::integer)
        else set_byte(set_byte(set_byte(set_byte('\x00000000',
            0, (value & 127 | 128)::integer), 1, (value >> 7 & 127 | 128)::integer),
            2, (value >> 14 & 127 | 128)::integer), 3, (value >> 21)::integer)
    end; end $$;
