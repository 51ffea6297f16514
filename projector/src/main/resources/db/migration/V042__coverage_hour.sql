-- Calls by the hour in which they began and by the doors that told of them. Moved by the difference that a batch makes to
-- each call, in the batch's transaction: always the sum over the rows of call.
--
-- The delays say how long after a call could be known it was known: its first webhook after its start, or, when only
-- polling found it, its record after its end.
create table coverage_hour (
    account      text        not null,
    hour         timestamptz not null,
    webhook_only integer     not null default 0,
    poll_only    integer     not null default 0,
    both_doors   integer     not null default 0,
    still_open   integer     not null default 0,
    delay_1s     integer     not null default 0, -- seen within a second
    delay_5s     integer     not null default 0, -- within 1 to 5 seconds, and so on
    delay_30s    integer     not null default 0,
    delay_2m     integer     not null default 0,
    delay_10m    integer     not null default 0,
    delay_1h     integer     not null default 0,
    delay_more   integer     not null default 0,
    primary key (account, hour)
) with (fillfactor = 50);
