-- The list of jobs is newest first, and a page starts after (requested_at, id, account).
create index job_newest_first on job (requested_at desc, id desc, account desc);
