-- The one statement by which a request learns who it is and what it may reach (api.md §4, model.md §6).
--
-- Both functions run as their owner, because they must see memberships before the settings that open
-- row-level security exist. They answer only about the account or client they are asked about, and only
-- pst_runtime, which has already verified a token or a cookie, may call them.

create or replace function places_of(p_account uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    -- Everywhere an account may act: workspaces with the roles held there, then partner organisations.
    select jsonb_build_object(
        'workspaces', coalesce((
            select jsonb_agg(jsonb_build_object(
                'id', w.id, 'name', w.name, 'slug', w.slug, 'nis', w.nis, 'roles', held.roles)
                order by w.name, w.id)
            from (
                select m.workspace_id, jsonb_agg(jsonb_build_object(
                    'role', m.role, 'organisation_id', m.organisation_id,
                    'is_administrator', m.is_administrator,
                    'administers_all_houses', m.administers_all_houses) order by m.role, m.organisation_id) as roles
                from membership m
                where m.account_id = p_account and m.ended_at is null
                group by m.workspace_id
            ) held
            join workspace w on w.id = held.workspace_id), '[]'),
        'organisations', coalesce((
            select jsonb_agg(jsonb_build_object(
                'id', o.id, 'name', o.name, 'is_administrator', om.is_administrator) order by o.name, o.id)
            from organisation_member om
            join organisation o on o.id = om.organisation_id
            where om.account_id = p_account and om.ended_at is null), '[]'))
$$;

create or replace function enter(
    p_account uuid, p_client uuid, p_workspace uuid, p_organisation uuid,
    p_token text default null, p_session bytea default null
) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
-- Re-reads the rights of an account or client, picks where it acts, opens row-level security for the rest
-- of the transaction, and answers {status, account_id, workspace_id, organisation_id, language,
-- memberships, position, scopes (of a client), candidates}. A status other than 'ok' leaves row-level security shut.
declare
    directory constant uuid := '00000000-0000-0000-0000-000000000000';
    v_account account%rowtype;
    v_client client%rowtype;
    v_session browser_session%rowtype;
    v_workspace uuid;
    v_organisation uuid;
    v_role text;
    v_memberships jsonb;
    v_workspaces uuid[];
    v_position text;
    v_candidates jsonb;
begin
    perform set_config('app.workspaces', '{}', true), set_config('app.organisation', '', true);

    if p_workspace is not null and p_organisation is not null then
        return '{"status": "notYours"}';
    end if;
    if p_token is not null and exists (select from revoked_token where jti = p_token) then
        return '{"status": "unknown"}';
    end if;

    if p_client is not null then
        select * into v_client from client where id = p_client;
        if not found then
            return '{"status": "unknown"}';
        elsif v_client.disabled_at is not null then
            return '{"status": "disabled"}';
        end if;
        v_workspace := v_client.owner_workspace_id;
        v_organisation := v_client.owner_organisation_id;
        if p_workspace <> v_workspace or p_organisation <> v_organisation
           or (p_workspace is not null and v_workspace is null)
           or (p_organisation is not null and v_organisation is null) then
            return '{"status": "notYours"}';
        end if;
        v_memberships := jsonb_build_array(jsonb_build_object(
            'role', v_client.role, 'organisation_id', coalesce(v_client.organisation_id, v_organisation),
            'person_id', null, 'plans', null, 'is_administrator', v_client.is_administrator,
            'administers_all_houses', v_client.administers_all_houses,
            'units', case when v_workspace is null then '[]'::jsonb else coalesce((
                select jsonb_agg(u.unit_id) from client_unit u
                where u.workspace_id = v_workspace and u.client_id = p_client), '[]') end));
    else
        if p_session is not null then
            select * into v_session from browser_session where id = p_session;
            if not found then
                return '{"status": "unknown"}';
            elsif v_session.revoked_at is not null or v_session.expires_at <= now() then
                return '{"status": "expired"}';
            end if;
            p_account := v_session.account_id;
        end if;
        select * into v_account from account where id = p_account;
        if not found then
            return '{"status": "unknown"}';
        elsif v_account.disabled_at is not null then
            return '{"status": "disabled"}';
        end if;

        v_workspace := p_workspace;
        v_organisation := p_organisation;
        if p_workspace is null and p_organisation is null then
            -- A global role has no address of its own in Pst-Acting-As: it is where its holder acts by default.
            v_role := v_account.global_role;
            if v_role is null then
                select max(place::text) filter (where kind = 'w')::uuid, max(place::text) filter (where kind = 'o')::uuid,
                       case count(*) when 0 then '{"status": "notYours"}'::jsonb
                                     when 1 then null
                                     else '{"status": "actingAsRequired"}' end
                into v_workspace, v_organisation, v_candidates
                from (
                    select 'w' as kind, workspace_id as place from membership
                    where account_id = p_account and ended_at is null
                    union
                    select 'o', organisation_id from organisation_member
                    where account_id = p_account and ended_at is null
                ) places;
                if v_candidates is not null then
                    if v_candidates ->> 'status' = 'actingAsRequired' then
                        v_candidates := v_candidates || jsonb_build_object('candidates', (
                            select jsonb_agg(found.place || jsonb_build_object('kind', found.kind))
                            from (
                                select 'workspace' as kind, w - 'roles' - 'slug' as place
                                from jsonb_array_elements(places_of(p_account) -> 'workspaces') w
                                union all
                                select 'organisation', o - 'is_administrator' || '{"nis": null}'
                                from jsonb_array_elements(places_of(p_account) -> 'organisations') o
                            ) found));
                    end if;
                    return v_candidates;
                end if;
            end if;
        end if;

        if v_workspace is not null then
            select jsonb_agg(jsonb_build_object(
                'role', m.role, 'organisation_id', m.organisation_id, 'person_id', m.person_id,
                'is_administrator', m.is_administrator, 'administers_all_houses', m.administers_all_houses,
                'units', coalesce((
                    select jsonb_agg(u.unit_id) from membership_unit u
                    where u.workspace_id = m.workspace_id and u.membership_id = m.id), '[]'),
                'plans', case when not m.covers_all_plans then coalesce((
                    select jsonb_agg(p.plan_id) from membership_plan p
                    where p.workspace_id = m.workspace_id and p.membership_id = m.id), '[]') end)
                order by m.id)
            into v_memberships
            from membership m
            where m.account_id = p_account and m.workspace_id = v_workspace and m.ended_at is null;
        elsif v_organisation is not null then
            select jsonb_build_array(jsonb_build_object(
                'role', 'partner', 'organisation_id', om.organisation_id, 'person_id', null,
                'is_administrator', om.is_administrator, 'administers_all_houses', false, 'units', '[]'::jsonb, 'plans', null))
            into v_memberships
            from organisation_member om
            where om.account_id = p_account and om.organisation_id = v_organisation and om.ended_at is null;
        else
            v_memberships := jsonb_build_array(jsonb_build_object(
                'role', v_role, 'organisation_id', null, 'person_id', null,
                'is_administrator', false, 'administers_all_houses', false, 'units', '[]'::jsonb, 'plans', null));
        end if;
        if v_memberships is null then
            return '{"status": "notYours"}';
        end if;
    end if;

    if v_workspace is not null then
        v_workspaces := array[v_workspace];
        select 'w' || coalesce(max(c.position) filter (where c.workspace_id = v_workspace), 0)
            || '.d' || coalesce(max(c.position) filter (where c.workspace_id = directory), 0)
        into v_position
        from journal_counter c where c.workspace_id in (v_workspace, directory);
        -- What the groups of its houses offer is read too, so their positions count.
        select v_position || coalesce('.g' || string_agg(c.position::text, ',' order by c.workspace_id), '')
        into v_position
        from journal_counter c where c.workspace_id in (
            select m.group_id from workspace_organisation h
            join group_member m on m.organisation_id = h.organisation_id and m.ended_at is null
            where h.workspace_id = v_workspace and m.group_id <> v_workspace);
        perform set_config('app.workspaces', v_workspaces::text, true);
    elsif v_organisation is not null then
        v_workspaces := workspaces_of_partner(v_organisation);
        select md5(coalesce(string_agg(c.workspace_id || ':' || c.position, ',' order by c.workspace_id), ''))
        into v_position
        from journal_counter c where c.workspace_id = any (v_workspaces || directory);
        perform set_config('app.workspaces', v_workspaces::text, true),
                set_config('app.organisation', v_organisation::text, true);
    end if;

    return jsonb_build_object(
        'status', 'ok', 'account_id', v_account.id, 'workspace_id', v_workspace,
        'organisation_id', v_organisation, 'language', v_account.language,
        'memberships', v_memberships, 'position', v_position, 'scopes', to_jsonb(v_client.scopes));
end
$$;

revoke all on function places_of(uuid) from public;
revoke all on function enter(uuid, uuid, uuid, uuid, text, bytea) from public;
grant execute on function places_of(uuid) to pst_runtime;
grant execute on function enter(uuid, uuid, uuid, uuid, text, bytea) to pst_runtime;
