-- What the examples of lists.json name: one row with everything that can be known, one with nothing that need not be.
insert into journal_entry (account, entry_id, first_seen_at, seen_at, seen_event, created_at, type, state, direction,
    client_number, client_digits, business_number, agent_extension, agent_name, body, comment, tags, attachments, voicemail,
    recording_uri, delivery_status, call_id)
select 'default', id, t, t, '00000000-0000-0000-0000-000000000001', t, type, state, direction, '+13125550117', '13125550117',
    '+12025550143', '102', 'Alex Moreno', 'Good morning', 'Called back.', '["vip"]',
    '[{"file_name":"plan.png","size_bytes":5}]', '{"text":"Please call","recording_uri":"https://recordings.example/v"}',
    'https://recordings.example/j', delivery, '7df52a62-0d5a-4a0e-9d2a-2f6f0f6f7c11'
from (values
    ('65ee0c1f8558e7cce8d70a01', '2026-03-09T17:00:00Z'::timestamptz, 'call', 'missed', 'inbound', null),
    ('65ee0c1f8558e7cce8d70b02', '2026-03-09T17:30:00Z'::timestamptz, 'message', 'message', 'outbound', 'sent'))
    n (id, t, type, state, direction, delivery);
insert into journal_entry (account, entry_id, first_seen_at, seen_at, seen_event, created_at, type, tags, attachments)
select 'default', id, t, t, '00000000-0000-0000-0000-000000000001', t, type, '[]', '[]'
from (values ('65ee0c1f8558e7cce8d70c03', '2026-03-09T16:00:00Z'::timestamptz, 'task'),
    ('65ee0c1f8558e7cce8d70c04', '2026-03-09T16:00:00Z'::timestamptz, 'message')) n (id, t, type);
insert into voicemail (account, voicemail_id, first_seen_at, seen_at, seen_event, created_at, client_number, client_digits,
    business_number, assigned_to, duration_seconds, status, recording_uri)
values ('default', 'a123b456-0001-4976-8075-b2941d550001', now(), now(), '00000000-0000-0000-0000-000000000001',
    '2026-03-09T17:00:00Z', '+13125550117', '13125550117', '+12025550143', 'Alex Moreno', 32, 'unread',
    'https://recordings.example/v');
insert into voicemail (account, voicemail_id, first_seen_at, seen_at, seen_event, created_at)
values ('default', 'a123b456-0001-4976-8075-b2941d550002', now(), now(), '00000000-0000-0000-0000-000000000001',
    '2026-03-09T16:00:00Z');
insert into contact (account, contact_id, first_seen_at, seen_at, seen_event, first_name, last_name, phones, phone_digits, emails,
    tags, comment, changed_at, listed_deleted)
select 'default', id, now(), now(), '00000000-0000-0000-0000-000000000001', 'Dana', 'Ortiz', '["+13125550117"]',
    '["13125550117"]', '["dana@example.com"]', '["vip"]', 'Rings on Mondays', '2026-03-09T17:00:00Z', gone
from (values ('5cbec7858558ea749cd90001', false), ('5cbec7858558ea749cd90002', true)) n (id, gone);
insert into phone_number (account, number, first_seen_at, seen_at, seen_event, label, released_at)
values ('default', '+12025550143', now(), now(), '00000000-0000-0000-0000-000000000001', 'Main line', null),
    ('default', '+12025550199', now(), now(), '00000000-0000-0000-0000-000000000001', null, '2026-01-14T14:10:03Z');
insert into extension_source (account, extension, source, first_seen_at, seen_at, seen_event, first_name, email)
values ('default', '101', 'profile', now(), now(), '00000000-0000-0000-0000-000000000001', 'Alex', 'alex@example.com'),
    ('default', '102', 'call', now(), null, null, null, null);
insert into team_member (account, user_id, first_seen_at, seen_at, seen_event, removed_at, removed_event, name)
values ('default', 'u-3', '2026-03-09T17:00:00Z', '2026-03-09T17:00:00Z', '00000000-0000-0000-0000-000000000001',
    '2026-03-09T18:00:00Z', '00000000-0000-0000-0000-000000000002', 'Sam');
insert into agent_status (account, extension, first_seen_at, seen_at, seen_event, status)
values ('default', '101', now(), '2026-03-09T17:00:00Z', '00000000-0000-0000-0000-000000000001', 'dnd');
