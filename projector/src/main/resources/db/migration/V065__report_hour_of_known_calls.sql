insert into report_hour select * from report_hour_of_calls;
