create index call_very_long on call (account, started_at desc, call_id desc, talk_seconds) where talk_seconds >= 3600;
