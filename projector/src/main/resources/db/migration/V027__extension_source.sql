-- What each source says of an extension: its latest word. They are put together when read (view extension), so that no order
-- of arrival matters.
create table extension_source (
    account       text        not null,
    extension     text        not null,
    source        text        not null, -- profile | journal | call
    first_seen_at timestamptz not null,
    seen_at       timestamptz,          -- when it was so: of entries and calls their own time; null when only seen, unnamed
    seen_event    uuid,
    removed_at    timestamptz,
    removed_event uuid,
    user_id       text,
    name          text,
    first_name    text,
    last_name     text,
    email         text,
    role          text,
    deleted_at    timestamptz generated always as (
        case
            when removed_at is not null and (seen_at is null or (removed_at, removed_event) > (seen_at, seen_event))
                then removed_at
        end) stored,
    updated_at    timestamptz not null default now(),
    primary key (account, extension, source)
) with (fillfactor = 85);
