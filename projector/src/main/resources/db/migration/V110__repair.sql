-- What a projector does to mend the tables: the order behind a job of kind dead_letters, replay or rebuild.
create table repair (
    account     text    not null, -- '*' when it concerns all
    id          text    not null, -- the job's
    kind        text    not null, -- dead_letters | replay | rebuild
    work        jsonb   not null, -- what was ordered
    state       jsonb,            -- from where another projector goes on
    owner       text,             -- the projector that works on it; null while none does
    beat_at     timestamptz,      -- when its owner last said so
    cancelled   boolean not null default false,
    finished_at timestamptz,
    primary key (account, id)
) with (fillfactor = 50);
