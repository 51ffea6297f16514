create index dead_letter_open on dead_letter (id desc) where resolved_at is null;
