-- One extension's part in a call, in the order of the legs.
create table call_leg (
    account         text        not null,
    call_id         text        not null,
    position        smallint    not null,
    extension       text        not null,
    ringing_at      timestamptz,
    connected_at    timestamptz,
    ended_at        timestamptz,
    result          text        not null,
    call_started_at timestamptz not null, -- repeated here so that the filter by extension reads one index
    primary key (account, call_id, position)
) with (fillfactor = 85);
