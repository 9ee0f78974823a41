"""Shown rows are kept by plan, with the columns by which they are looked up; acts take effect on their day."""

import sqlalchemy as sa
from alembic import op

revision = "rows_shown_by_plan"
down_revision = "spans_and_parts"
branch_labels = None
depends_on = None

OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]), false)"
    " is not null"
)
KINDS = "'prepared', 'adopted', 'presented', 'acknowledged', 'voted', 'sent', 'approved', 'published'"
KIND = "ck_act_kind_word"
MARKS = ("is_shown_to_council", "is_shown_to_public")
TODAY = "(now() at time zone 'Europe/Brussels')::date"
ACTED = """
with acted as (select a.*, v.plan_id, row_number() over (order by a.decided_on, a.created_at, a.id) as nth
    from act a join plan_version v on v.workspace_id = a.workspace_id and v.id = a.version_id where a.is_in_effect),
opened as (select workspace_id, plan_id, version_id, max(nth) filter (where kind = 'published') as public_nth,
        max(nth) filter (where kind = 'published' or kind = 'presented' or organ = 'council') as council_nth,
        bool_or(kind = 'presented' or organ = 'council') as is_before_council
    from acted group by workspace_id, plan_id, version_id),
last as (select workspace_id, plan_id, max(public_nth) as public_nth, max(council_nth) as council_nth
    from opened group by workspace_id, plan_id)
"""
MARKED = f"""
update plan_version v set is_published = coalesce(x.is_published, false),
    is_before_council = coalesce(x.is_before_council, false),
    is_shown_to_council = coalesce(x.is_shown_to_council, false),
    is_shown_to_public = coalesce(x.is_shown_to_public, false)
from plan_version w left join ({ACTED} select o.workspace_id, o.version_id, o.public_nth is not null as is_published,
    o.is_before_council, o.council_nth = l.council_nth as is_shown_to_council,
    o.public_nth = l.public_nth as is_shown_to_public
    from opened o join last l using (workspace_id, plan_id)) x on x.workspace_id = w.workspace_id and x.version_id = w.id
where v.workspace_id = w.workspace_id and v.id = w.id
"""
SHOWN = (
    "action,actionLink,agreement,attachment,beneficiaryCount,budgetLine,decision,finding,followUp,indicator,objective,"
    "partnership,placement,plan,planAction,planFinding"
)
TEXTS = {
    "action": ("title", "description"),
    "agreement": ("title", "reference"),
    "attachment": ("title", "description"),
    "decision": ("title", "reference"),
    "finding": ("text", "description", "theme"),
    "followUp": ("text",),
    "indicator": ("title", "description"),
    "objective": ("title", "description"),
    "plan": ("title", "description"),
}


def said(most: int | None) -> str:
    """The first of the words of an image that are searched, or all of them, as SQL."""
    whens = []
    for entity, columns in TEXTS.items():
        words = ", ".join(f"r.image->>'{column}'" for column in columns[:most])
        whens.append(f"when '{entity}' then concat_ws(' ', {words})")
    return f"case e.key {' '.join(whens)} end"


LAID_OUT = f"""
insert into shown_row (workspace_id, circle, plan_id, entity, id, version_id, shown_on, recorded_at, is_latest,
    is_counted_only, audience, action_id, objective_id, parent_id, title_key, plain, words, image)
{ACTED}
select v.workspace_id, k.circle, v.plan_id, e.key, (r.image->>'id')::uuid, v.id, a.decided_on, a.created_at,
    not e.is_counted_only and row_number() over (partition by v.workspace_id, k.circle, e.key, r.image->>'id',
        e.is_counted_only order by a.decided_on desc, a.created_at desc, v.plan_id desc) = 1,
    e.is_counted_only, r.image->>'audience', (r.image->>'action_id')::uuid, (r.image->>'objective_id')::uuid,
    (r.image->>'parent_id')::uuid, sort_text({said(1)}), sort_text({said(None)}),
    search_words(coalesce({said(None)}, '')), r.image
from (values ('council'), ('public')) as k(circle)
join plan_version v on case k.circle when 'council' then v.is_shown_to_council else v.is_shown_to_public end
join opened o on o.workspace_id = v.workspace_id and o.version_id = v.id
join acted a on a.nth = case k.circle when 'council' then o.council_nth else o.public_nth end
join plan_version_content c on c.workspace_id = v.workspace_id and c.version_id = v.id
cross join lateral (
    select o.key, o.value, false as is_counted_only
        from jsonb_each(c.content::jsonb - '{{names,countedOnly}}'::text[]) o
    union all
    select o.key, o.value, true from jsonb_each(coalesce(c.content::jsonb->'countedOnly', '{{}}')) o) e
cross join lateral jsonb_array_elements(e.value) as r(image)
where e.key = any('{{{SHOWN}}}')
"""
FILE_PUBLISHED = (
    "create policy published on file for select using (exists (select from shown_row s"
    " where s.workspace_id = file.workspace_id and s.circle = 'public' and s.entity = 'attachment'"
    " and s.image->>'file_id' = file.id::text and s.image->>'audience' = 'public'))"
)


def upgrade() -> None:
    op.add_column("act", sa.Column("is_in_effect", sa.Boolean(), server_default="false", nullable=False))
    op.execute(f"update act set is_in_effect = decided_on <= {TODAY}")
    op.create_index("ix_act_ahead", "act", ["decided_on"], postgresql_where="not is_in_effect")
    op.drop_constraint(op.f(KIND), "act")
    op.create_check_constraint(op.f(KIND), "act", f"kind in ({KINDS}, 'withdrawn')")
    for name in MARKS:
        op.add_column("plan_version", sa.Column(name, sa.Boolean(), server_default="false", nullable=False))
    op.execute(MARKED)
    op.execute("drop policy published on file")
    op.drop_table("shown_row")
    _create_by_plan()
    op.execute(LAID_OUT)
    _index_by_plan()
    op.execute("analyze shown_row")
    op.execute(FILE_PUBLISHED)


def _create_by_plan() -> None:
    op.create_table(
        "shown_row",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("circle", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_latest", sa.Boolean(), nullable=False),
        sa.Column("is_counted_only", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.String(), nullable=True),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.Column("objective_id", sa.Uuid(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("title_key", sa.String(), nullable=False),
        sa.Column("plain", sa.String(), nullable=False),
        sa.Column("words", sa.dialects.postgresql.TSVECTOR(), nullable=False),
        sa.Column("image", sa.dialects.postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("circle in ('council', 'public')", name=op.f("ck_shown_row_circle_word")),
        sa.CheckConstraint("not (is_latest and is_counted_only)", name=op.f("ck_shown_row_latest_is_shown")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "version_id"],
            ["plan_version.workspace_id", "plan_version.id"],
            name=op.f("fk_shown_row_workspace_id_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "plan_id"],
            ["plan.workspace_id", "plan.id"],
            name=op.f("fk_shown_row_workspace_id_plan_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "circle", "plan_id", "entity", "id", name=op.f("pk_shown_row")),
    )
    _protect()


def _index_by_plan() -> None:
    """Indexes come after the rows: one made at once takes a part of what thousands of entries take."""
    for name, columns, where in (
        ("entity", ["circle", "entity", "id"], None),
        ("plan", ["plan_id", "circle", "entity"], None),
        ("version", ["workspace_id", "version_id"], None),
        ("action", ["action_id", "circle", "entity"], "action_id is not null"),
        ("objective", ["objective_id", "circle", "entity"], "objective_id is not null"),
        ("parent", ["parent_id", "circle", "entity"], "parent_id is not null"),
        ("title", ["circle", "entity", "title_key", "id"], "is_latest"),
    ):
        op.create_index(f"ix_shown_row_{name}", "shown_row", columns, postgresql_where=where and sa.text(where))
    for name, column, words in (
        ("words", "words", {}), ("text", "plain", {"plain": "gin_trgm_ops"}),
        ("alike", "title_key", {"title_key": "gin_trgm_ops"}),
    ):  # fmt: skip
        op.create_index(
            f"ix_shown_row_{name}", "shown_row", [column], postgresql_using="gin", postgresql_ops=words,
            postgresql_where=sa.text("is_latest"),
        )  # fmt: skip
    # The planner multiplies the selectivities of the keys unless it knows that one implies the other.
    op.execute("create statistics dependent_shown_row (dependencies) on workspace_id, plan_id, circle, entity"
               " from shown_row")  # fmt: skip


def _protect() -> None:
    op.execute("alter table shown_row enable row level security")
    op.execute(f"create policy own_workspace on shown_row using ({OWN}) with check ({OWN})")
    op.execute("create policy published on shown_row for select using (circle = 'public')")
    op.execute("grant select, insert, update, delete on shown_row to pst_runtime")


def downgrade() -> None:
    op.execute("drop policy published on file")
    op.drop_table("shown_row")
    op.execute("delete from act where kind = 'withdrawn'")
    op.drop_constraint(op.f(KIND), "act")
    op.create_check_constraint(op.f(KIND), "act", f"kind in ({KINDS})")
    op.drop_index("ix_act_ahead", "act")
    op.drop_column("act", "is_in_effect")
    for name in MARKS:
        op.drop_column("plan_version", name)
    op.execute(
        "update plan_version v set is_published = exists (select from act a where a.workspace_id = v.workspace_id"
        " and a.version_id = v.id and a.kind = 'published'), is_before_council = exists (select from act a"
        " where a.workspace_id = v.workspace_id and a.version_id = v.id"
        " and (a.organ = 'council' or a.kind = 'presented'))"
    )
    op.create_table(
        "shown_row",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("circle", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("image", sa.dialects.postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("circle in ('council', 'public')", name=op.f("ck_shown_row_circle_word")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "version_id"],
            ["plan_version.workspace_id", "plan_version.id"],
            name=op.f("fk_shown_row_workspace_id_version_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "circle", "entity", "id", name=op.f("pk_shown_row")),
    )
    op.create_index("ix_shown_row_entity", "shown_row", ["circle", "entity", "id"])
    op.execute(
        "insert into shown_row (workspace_id, circle, entity, id, version_id, image)"
        " select distinct on (v.workspace_id, k.circle, e.key, r.image->>'id')"
        "  v.workspace_id, k.circle, e.key, (r.image->>'id')::uuid, v.id, r.image"
        " from (values ('council'), ('public')) as k(circle) join plan_version v on v.is_published"
        "  or k.circle = 'council' and v.is_before_council"
        " join plan_version_content c on c.workspace_id = v.workspace_id and c.version_id = v.id"
        " cross join lateral jsonb_each(c.content::jsonb - '{names,countedOnly}'::text[]) as e"
        " cross join lateral jsonb_array_elements(e.value) as r(image)"
        " where not exists (select from plan_version n where n.workspace_id = v.workspace_id"
        "  and n.plan_id = v.plan_id and n.number > v.number"
        "  and (n.is_published or k.circle = 'council' and n.is_before_council))"
        " order by v.workspace_id, k.circle, e.key, r.image->>'id', v.frozen_at desc"
    )
    _protect()
    op.execute(FILE_PUBLISHED)
