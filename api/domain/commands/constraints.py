"""The database's own refusals, told in the words of the domain."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from api.domain.errors import Conflict, Refusal, invalid
from api.domain.resources.base import Resource

FIELDS = {
    "planned_end_after_start": "plannedEnd",
    "actual_end_after_start": "actualEnd",
    "ends_after_start": "endsOn",
    "validity": "validTo",
    "all_houses_of_administrator": "administersAllHouses",
    "health_has_reason": "healthReason",
    "estimate_in_order": "estimateHigh",
    "parent_is_another": "parentId",
    "exactly_one_bearer": "responsibilities",
    "budget_line_exactly_one_bearer": "actionId",
    "indicator_exactly_one_bearer": "actionId",
    "measurement_exactly_one_bearer": "indicatorId",
    "milestone_has_no_figures": "nature",
    "only_milestones_are_expected": "expectedOn",
    "distinct_persons_do_not_add": "isCumulative",
    "total_is_another": "contributesToIds",
    "exactly_one_value": "value",
    "numerator_with_denominator": "denominator",
    "period_ends_after_start": "periodStartsOn",
    "decision_exactly_one_bearer": "actionId",
    "attachment_exactly_one_bearer": "actionId",
    "link_or_file": "link",
    "file_has_name": "fileName",
    "another_action": "linkedActionId",
    "enterprise_number_check": "enterpriseNumber",
    "term_or_period": "periodId",
    "covers_another_plan": "coversPlanId",
    "municipality_has_nis": "nis",
    "published_after_adoption": "publishedOn",
    "published_once_adopted": "publishedOn",
    "amount_or_in_kind": "amounts",
    "something_brought": "contributions",
}
"""The field to which a CHECK's refusal belongs, by the last part of its name, or by all of it."""


@contextmanager
def told(resource: Resource) -> Iterator[None]:
    """Turn a violated constraint into a refusal that names the field or the rows in the way."""
    try:
        yield
    except asyncpg.UniqueViolationError as twice:
        raise Conflict("duplicate", constraint=_rule(twice.constraint_name)) from twice
    except asyncpg.CheckViolationError as untrue:
        raise _untrue(resource, _rule(untrue.constraint_name)) from untrue
    except asyncpg.NotNullViolationError as absent:
        raise invalid("required", resource.wire(absent.column_name or "")) from absent
    except asyncpg.ForeignKeyViolationError as broken:
        if "still referenced" in (broken.detail or ""):
            raise Conflict("inUse", usedBy=_camel(broken.table_name or "")) from broken
        raise _nowhere(resource, broken) from broken


def _rule(constraint: str | None) -> str:
    """`ck_action_planned_end_after_start` → `planned_end_after_start`; unique ones keep their columns."""
    name = constraint or ""
    for prefix in ("ck_", "uq_", "fk_"):
        name = name.removeprefix(prefix)
    return name


def _untrue(resource: Resource, rule: str) -> Refusal:
    tables = [resource.table.name, *(str(part.table.__tablename__) for part in resource.parts.values())]
    table = max((t for t in tables if rule.startswith(f"{t}_")), key=len, default="")
    short = rule.removeprefix(f"{table}_")
    name = FIELDS.get(rule) or FIELDS.get(short, _camel(short))
    return invalid(_camel(short), name)


def _nowhere(resource: Resource, broken: asyncpg.ForeignKeyViolationError) -> Refusal:
    for name, part in resource.parts.items():
        if part.table.__tablename__ == broken.table_name:
            return invalid("referencedResourceNotFound", resource.wire(name))
    columns = (broken.constraint_name or "").split("workspace_id_")[-1]
    known = [c for c in resource.column_names if columns.endswith(c)]
    return invalid("referencedResourceNotFound", resource.wire(max(known, key=len) if known else columns))


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)
