-- Records that the projector refused; the raw bytes stay in Kafka at the position named here.
create table dead_letter (
    id            bigint generated always as identity primary key,
    account       text,                 -- null when the record did not say
    topic         text        not null,
    partition     integer     not null,
    kafka_offset  bigint      not null,
    record_key    text,
    event_id      uuid,
    event_type    text,
    reason        text        not null, -- a closed list: groups are counted by it
    detail        text        not null, -- for people; no personal data
    received_at   timestamptz,
    failed_at     timestamptz not null default now(),
    unique (topic, partition, kafka_offset)
);
