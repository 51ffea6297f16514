-- Orders to the poller and how they do. Made by the query API at revision 0; after that the poller's higher revisions win.
-- Jobs stay when the poller forgets them.
create table job (
    account        text        not null,
    id             text        not null,
    kind           text        not null, -- sync | backfill
    status         text        not null, -- queued | running | done | failed | cancelled
    resources      text[]      not null,
    range_from     timestamptz,
    range_to       timestamptz,
    requested_by   text        not null, -- a principal's name, never a token
    requested_at   timestamptz not null,
    started_at     timestamptz,
    finished_at    timestamptz,
    price_requests integer     not null,
    spent_requests integer     not null,
    steps_done     integer     not null,
    steps_total    integer     not null,
    read_records   jsonb       not null, -- by the word of the resource
    published      bigint      not null,
    error          text,                 -- a word for programs
    detail         text,                 -- for people
    revision       integer     not null,
    primary key (account, id)
) with (fillfactor = 50);
