-- The audit is read newest first; entries older than the retention are forgotten from its other end.
create index audit_newest_first on audit_entry (at desc, id desc);
