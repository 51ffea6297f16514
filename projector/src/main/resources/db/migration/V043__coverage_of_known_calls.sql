-- The same sums over the rows that are there.
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
