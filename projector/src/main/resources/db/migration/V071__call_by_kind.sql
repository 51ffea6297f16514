create index call_by_kind on call (account, kind, started_at desc, call_id desc);
