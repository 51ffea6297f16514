create index voicemail_newest_first on voicemail (account, created_at desc, voicemail_id desc);
