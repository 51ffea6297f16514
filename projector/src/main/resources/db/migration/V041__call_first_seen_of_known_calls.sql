-- From the events that are kept.
update call c
set first_webhook_at = e.first_webhook_at,
    first_poll_at    = e.first_poll_at
from (
    select account, call_id,
        min(received_at) filter (where source = 'webhook') as first_webhook_at,
        min(received_at) filter (where source = 'poll')    as first_poll_at
    from call_event
    group by account, call_id) e
where c.account = e.account and c.call_id = e.call_id;
