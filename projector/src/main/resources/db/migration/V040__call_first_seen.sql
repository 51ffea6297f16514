-- When each door told of a call first; null where it has not. What coverage is counted from.
alter table call
    add column first_webhook_at timestamptz,
    add column first_poll_at    timestamptz;
