-- What was answered to an order that carried an Idempotency-Key: the same order again is answered the same and made once.
create table idempotency_key (
    principal    text        not null,
    route        text        not null, -- method and path
    key          text        not null,
    request_hash bytea       not null, -- of the body: another body under the same key is refused
    status       integer     not null,
    answer       jsonb       not null,
    made_at      timestamptz not null default now(),
    primary key (principal, route, key)
);
