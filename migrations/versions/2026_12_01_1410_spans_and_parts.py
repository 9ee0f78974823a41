"""Planned dates stand at the end of the span that they are known for, and no percentage is a part of nothing.

What was measured over zero is kept and returned to its author, with the reason; what was planned for "2026" on a day of
June is due on its last day, and begins on its first.
"""

from alembic import op

revision = "spans_and_parts"
down_revision = "administer_houses"
branch_labels = None
depends_on = None

FIRST = """case {p} when 'month' then date_trunc('month', {d}::timestamp)
    when 'quarter' then date_trunc('quarter', {d}::timestamp)
    when 'semester' then date_trunc('year', {d}::timestamp)
        + case when extract(month from {d}) > 6 then interval '6 months' else interval '0 months' end
    when 'year' then date_trunc('year', {d}::timestamp)
    when 'term' then coalesce((select e.starts_on from term e where {d} between e.starts_on and e.ends_on
        order by e.starts_on desc limit 1), {d})::timestamp end"""
MONTHS = "case {p} when 'month' then 1 when 'quarter' then 3 when 'semester' then 6 else 12 end"
LAST = f"""case when {{p}} = 'term' then coalesce((select e.ends_on from term e
        where {{d}} between e.starts_on and e.ends_on order by e.starts_on desc limit 1), {{d}})
    else ({FIRST} + make_interval(months => {MONTHS}) - interval '1 day')::date end"""
SPANS = "('month', 'quarter', 'semester', 'year', 'term')"


def fill_spans(table: str) -> str:
    """The statement that moves the planned dates of a table to the ends of their spans."""
    start, end = ("t.planned_start", "t.planned_start_precision"), ("t.planned_end", "t.planned_end_precision")
    first = f"({FIRST.format(d=start[0], p=start[1])})::date"
    last = LAST.format(d=end[0], p=end[1])
    return (
        f"update {table} u set planned_start = s.first, planned_end = s.last, version = u.version + 1,"
        " updated_at = now() from (select t.workspace_id, t.id,"
        f" case when t.planned_start_precision in {SPANS} then {first} else t.planned_start end as first,"
        f" case when t.planned_end_precision in {SPANS} then {last} else t.planned_end end as last from {table} t) s"
        " where s.workspace_id = u.workspace_id and s.id = u.id"
        " and (s.first is distinct from u.planned_start or s.last is distinct from u.planned_end)"
    )


RETURN_PARTS_OF_NOTHING = (
    "update measurement set state = 'returned', version = version + 1, updated_at = now(),"
    " state_reason = concat_ws(' – ', state_reason, 'Le dénominateur est nul : corrigez ce relevé.')"
    " where denominator = 0 and state <> 'returned'"
)


def upgrade() -> None:
    op.execute(fill_spans("action"))
    op.execute(fill_spans("group_action"))
    op.execute(RETURN_PARTS_OF_NOTHING)
    op.create_check_constraint(
        op.f("ck_measurement_denominator_above_zero"), "measurement", "denominator > 0 or state = 'returned'"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_measurement_denominator_above_zero"), "measurement", type_="check")
