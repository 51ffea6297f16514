-- One contact for every hundred calls, at most 100,000.
insert into contact (account, contact_id, first_seen_at, seen_at, seen_event, first_name, last_name, phones, phone_digits,
    emails, tags, created_at, changed_at)
select 'default', 'c' || i, at, at, gen_random_uuid(),
    initcap(substr(md5(i::text), 1, 6)), initcap(substr(md5((i * 7)::text), 1, 8)),
    jsonb_build_array('+1' || (201 + i / 10000) || '555' || lpad((i % 10000)::text, 4, '0')),
    jsonb_build_array('1' || (201 + i / 10000) || '555' || lpad((i % 10000)::text, 4, '0')),
    '[]', '[]', at, at
from generate_series(1, least(:calls / 100, 100000)) i,
    lateral (select :'from'::timestamptz + i * interval '3 minutes' as at) a
