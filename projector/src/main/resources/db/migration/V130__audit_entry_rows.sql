-- How many rows left the house with an export; null where none are counted.
alter table audit_entry add column rows bigint;
