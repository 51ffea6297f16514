-- What a call is, in five letters: direction, outcome, whether it is recorded, whether it was talked on, by which doors it
-- is known. Most filters of the list of calls are a choice among these words (CallKinds.java), so that one index serves
-- all of them and any combination.
alter table call add column kind text generated always as (
    case direction when 'inbound' then 'i' when 'outbound' then 'o' when 'callback' then 'c' when 'internal' then 'n' else 'u' end
    || case when outcome is null then '-' when outcome = 'answered' then 'a' when outcome = 'missed' then 'm'
        when outcome = 'voicemail' then 'v' when outcome = 'dropped' then 'd' when outcome = 'unanswered' then 'n' else 'u' end
    || case when recording_status = 'none' then '-' else 'r' end
    || case when talk_seconds is null then '-' else 't' end
    || case when sources @> '{webhook,poll}' then 'b' when sources @> '{webhook}' then 'w' else 'p' end) stored;
