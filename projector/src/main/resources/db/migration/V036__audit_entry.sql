-- Who did what, and who was refused. No secret and nobody's number.
create table audit_entry (
    id         bigint generated always as identity primary key,
    at         timestamptz not null default now(),
    principal  text        not null,
    role       text        not null,
    account    text,                 -- null when it concerns none or is not known
    action     text        not null, -- such as sync.order, job.cancel, recording.play
    target     text,                 -- a job's or call's id
    outcome    text        not null, -- allowed | denied | failed
    request_id text        not null
);
