-- Keys older than two days are forgotten.
create index idempotency_key_by_age on idempotency_key (made_at);
