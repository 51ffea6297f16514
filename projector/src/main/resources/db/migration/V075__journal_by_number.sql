create index journal_by_number on journal_entry (account, business_number, created_at desc, entry_id desc)
    where business_number is not null;
