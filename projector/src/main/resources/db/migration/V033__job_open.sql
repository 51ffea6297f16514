-- Whether a synchronisation of the account is queued or running already.
create index job_open on job (account, kind) where status in ('queued', 'running');
