-- The digits by which two writings of a number are told to be one: North American numbers count without their country code.
create function phone_key(number text) returns text immutable parallel safe language sql return
    case
        when regexp_replace(number, '[^0-9]', '', 'g') ~ '^1[0-9]{10}$'
            then substr(regexp_replace(number, '[^0-9]', '', 'g'), 2)
        else nullif(regexp_replace(number, '[^0-9]', '', 'g'), '')
    end;
