create index dead_letter_by_reason on dead_letter (reason, id desc);
