-- One repair at a time in the whole installation.
create unique index repair_open on repair ((true)) where finished_at is null;
