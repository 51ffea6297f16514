-- An entry for one call in four, one in ten of them a message, and rarely a task.
insert into journal_entry (account, entry_id, first_seen_at, seen_at, seen_event, created_at, request_guid, type, state,
    direction, client_number, client_digits, business_number, agent_extension, agent_name, duration_seconds, body, tags,
    attachments, call_id, joined_by)
select account, 'e' || call_id, started_at, started_at, gen_random_uuid(), started_at, call_id,
    case when hash % 40 = 0 then 'message' when hash % 40004 = 4 then 'task' else 'call' end,
    case when hash % 40 = 0 then 'message' when outcome = 'answered' then 'connected' else 'missed' end,
    case when direction = 'outbound' then 'outbound' else 'inbound' end,
    client_number, client_digits, business_number, agent_extension, agent_name, duration_seconds,
    case when hash % 40 = 0 then 'Please call me back about the order of last week.' end, '[]', '[]',
    case when hash % 40 <> 0 then call_id end, case when hash % 40 <> 0 then 'request_guid' end
from (select *, abs(hashtext(call_id)) as hash from call where account = 'default') c
where hash % 4 = 0
