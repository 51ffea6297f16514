-- Messages that callers spoke, as GET /voicemails lists them; a row is the latest observation.
create table voicemail (
    account          text        not null,
    voicemail_id     text        not null,
    first_seen_at    timestamptz not null,
    seen_at          timestamptz not null,
    seen_event       uuid        not null,
    created_at       timestamptz not null, -- the provider's; the receipt where it did not say
    client_number    text,
    client_digits    text,
    business_number  text,
    assigned_to      text,
    duration_seconds double precision,
    status           text,                 -- read | unread
    recording_uri    text,
    updated_at       timestamptz not null default now(),
    primary key (account, voicemail_id)
) with (fillfactor = 85);
