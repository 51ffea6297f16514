-- What the examples of operations.json name.
insert into dead_letter (id, account, topic, partition, kafka_offset, record_key, event_id, event_type, reason, detail,
    received_at, failed_at)
overriding system value
values
    (17, 'default', 'mightycall.calls', 0, 1, '+13125550117', '00000000-0000-0000-0000-000000000009', 'IncomingCall',
        'undecodable', 'The value is not JSON.', '2026-03-09T16:59:00Z', '2026-03-09T17:00:00Z'),
    (18, null, 'mightycall.journal', 0, 2, null, null, null, 'undecodable', 'The value is not JSON.', null,
        '2026-03-09T17:01:00Z');
insert into coverage_hour (account, hour, webhook_only, poll_only, both_doors, still_open, delay_1s, delay_10m)
values ('default', '2026-03-09T17:00:00Z', 1, 2, 3, 1, 5, 1);
