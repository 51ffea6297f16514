-- A dead letter stays after it was settled: so a replay or a rebuild does not open it again.
alter table dead_letter
    add column resolved_at timestamptz, -- null while it waits for a person
    add column resolution  text,        -- applied | discarded
    add column resolved_by text,        -- a principal's name
    add column replays     integer not null default 0,
    add column gone_at     timestamptz; -- when a replay found that the log does not hold it any more
