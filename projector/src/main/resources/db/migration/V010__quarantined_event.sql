-- Authentic webhooks from which no event could be read: only where their raw bytes are, so that a receipt can be shown.
create table quarantined_event (
    account       text        not null,
    event_id      uuid        not null,
    received_at   timestamptz not null,
    replicated_at timestamptz not null,
    projected_at  timestamptz not null default now(),
    delivery_times timestamptz[],            -- of its deliveries when there are several: a set, the earliest 100
    deliveries     integer generated always as (coalesce(cardinality(delivery_times), 1)) stored,
    topic         text        not null,
    partition     integer     not null,
    kafka_offset  bigint      not null,
    primary key (event_id, account)
);
