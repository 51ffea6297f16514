-- Every list of calls is newest first, and a page starts after (started_at, call_id).
create index call_newest_first on call (account, started_at desc, call_id desc);
