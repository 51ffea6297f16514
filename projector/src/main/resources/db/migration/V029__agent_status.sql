-- The latest status that the provider showed of an extension. A status is recorded when it changes, so changed_at is when
-- the one that the row shows was first seen.
create table agent_status (
    account       text        not null,
    extension     text        not null,
    first_seen_at timestamptz not null,
    seen_at       timestamptz not null,
    seen_event    uuid        not null,
    status        text,                 -- null: a word that nobody knows
    changed_at    timestamptz generated always as (seen_at) stored,
    updated_at    timestamptz not null default now(),
    primary key (account, extension)
) with (fillfactor = 85);
