-- What waits for its position: nearly always nothing.
create index change_feed_unpublished on change_feed (seq) where position is null;
