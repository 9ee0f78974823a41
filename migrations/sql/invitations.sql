-- What others gave to the holder of an account, as long as it was neither accepted nor declined. It runs as its owner,
-- because whoever is asked acts nowhere yet; it answers about the account it is asked about alone.
create or replace function invitations_of(p_account uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(jsonb_agg(to_jsonb(i) order by i.given_at, i.id), '[]') from (
        select m.id, 'workspace' as kind, w.id as place_id, w.name as place_name, m.role, m.organisation_id,
               o.name as organisation_name, m.is_administrator, m.administers_all_houses, m.created_at as given_at
        from account a
        join membership m on m.account_id = a.id and m.ended_at is null
        join workspace w on w.id = m.workspace_id
        join organisation o on o.id = m.organisation_id
        where a.stands_for_id = p_account
        union all
        select m.id, 'organisation', o.id, o.name, 'partner', o.id, o.name, m.is_administrator, false, m.created_at
        from account a
        join organisation_member m on m.account_id = a.id and m.ended_at is null
        join organisation o on o.id = m.organisation_id
        where a.stands_for_id = p_account
    ) i
$$;

revoke all on function invitations_of(uuid) from public;
grant execute on function invitations_of(uuid) to pst_runtime;
