create index journal_by_call on journal_entry (account, call_id) where call_id is not null;
