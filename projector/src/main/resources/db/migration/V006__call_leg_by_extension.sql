create index call_leg_by_extension on call_leg (account, extension, call_started_at desc, call_id desc);
