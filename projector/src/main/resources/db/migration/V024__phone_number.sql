-- The account's numbers and those it had. The list of the provider says when it gave one up (released_at); a number that the
-- list no longer names at all was removed (removed_at).
create table phone_number (
    account        text        not null,
    number         text        not null,
    first_seen_at  timestamptz not null,
    seen_at        timestamptz,          -- null while only the removal is known
    seen_event     uuid,
    removed_at     timestamptz,
    removed_event  uuid,
    label          text,
    description    text,
    enabled        boolean,
    is_primary     boolean,
    toll_free      boolean,
    international  boolean,
    can_call       boolean,
    can_text       boolean,
    mms            boolean,
    sms_mode       text,
    recording_mode text,
    object_guid    text,
    released_at    timestamptz,
    deleted_at     timestamptz generated always as (
        case
            when removed_at is not null and (seen_at is null or (removed_at, removed_event) > (seen_at, seen_event))
                then coalesce(released_at, removed_at)
            else released_at
        end) stored,
    updated_at     timestamptz not null default now(),
    primary key (account, number)
) with (fillfactor = 85);
