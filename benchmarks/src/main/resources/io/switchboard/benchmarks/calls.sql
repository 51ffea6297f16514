-- A call centre of 20 numbers and 40 extensions, 18 months of it, :calls calls: busy on working days, quiet else. Ordered by
-- time to the hour, as calls come. Rare things are as rare as they are: dropped 0.01 %, known by polling only 0.5 %.
insert into call (account, call_id, direction, state, outcome, client_number, client_digits, client_name, business_number,
    agent_extension, agent_name, started_at, answered_at, ended_at, wait_seconds, talk_seconds, duration_seconds,
    recording_status, recording_uri, sources, confirmed, last_event_at, version, first_webhook_at, first_poll_at)
with hours as (
    select hour,
        case when extract(isodow from hour) >= 6 then 0.06 else 1 end
        * (array[2,1,1,1,1,2,6,20,70,100,110,105,80,85,105,110,95,60,25,12,8,6,4,3])
            [1 + extract(hour from hour at time zone 'America/New_York')::int] as weight
    from generate_series(:'from'::timestamptz, :'until'::timestamptz - interval '1 hour', interval '1 hour') hour),
busy as (
    select hour, greatest(1, round(:calls * weight / sum(weight) over ()))::int as calls from hours),
born as materialized (
    select hour + random() * interval '1 hour' as started_at, random() as way, random() as end_, random() as wait,
        random() as talk, random() as caller, random() as line, random() as agent, random() as tape, random() as door
    from busy, generate_series(1, calls)),
directed as materialized (
    select *,
        case when way < 0.62 then 'inbound' when way < 0.95 then 'outbound' when way < 0.96 then 'callback'
            when way < 0.99999 then 'internal' else 'unknown' end as direction,
        '+1' || lpad((201 + (caller * caller * :callers)::int / 10000)::text, 3, '0') || '555'
            || lpad(((caller * caller * :callers)::int % 10000)::text, 4, '0') as client,
        '+1202555' || lpad((100 + floor(line * line * 20))::int::text, 4, '0') as number,
        (101 + floor(agent * 40))::int::text as extension
    from born),
decided as materialized (
    select *,
        case
            when end_ < 0.00001 then null
            when end_ < 0.0002 then 'unknown'
            when direction = 'inbound' and end_ < 0.0003 then 'dropped'
            when direction = 'inbound' and end_ < 0.16 then 'missed'
            when direction = 'inbound' and end_ < 0.26 then 'voicemail'
            when direction in ('outbound', 'callback') and end_ < 0.3 then 'unanswered'
            when direction in ('internal', 'unknown') and end_ < 0.2 then 'missed'
            else 'answered'
        end as outcome,
        (1 - 9 * ln(1 - wait * 0.9999))::numeric(12, 3)::float8 as wait_seconds,
        (case when talk < 0.0005 then 3600 + 7200 * talk / 0.0005 else 2 - 190 * ln(1 - talk * 0.9999) end)::numeric(12, 3)::float8 as talk_seconds
    from directed)
select 'default', gen_random_uuid()::text, direction,
    case when outcome is null then 'ringing' else 'ended' end, outcome,
    case when direction <> 'internal' then client end,
    case when direction <> 'internal' then substr(client, 2) end, null,
    case when direction <> 'internal' then number end,
    case when outcome = 'answered' or direction in ('outbound', 'internal') then extension end,
    case when outcome = 'answered' or direction in ('outbound', 'internal') then 'Agent ' || extension end,
    started_at,
    case when outcome = 'answered' then started_at + wait_seconds * interval '1 second' end,
    case when outcome is not null then started_at + wait_seconds * interval '1 second'
        + case when outcome = 'answered' then talk_seconds else 0 end * interval '1 second' end,
    case when outcome not in ('unknown') then wait_seconds end,
    case when outcome = 'answered' then talk_seconds end,
    case when outcome is not null then wait_seconds + case when outcome = 'answered' then talk_seconds else 0 end end,
    case when outcome = 'answered' and tape < 0.85 then 'ready' else 'none' end,
    null,
    case when door < 0.005 then '{poll}' when door < 0.006 then '{webhook}' else '{poll,webhook}' end::text[],
    door >= 0.006 or door < 0.005,
    started_at + wait_seconds * interval '1 second' + case when outcome = 'answered' then talk_seconds else 0 end * interval '1 second',
    5,
    case when door >= 0.005 then started_at + interval '80 milliseconds' end,
    case when door < 0.005 or door >= 0.006 then started_at + wait_seconds * interval '1 second' + interval '20 minutes' end
from decided
