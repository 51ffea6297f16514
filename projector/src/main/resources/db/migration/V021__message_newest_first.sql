create index message_newest_first on journal_entry (account, created_at desc, entry_id desc) where type = 'message';
