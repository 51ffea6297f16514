-- One row per distinct fact about a call: narrow, decoded, with the position of its raw bytes in Kafka.
-- The primary key is the deduplication: unpartitioned on purpose, for a unique index on a partitioned table would have
-- to contain the partition key and would then let duplicates in.
create table call_event (
    account            text        not null,
    event_id           uuid        not null,
    call_id            text        not null,
    source             text        not null, -- webhook | poll
    type               text        not null, -- the provider's EventType; 'call' for a call record
    provider_time      timestamptz,          -- the provider's clock, microseconds; null when absent or unreadable
    provider_time_rest smallint    not null default 0, -- nanoseconds below the microsecond (0..999)
    received_at        timestamptz not null, -- first delivery
    extension          text,
    from_party         text,
    to_party           text,
    record             jsonb,                -- the call record's own facts; null on webhooks
    delivery_times timestamptz[],            -- of its deliveries when there are several: a set, the earliest 100
    deliveries     integer generated always as (coalesce(cardinality(delivery_times), 1)) stored,
    trace_parent       text,
    topic              text        not null,
    partition          integer     not null,
    kafka_offset       bigint      not null,
    replicated_at      timestamptz not null, -- when the log took it
    projected_at       timestamptz not null default now(),
    primary key (event_id, account)
);
