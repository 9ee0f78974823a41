-- Row-level security, the second line: whatever a statement forgets, no row of another workspace is reached.
-- ENABLE, not FORCE: forcing would silently turn the owner's backfills into UPDATE 0 and break dumps.
-- The setting is read in a scalar sub-select: once per statement, not once per row. `nullif … is not null` says
-- what the comparison says, unknown being no; the planner takes it for true. Left bare, it would be counted as one
-- more filter beside the workspace that each statement names, and plans for few rows be chosen for many.

do $$
declare
    tenant text;
    own constant text :=
        'nullif(workspace_id = any((select nullif(current_setting(''app.workspaces'', true), '''')::uuid[])::uuid[]),'
        ' false) is not null';
begin
    for tenant in
        select c.table_name from information_schema.columns c
        join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = 'public' and c.column_name = 'workspace_id' and t.table_type = 'BASE TABLE'
        order by 1
    loop
        execute format('alter table %I enable row level security', tenant);
        execute format('create policy own_workspace on %I using (%s) with check (%s)', tenant, own, own);
    end loop;
end $$;

-- The directory's stream of the journal has the nil workspace and no tenant.
create policy directory_stream on journal_entry
    using (workspace_id = '00000000-0000-0000-0000-000000000000')
    with check (workspace_id = '00000000-0000-0000-0000-000000000000');
create policy directory_stream on journal_counter
    using (workspace_id = '00000000-0000-0000-0000-000000000000')
    with check (workspace_id = '00000000-0000-0000-0000-000000000000');

-- What is published may be read by everybody.
create policy published on plan_version for select using (is_published);
create policy published on act for select using (exists (
    select from plan_version v
    where v.workspace_id = act.workspace_id and v.id = act.version_id and v.is_published));
create policy published on shown_row for select using (circle = 'public');

-- Which houses a workspace has is part of the directory.
create policy directory on workspace_organisation for select using (true);

grant usage on schema public to pst_runtime;
grant select, insert, update, delete on all tables in schema public to pst_runtime;
-- The journal only grows, and what is frozen stays as it was.
revoke update, delete on journal_entry from pst_runtime;
revoke update, delete on plan_version_content from pst_runtime;
revoke insert, update, delete on alembic_version from pst_runtime;

-- The planner multiplies the selectivities of plan and workspace unless it knows that one implies the other;
-- with row-level security that made the tree 25 times slower.
create statistics dependent_objective (dependencies) on workspace_id, plan_id from objective;
create statistics dependent_placement (dependencies) on workspace_id, plan_id from placement;
create statistics dependent_plan_action (dependencies) on workspace_id, plan_id from plan_action;
