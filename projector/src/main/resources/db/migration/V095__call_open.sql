-- Calls that are not over: what live views read, however long the history.
create index call_open on call (account, last_event_at) where state <> 'ended';
