create unique index change_feed_by_position on change_feed (position);
