-- The roster: an extension is what its profile says, then the team list (by the person's id, which journal entries tell), then
-- journal entries, then the parties of calls. People of whom no extension is known stand with a null one.
create view extension as
with known as (
    select account, extension,
        min(first_seen_at) as first_seen_at,
        max(greatest(seen_at, removed_at)) as seen_at,
        array_agg(source order by source) as sources,
        max(user_id) filter (where source = 'journal') as user_id,
        max(first_name) filter (where source = 'profile') as first_name,
        max(last_name) filter (where source = 'profile') as last_name,
        max(nullif(concat_ws(' ', first_name, last_name), '')) filter (where source = 'profile') as profile_name,
        max(name) filter (where source = 'journal') as journal_name,
        max(name) filter (where source = 'call') as call_name,
        max(email) filter (where source = 'profile') as profile_email,
        max(email) filter (where source = 'journal') as journal_email,
        max(role) filter (where source = 'profile') as profile_role,
        max(role) filter (where source = 'journal') as journal_role,
        max(deleted_at) filter (where source = 'profile') as deleted_at
    from extension_source
    group by account, extension)
select k.account, k.extension as id, k.extension, k.user_id,
    coalesce(k.profile_name, t.name, k.journal_name, k.call_name) as display_name,
    k.first_name, k.last_name,
    coalesce(k.profile_email, k.journal_email) as email,
    coalesce(k.profile_role, t.role, k.journal_role) as role,
    case when t.user_id is null then k.sources else k.sources || 'team'::text end as sources,
    least(k.first_seen_at, t.first_seen_at) as first_seen_at,
    greatest(k.seen_at, t.seen_at, t.removed_at) as seen_at,
    coalesce(k.deleted_at, t.deleted_at) as deleted_at
from known k left join team_member t on t.account = k.account and t.user_id = k.user_id
union all
select t.account, t.user_id, null, t.user_id, t.name, null, null, null, t.role, array['team'],
    t.first_seen_at, greatest(t.seen_at, t.removed_at), t.deleted_at
from team_member t
where not exists (
    select from extension_source s
    where s.account = t.account and s.user_id = t.user_id and s.source = 'journal');
