-- A call that arrives after its journal entry finds it by the GUID that the entry names.
create index journal_by_request on journal_entry (account, request_guid) where request_guid is not null;
