-- Where a change stands in the order that readers see: without holes, given once the change is committed (stream_head).
-- It takes the place of the transaction's number, by which readers had to wait for every older transaction of the server.
alter table change_feed
    drop column xid,
    add column position bigint;
