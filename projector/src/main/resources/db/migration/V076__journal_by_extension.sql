create index journal_by_extension on journal_entry (account, agent_extension, created_at desc, entry_id desc)
    where agent_extension is not null;
