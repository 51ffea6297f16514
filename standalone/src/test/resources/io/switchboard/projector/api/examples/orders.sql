-- What the examples of orders.json name.
insert into job (account, id, kind, status, resources, range_from, range_to, requested_by, requested_at, started_at, finished_at,
    price_requests, spent_requests, steps_done, steps_total, read_records, published, error, detail, revision)
values
    ('default', '0c6f3a52-7d0e-4b5a-9a63-2f1b7c0d9e11', 'backfill', 'running', '{calls}', '2026-02-01T00:00:00Z',
        '2026-03-01T00:00:00Z', 'operator-1a2b3c4d', now(), now(), null, 40, 12, 3, 28, '{"calls":700}', 12, null, null, 4),
    ('default', '0c6f3a52-7d0e-4b5a-9a63-2f1b7c0d9e12', 'sync', 'failed', '{}', null, null, 'operator-1a2b3c4d',
        '2026-03-09T17:00:00Z', '2026-03-09T17:00:01Z', '2026-03-09T17:00:02Z', 8, 1, 0, 8, '{}', 0, 'provider-auth-failed',
        'MightyCall refuses the credentials.', 2);
