-- What changed, in an order that readers can resume from. A reader takes rows whose transaction is older than every
-- running one (pg_snapshot_xmin), so that a number that commits late is not skipped.
create table change_feed (
    seq        bigint generated always as identity primary key,
    xid        xid8        not null default pg_current_xact_id(),
    account    text        not null,
    topic      text        not null, -- calls | agents | pipeline
    key        text        not null,
    version    integer     not null,
    changed_at timestamptz not null default now()
);
