create index call_by_number on call (account, business_number, kind, started_at desc, call_id desc)
    where business_number is not null;
