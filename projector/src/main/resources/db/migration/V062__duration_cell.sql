-- The cell of a duration: DurationCells.java draws them, and a test holds both together.
-- Not in SQL: a function there that is not inlined costs ten times as much a call.
create function duration_cell(micros bigint) returns integer immutable strict parallel safe language plpgsql as $$
begin
    return
    case
        when micros <= 0 then 0
        when micros <= 10000000 then (micros - 1) / 100000
        when micros <= 20000000 then 100 + (micros - 10000001) / 200000
        when micros <= 60000000 then 150 + (micros - 20000001) / 500000
        when micros <= 120000000 then 230 + (micros - 60000001) / 1000000
        when micros <= 300000000 then 290 + (micros - 120000001) / 2000000
        when micros <= 900000000 then 380 + (micros - 300000001) / 5000000
        when micros <= 1800000000 then 500 + (micros - 900000001) / 10000000
        when micros <= 3600000000 then 590 + (micros - 1800000001) / 20000000
        when micros <= 7200000000 then 680 + (micros - 3600000001) / 60000000
        when micros <= 14400000000 then 740 + (micros - 7200000001) / 120000000
        when micros <= 86400000000 then 800 + (micros - 14400000001) / 300000000
        else 1040
    end; end $$;
