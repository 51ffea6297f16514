-- A call as folded from its events. Null is unknown, never zero. What depends on the clock is not stored: an open call
-- that fell silent, and the day after which a call stops being provisional, are worked out by the reader.
create table call (
    account          text        not null,
    call_id          text        not null,
    direction        text        not null,
    state            text        not null,
    outcome          text,
    client_number    text,
    client_digits    text,        -- its digits alone: what the client filter compares
    client_name      text,
    business_number  text,
    agent_extension  text,
    agent_name       text,
    started_at       timestamptz not null,
    answered_at      timestamptz,
    ended_at         timestamptz,
    wait_seconds     double precision,
    talk_seconds     double precision,
    duration_seconds double precision,
    recording_status text        not null,
    recording_uri    text,
    sources          text[]      not null,
    confirmed        boolean     not null,
    last_event_at    timestamptz not null,
    version          integer     not null,
    updated_at       timestamptz not null default now(),
    primary key (account, call_id)
) with (fillfactor = 85);
