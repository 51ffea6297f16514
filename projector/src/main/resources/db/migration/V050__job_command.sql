-- What a job of the kind command does at the provider; nothing of what it says.
alter table job add column command text;
