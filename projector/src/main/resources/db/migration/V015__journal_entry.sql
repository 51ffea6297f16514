-- The provider's journal: interactions with clients of every kind. A row is the entry's latest observation; call_id and
-- joined_by alone are worked out here, from this table and the calls.
create table journal_entry (
    account          text        not null,
    entry_id         text        not null,
    first_seen_at    timestamptz not null,
    seen_at          timestamptz not null, -- receipt of the observation that the row shows
    seen_event       uuid        not null,
    created_at       timestamptz not null, -- the provider's; the receipt where it did not say
    request_guid     text,
    type             text,
    state            text,
    direction        text,                 -- the provider's origin, in the words of a call's direction
    responded_at     timestamptz,
    client_number    text,                 -- a number, or the name of a widget
    client_digits    text,
    client_kind      text,
    caller_kind      text,
    business_number  text,
    business_label   text,
    agent_extension  text,
    agent_name       text,
    duration_seconds double precision,
    body             text,                 -- of a message
    comment          text,
    tags             jsonb       not null,
    favorite         boolean,
    read             boolean,
    workflow         text,
    recording_uri    text,
    voicemail        jsonb,                -- duration_seconds, text, text_status, recording_uri
    delivery_status  text,
    attachments      jsonb       not null, -- file_name, size_bytes, image, expired
    call_id          text,                 -- the call that the entry is about; null while none is known
    joined_by        text,                 -- request_guid | parties
    updated_at       timestamptz not null default now(),
    primary key (account, entry_id)
) with (fillfactor = 85);
