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

insert into coverage_hour
select account, date_trunc('hour', started_at, 'UTC') as hour,
    count(*) filter (where first_poll_at is null),
    count(*) filter (where first_webhook_at is null),
    count(*) filter (where first_webhook_at is not null and first_poll_at is not null),
    count(*) filter (where state <> 'ended'),
    count(*) filter (where delay <= 1),
    count(*) filter (where delay > 1 and delay <= 5),
    count(*) filter (where delay > 5 and delay <= 30),
    count(*) filter (where delay > 30 and delay <= 120),
    count(*) filter (where delay > 120 and delay <= 600),
    count(*) filter (where delay > 600 and delay <= 3600),
    count(*) filter (where delay > 3600)
from (
    select *, extract(epoch from coalesce(
        first_webhook_at - started_at,
        first_poll_at - coalesce(ended_at, started_at))) as delay
    from call) c
group by 1, 2;
