-- Receipts ask for one event.
create index dead_letter_by_event on dead_letter (event_id) where event_id is not null;
