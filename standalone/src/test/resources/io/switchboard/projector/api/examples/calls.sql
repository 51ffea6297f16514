-- What the examples of calls.json name.
insert into call (account, call_id, direction, state, outcome, client_number, client_digits, business_number, agent_extension,
    started_at, answered_at, ended_at, wait_seconds, talk_seconds, duration_seconds, recording_status, recording_uri, sources,
    confirmed, last_event_at, version)
values
    ('default', '7df52a62-0d5a-4a0e-9d2a-2f6f0f6f7c11', 'inbound', 'ended', 'answered', '+13125550117', '13125550117',
        '+12025550143', '102', '2026-03-09T17:00:00.514Z', '2026-03-09T17:00:09.514Z', '2026-03-09T17:01:10.714Z', 9, 61.2, 70.2,
        'ready', 'https://recordings.example/example', '{webhook,poll}', true, '2026-03-09T17:01:10.714Z', 7),
    ('default', '7df52a62-0d5a-4a0e-9d2a-2f6f0f6f7c12', 'inbound', 'ended', 'missed', '+13125550118', '13125550118',
        '+12025550143', null, '2026-03-09T18:00:00Z', null, '2026-03-09T18:00:20Z', 20, null, 20, 'none', null, '{webhook}', true,
        '2026-03-09T18:00:20Z', 3),
    ('default', '7df52a62-0d5a-4a0e-9d2a-2f6f0f6f7c13', 'internal', 'ringing', null, null, null, null, null,
        now(), null, null, null, null, null, 'none', null, '{webhook}', false, now(), 1);
insert into call_leg (account, call_id, position, extension, ringing_at, connected_at, ended_at, result, call_started_at)
values
    ('default', '7df52a62-0d5a-4a0e-9d2a-2f6f0f6f7c11', 0, '101', '2026-03-09T17:00:01.020Z', null, '2026-03-09T17:00:05.900Z',
        'no_answer', '2026-03-09T17:00:00.514Z'),
    ('default', '7df52a62-0d5a-4a0e-9d2a-2f6f0f6f7c11', 1, '102', '2026-03-09T17:00:06.100Z', '2026-03-09T17:00:09.514Z',
        '2026-03-09T17:01:10.714Z', 'answered', '2026-03-09T17:00:00.514Z');
insert into call_event (account, event_id, call_id, source, type, provider_time, received_at, extension, from_party, to_party,
    record, topic, partition, kafka_offset, replicated_at)
values
    ('default', '3f2a9c0d-8e7b-6a5f-4c3d-2e1f0a9b8c7d', '7df52a62-0d5a-4a0e-9d2a-2f6f0f6f7c11', 'webhook',
        'IncomingCallConnected', '2026-03-09T17:00:09.514Z', '2026-03-09T17:00:09.801Z', '102', '+13125550117', '+12025550143',
        null, 'mightycall.calls', 4, 1042, '2026-03-09T17:00:09.900Z'),
    ('default', '3f2a9c0d-8e7b-6a5f-4c3d-2e1f0a9b8c7e', '7df52a62-0d5a-4a0e-9d2a-2f6f0f6f7c11', 'poll', 'call',
        '2026-03-09T17:00:00Z', '2026-03-09T17:05:00Z', null, null, null,
        '{"direction":"Incoming","status":"Missed","started_at":"2026-03-09T17:00:00Z","duration":"PT26S",
            "caller":{"phone":"+13125550188"},"called":[]}',
        'mightycall.calls', 4, 1043, '2026-03-09T17:05:00Z');
