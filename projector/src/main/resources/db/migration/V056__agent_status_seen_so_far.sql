-- What is kept of the time before: the latest.
insert into agent_status_seen select account, extension, seen_at, seen_event, status from agent_status;
