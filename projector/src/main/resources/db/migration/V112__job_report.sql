-- What a repair found, such as the rows in which rebuilt tables differ; null for the poller's jobs.
alter table job add column report jsonb;
