"""The database's own refusals, told in the words of the domain."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy.sql.schema import ColumnCollectionConstraint
from sqlmodel import SQLModel

from api.domain.errors import Conflict, Refusal, invalid
from api.domain.reference import load
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
    "denominator_above_zero": "denominator",
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
def translate_violations(resource: Resource, *, is_removal: bool = False) -> Iterator[None]:
    """Turn a violated constraint into a refusal that names the field or the rows in the way."""
    try:
        yield
    except asyncpg.IntegrityConstraintViolationError as broken:
        raise refusal_of(broken, resource, is_removal=is_removal) from broken


def refusal_of(
    broken: asyncpg.IntegrityConstraintViolationError, resource: Resource | None = None, *, is_removal: bool = False
) -> Refusal:
    """What a violated constraint means to whoever asked: a field that cannot be so (400), or a row in the way (409).

    Names of constraints and the database's own words stay inside.
    """
    match broken:
        case asyncpg.UniqueViolationError() | asyncpg.ExclusionViolationError():
            return Conflict("duplicate", fields=_fields(resource, _columns(broken)))
        case asyncpg.CheckViolationError():
            return _invalid_value(resource, _rule_conflict(broken.constraint_name), broken.table_name)
        case asyncpg.NotNullViolationError():
            return invalid("required", _wire(resource, broken.column_name or ""))
    if is_removal or _is_named_elsewhere(broken):
        return Conflict("inUse" if is_removal else "stillNamed", usedBy=_camel(broken.table_name or ""))
    return _missing_reference(resource, broken)


_COLUMN = re.compile(r"[a-z_]+")


def _columns(broken: asyncpg.IntegrityConstraintViolationError) -> list[str]:
    """The columns that a violation is about, as the tables declare them; of an expression the columns in it.

    The database itself tells no values, nor their columns, where row-level security is on.
    """
    table = SQLModel.metadata.tables.get(broken.table_name or "")
    if table is None:
        return []
    names = {broken.constraint_name, _NUMBER.sub("", broken.constraint_name or "")}
    for index in table.indexes:
        if index.name in names:
            return _COLUMN.findall(" ".join(str(part).rpartition(".")[2] for part in index.expressions))
    for constraint in table.constraints:
        if str(constraint.name) in names and isinstance(constraint, ColumnCollectionConstraint):
            return list(constraint.columns.keys())
    return []


def _fields(resource: Resource | None, columns: Iterable[str]) -> list[str]:
    """Those that a caller knows, by the names of the wire."""
    if resource is None:
        return []
    known = set(resource.column_names) - {"workspace_id"}
    return [resource.wire(column) for column in dict.fromkeys(columns) if column in known]


def _is_named_elsewhere(broken: asyncpg.IntegrityConstraintViolationError) -> bool:
    """Whether a row could not go because others name it: the detail then names the table of those, in any language."""
    if isinstance(broken, asyncpg.RestrictViolationError):
        return True
    detail = broken.detail or ""
    return "still referenced" in detail or (
        not _names_its_own_kind(broken) and re.search(rf"\b{broken.table_name}\b", detail) is not None
    )


def _names_its_own_kind(broken: asyncpg.IntegrityConstraintViolationError) -> bool:
    """Whether the reference leads from a table to itself, so that its name tells nothing."""
    table = SQLModel.metadata.tables.get(broken.table_name or "")
    keys = [] if table is None else [key for key in table.foreign_key_constraints if key.name == broken.constraint_name]
    return any(key.referred_table is table for key in keys)


def _rule_conflict(constraint: str | None) -> str:
    """`ck_action_planned_end_after_start` → `planned_end_after_start`, also where a number follows."""
    name = _NUMBER.sub("", constraint or "")
    for prefix in ("ck_", "uq_", "fk_"):
        name = name.removeprefix(prefix)
    return name


_NUMBER = re.compile(r"_\d+$")


def _invalid_value(resource: Resource | None, rule: str, broken_table: str | None = None) -> Refusal:
    """The issue that a CHECK is told by; where it has no sentence of its own, the field alone."""
    tables = [broken_table or ""]
    if resource is not None:
        tables += [resource.table.name, *(str(part.table.__tablename__) for part in resource.parts.values())]
    table = max((t for t in tables if t and rule.startswith(f"{t}_")), key=len, default="")
    short = rule.removeprefix(f"{table}_")
    name = FIELDS.get(rule) or FIELDS.get(short)
    if name is None or _camel(short) not in load("refusals")["issues"]:
        return invalid("outOfRange", name or _field_in(resource, short))
    return invalid(_camel(short), name)


def _field_in(resource: Resource | None, short: str) -> str:
    """The field with whose name a CHECK's begins."""
    columns = [] if resource is None else [c for c in resource.column_names if short.startswith(c)]
    return _wire(resource, max(columns, key=len)) if columns else ""


def _missing_reference(resource: Resource | None, broken: asyncpg.IntegrityConstraintViolationError) -> Refusal:
    """The issue of a name that leads nowhere."""
    if resource is not None:
        for name, part in resource.parts.items():
            if part.table.__tablename__ == broken.table_name:
                return invalid("referencedResourceNotFound", resource.wire(name))
    fields = _fields(resource, _columns(broken))
    return invalid("referencedResourceNotFound", fields[-1] if fields else "")


def _wire(resource: Resource | None, column: str) -> str:
    return _camel(column) if resource is None else resource.wire(column)


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)
