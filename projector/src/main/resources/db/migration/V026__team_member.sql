-- People by the provider's id; which extension they have is said elsewhere (extension_source).
create table team_member (
    account       text        not null,
    user_id       text        not null,
    first_seen_at timestamptz not null,
    seen_at       timestamptz,
    seen_event    uuid,
    removed_at    timestamptz,
    removed_event uuid,
    name          text,
    role          text,
    deleted_at    timestamptz generated always as (
        case
            when removed_at is not null and (seen_at is null or (removed_at, removed_event) > (seen_at, seen_event))
                then removed_at
        end) stored,
    updated_at    timestamptz not null default now(),
    primary key (account, user_id)
) with (fillfactor = 85);
