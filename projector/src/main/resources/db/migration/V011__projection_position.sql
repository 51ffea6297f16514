-- Where the tables stand in the log. Moved only by compare-and-set inside the transaction that writes the rows.
create table projection_position (
    topic          text        not null,
    partition      integer     not null,
    next_offset    bigint      not null,
    last_record_at timestamptz,          -- the log's time of the last record applied
    last_received_at timestamptz,        -- when the newest event applied so far reached the system: as_of
    moved_at       timestamptz not null default now(),
    primary key (topic, partition)
) with (fillfactor = 50);
