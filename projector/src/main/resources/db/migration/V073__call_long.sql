-- Calls of ten minutes and more are few, and so are those of an hour and more. The length stands last, to be compared
-- without a look at the row.
create index call_long on call (account, started_at desc, call_id desc, talk_seconds) where talk_seconds >= 600;
