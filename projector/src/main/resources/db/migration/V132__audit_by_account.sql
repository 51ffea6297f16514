-- Whoever is bound to an account reads the audit of that account alone.
create index audit_by_account on audit_entry (account, at desc, id desc);
