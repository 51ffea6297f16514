-- Text messages in both directions: the journal's entries of that type.
create view message as
select account, entry_id, first_seen_at, seen_at, created_at, direction, client_number, client_digits, client_kind,
    business_number, business_label, agent_extension, agent_name, body, delivery_status, read, attachments
from journal_entry
where type = 'message';
