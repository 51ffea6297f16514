-- The account's address book; a row is the latest observation. A deleted contact is kept so that readers learn of it.
create table contact (
    account       text        not null,
    contact_id    text        not null,
    first_seen_at timestamptz not null,
    seen_at       timestamptz,           -- null while only the removal is known
    seen_event    uuid,
    removed_at    timestamptz,
    removed_event uuid,
    etag          text,
    first_name    text,
    middle_name   text,
    last_name     text,
    phones        jsonb,                 -- as the provider writes them
    phone_digits  jsonb,                 -- the digits of each
    emails        jsonb,
    comment       text,
    tags          jsonb,
    created_at    timestamptz,           -- the provider's
    changed_at    timestamptz,           -- the provider's last change, or when it was seen
    listed_deleted boolean,              -- the provider lists it as deleted
    deleted_at    timestamptz generated always as (
        case
            when removed_at is not null and (seen_at is null or (removed_at, removed_event) > (seen_at, seen_event))
                then removed_at
            when listed_deleted then changed_at
        end) stored,
    updated_at    timestamptz not null default now(),
    primary key (account, contact_id)
) with (fillfactor = 85);
