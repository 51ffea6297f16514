-- The fold loads all events of the calls that a batch touches.
create index call_event_by_call on call_event (account, call_id);
