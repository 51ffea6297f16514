-- A caller whom nobody has called back yet.
insert into call (account, call_id, direction, state, outcome, client_number, client_digits, business_number,
    started_at, ended_at, wait_seconds, duration_seconds, recording_status, sources, confirmed, last_event_at, version)
values
    ('default', '7df52a62-0d5a-4a0e-9d2a-2f6f0f6f7c15', 'inbound', 'ended', 'missed', '+13125550119', '13125550119',
        '+12025550143', now() - interval '1 day', now() - interval '1 day' + interval '20 s', 20, 20, 'none', '{webhook}', true,
        now() - interval '1 day' + interval '20 s', 3);
