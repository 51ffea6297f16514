-- The last position given, in one row. Whoever gives positions or reads a snapshot that begins a stream holds this table in
-- SHARE ROW EXCLUSIVE mode until the end of its transaction: so positions become visible in their order, and a snapshot
-- has all changes up to the last one and none after it. Writers of the feed never touch it.
create table stream_head (
    only_row    boolean     primary key default true check (only_row),
    position    bigint      not null default 0,
    pipeline_at timestamptz              -- when the pipeline's last change was written
) with (fillfactor = 10);
