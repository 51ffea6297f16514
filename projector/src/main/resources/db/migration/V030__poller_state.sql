-- The newest word of each account's poller: what it does, its request budget, where each resource stands. The same JSON
-- as in the log, less what the poller keeps there for itself.
create table poller_state (
    account     text        not null,
    entry       text        not null, -- poller | budget | the word of a resource
    value       jsonb       not null,
    reported_at timestamptz not null,
    primary key (account, entry)
) with (fillfactor = 50);
