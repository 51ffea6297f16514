-- One leg each, and two that rang in vain before one call in four.
insert into call_leg (account, call_id, position, extension, ringing_at, connected_at, ended_at, result, call_started_at)
select account, call_id, position,
    case when position = legs then coalesce(agent_extension, '101') else (101 + (hash + position * 7) % 40)::text end,
    started_at + position * interval '100 milliseconds', case when position = legs then answered_at end, ended_at,
    case when outcome is null then 'ringing' when outcome = 'answered' and position = legs then 'answered'
        when outcome = 'answered' then 'answered_elsewhere' else 'no_answer' end,
    started_at
from (
    select *, case when hash % 4 = 0 then 2 else 0 end as legs
    from (select *, abs(hashtext(call_id)) as hash from call where account = 'default') h) c, generate_series(0, legs) position
