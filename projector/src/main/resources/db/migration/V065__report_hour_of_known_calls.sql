-- The hours of calls that are there already.
insert into report_hour select * from report_hour_of_calls;
