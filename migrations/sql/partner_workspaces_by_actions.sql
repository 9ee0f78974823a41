-- The workspaces that a partner organisation reaches: by the actions in which it takes part.
-- Asked by `enter` alone, in the name of its owner: before the settings that open row-level security exist.

create or replace function workspaces_of_partner(p_organisation uuid) returns uuid[]
language sql stable set search_path = public, pg_temp as $$
    -- Skips from one workspace to the next inside the index: a partner of 261 communes has thousands of rows.
    with recursive step as (
        (select workspace_id from partnership
         where organisation_id = p_organisation and state <> 'planned'
         order by workspace_id limit 1)
        union all
        select (select p.workspace_id from partnership p
                where p.organisation_id = p_organisation and p.state <> 'planned'
                  and p.workspace_id > step.workspace_id
                order by p.workspace_id limit 1)
        from step where step.workspace_id is not null
    )
    select coalesce(array_agg(reached.workspace_id), '{}')
    from (
        select workspace_id from step where workspace_id is not null
    ) reached
$$;

revoke all on function workspaces_of_partner(uuid) from public;
