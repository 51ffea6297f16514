-- For the client filter (see call_by_client), and for finding the entries of a call's client around its start.
create index journal_by_client on journal_entry (account, reverse(client_digits) text_pattern_ops, created_at desc)
    where client_digits is not null;
