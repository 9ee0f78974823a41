"""Indicators of actions and objectives, their measurements, and periods that are locked."""

from uuid import UUID

from api.domain.policy import OF_ACTIONS
from api.domain.resources.base import (
    IN_PLAN,
    OWN,
    READS,
    ChildList,
    Derived,
    Filter,
    Guard,
    Lifecycle,
    OwnerKind,
    Ref,
    Resource,
    warnings,
)
from api.domain.resources.version_content import OF_ACTION, OF_OBJECTIVE, VersionPart
from api.domain.rules.measurement_statuses import OPEN, STATE_MOVES, MeasurementState, verb_of_state
from api.domain.schemas import indicators as words
from api.domain.schemas.base import LongText
from api.domain.tables import indicators as tables

_OPEN = ", ".join(f"'{state}'" for state in sorted(OPEN))
STATE_OPEN = Guard("measurementClosed", f"{{t}}.state in ({_OPEN})")
_OF_PLAN = (
    "(exists (select from plan_action x where x.workspace_id = {t}.workspace_id and x.action_id = {t}.action_id"
    " and not x.is_withdrawn and x.plan_id = any({v})) or exists (select from objective x"
    " where x.workspace_id = {t}.workspace_id and x.id = {t}.objective_id and x.plan_id = any({v})))"
)
HAS_TARGET = (
    "({t}.expected_on is not null or exists (select from indicator_target z"
    " where z.workspace_id = {t}.workspace_id and z.indicator_id = {t}.id))"
)
_GATHERING = (
    "exists (select from indicator_contribution x where x.workspace_id = {t}.workspace_id and x.total_id = {t}.id)"
)
_SHOWN_GATHERING = (
    "exists (select from shown_row y where y.workspace_id = {t}.workspace_id and y.circle = {circle}"
    " and y.entity = 'indicator' and y.is_latest and y.image->'contributes_to_ids' ? {t}.id::text)"
)

INDICATOR = Resource(
    name="indicator",
    plural="indicators",
    table_model=tables.Indicator,
    fields=words.IndicatorFields,
    owner_kind=OwnerKind.BEARER,
    create=words.IndicatorCreate,
    parts={
        "targets": ChildList(
            tables.IndicatorTarget, "indicator_id", ("due_by", "value", "remark"), words.IndicatorTarget, order="due_by"
        ),
        "contributes_to_ids": ChildList(
            tables.IndicatorContribution, "indicator_id", ("total_id",), UUID, "indicator", asks="indicator:update"),
    },
    refs={
        "action_id": Ref("action", one="action", many="indicators", asks=OWN),
        "objective_id": Ref("objective", one="objective", many="indicators", asks=OWN),
    },
    derived={"is_gathering": Derived(_GATHERING, bool, shown=_SHOWN_GATHERING)},
    filters={
        "plan_id": Filter(_OF_PLAN, "uuid[]", UUID, shown=IN_PLAN, shown_plans="{v}", field="id"),
        "total_id": Filter(
            "exists (select from indicator_contribution x where x.workspace_id = {t}.workspace_id"
            " and x.indicator_id = {t}.id and x.total_id = any({v}))", "uuid[]", UUID, field="contributes_to_ids",
            target="indicator"),
    },
    search=("title", "description"),
    sorts=("position", "title", "created_at"),
    default_sort=("position",),
    is_ordered=True,
    guards={"createMeasurement": (Guard("gatheredNotMeasured", f"not {_GATHERING}"),)},
    machine_scopes=OF_ACTIONS,
    in_versions=VersionPart(f"{OF_OBJECTIVE} or {OF_ACTION}", place=10),
)  # fmt: skip

MEASUREMENT = Resource(
    name="measurement",
    plural="measurements",
    table_model=tables.Measurement,
    fields=words.MeasurementFields,
    owner_kind=OwnerKind.BEARER,
    create=words.MeasurementCreate,
    refs={
        "indicator_id": Ref("indicator", one="indicator", many="measurements", asks=OWN),
        "action_id": Ref("action", one="action", many="measurements", asks=OWN),
        "objective_id": Ref("objective", one="objective", many="measurements", asks=OWN),
        "organisation_id": Ref("organisation", one="organisation", asks=OWN),
        "author_person_id": Ref("person", one="author", asks=READS),
    },
    derived={
        "warnings": warnings(
            {
                "periodOverlaps": "exists (select from measurement x where x.workspace_id = {t}.workspace_id"
                " and x.indicator_id = {t}.indicator_id and x.id <> {t}.id and x.state in ('submitted', 'approved')"
                " and x.measured_on >= coalesce({t}.period_starts_on, {t}.measured_on)"
                " and coalesce(x.period_starts_on, x.measured_on) <= {t}.measured_on)",
            }
        )
    },
    filters={"plan_id": Filter(_OF_PLAN, "uuid[]", UUID, field="id")},
    sorts=("measured_on", "created_at"),
    default_sort=("measured_on", "created_at"),
    guards={"update": (STATE_OPEN,), "delete": (STATE_OPEN,)},
    patch_more={"state_reason": LongText | None},
    lifecycle=Lifecycle("state", "next_states", MeasurementState, STATE_MOVES, verb_of_state),
    partners_see="{t}.state = 'approved'",
    parent_owner="indicator_id",
    machine_scopes=OF_ACTIONS,
    in_versions=VersionPart(f"t.state = 'approved' and ({OF_OBJECTIVE} or {OF_ACTION})", is_shown=False),
)  # fmt: skip

MEASUREMENT_LOCK = Resource(
    name="measurementLock",
    plural="measurementLocks",
    table_model=tables.MeasurementLock,
    fields=words.MeasurementLockFields,
    owner_kind=OwnerKind.WORKSPACE,
    create=words.MeasurementLockCreate,
    refs={
        "organisation_id": Ref("organisation", one="organisation", asks=OWN),
        "plan_id": Ref("plan", one="plan", many="measurementLocks", asks=OWN),
    },
    search=("reason",),
    sorts=("starts_on", "ends_on"),
    default_sort=("starts_on",),
)

RESOURCES = (INDICATOR, MEASUREMENT, MEASUREMENT_LOCK)
