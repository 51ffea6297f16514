-- The client filter takes a whole number or its last digits: both are a prefix of the reversed digits.
create index call_by_client on call (account, reverse(client_digits) text_pattern_ops, started_at desc)
    where client_digits is not null;
