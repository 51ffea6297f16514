-- What report_hour has to say, computed from the calls: fills the table, and proves it.
create view report_hour_of_calls as
with counted as (
    select account, coalesce(business_number, '') as number, date_trunc('hour', started_at, 'UTC') as hour, direction,
        outcome, recording_status,
        case when outcome = 'answered' then duration_micros(wait_seconds) end as answer,
        case when outcome in ('missed', 'voicemail', 'dropped') then duration_micros(wait_seconds) end as lost,
        case when outcome = 'answered' then duration_micros(talk_seconds) end as talk
    from call),
sums as (
    select account, grouping(number) = 1 as total, coalesce(number, '') as number, hour, direction,
        count(*) filter (where outcome is null)::integer as open,
        count(*) filter (where outcome = 'answered')::integer as answered,
        count(*) filter (where outcome = 'missed')::integer as missed,
        count(*) filter (where outcome = 'voicemail')::integer as voicemail,
        count(*) filter (where outcome = 'dropped')::integer as dropped,
        count(*) filter (where outcome = 'unanswered')::integer as unanswered,
        count(*) filter (where outcome = 'unknown')::integer as unknown,
        count(*) filter (where outcome = 'answered' and recording_status <> 'none')::integer as recorded,
        count(answer)::integer as answer_count, coalesce(sum(answer), 0)::bigint as answer_micros,
        count(lost)::integer as lost_count, coalesce(sum(lost), 0)::bigint as lost_micros,
        count(talk)::integer as talk_count, coalesce(sum(talk), 0)::bigint as talk_micros
    from counted
    group by account, hour, direction, grouping sets ((number), ())),
cells as (
    select account, grouping(number) = 1 as total, coalesce(number, '') as number, hour, direction, what,
        duration_cell(micros) as cell, count(*) as times
    from counted, lateral (values ('answer', answer), ('lost', lost), ('talk', talk)) d (what, micros)
    where micros is not null
    group by account, hour, direction, what, duration_cell(micros), grouping sets ((number), ())),
sketches as (
    select account, total, number, hour, direction,
        string_agg(varint(cell) || varint(times * 2), ''::bytea order by cell) filter (where what = 'answer') as answer_sketch,
        string_agg(varint(cell) || varint(times * 2), ''::bytea order by cell) filter (where what = 'lost') as lost_sketch,
        string_agg(varint(cell) || varint(times * 2), ''::bytea order by cell) filter (where what = 'talk') as talk_sketch
    from cells
    group by account, total, number, hour, direction)
select account, total, number, hour, direction, open, answered, missed, voicemail, dropped, unanswered, unknown, recorded,
    answer_count, answer_micros, coalesce(answer_sketch, ''::bytea) as answer_sketch,
    lost_count, lost_micros, coalesce(lost_sketch, ''::bytea) as lost_sketch,
    talk_count, talk_micros, coalesce(talk_sketch, ''::bytea) as talk_sketch
from sums left join sketches using (account, total, number, hour, direction);
