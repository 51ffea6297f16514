insert into stream_head default values;
