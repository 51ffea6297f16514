-- Every status that the provider showed of an extension, at the time it was first seen: what available time is added up
-- from. The status before holds until then. A set, so that no order of arrival and no replay matters.
create table agent_status_seen (
    account    text        not null,
    extension  text        not null,
    seen_at    timestamptz not null,
    seen_event uuid        not null,
    status     text,                 -- null: a word that nobody knows
    primary key (account, extension, seen_at, seen_event)
);
