"""All plans of a workspace at once: a matrix that counts each action once, and the gaps between plans."""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from api.domain.rules.action_statuses import ActionStatus
from api.domain.schemas.base import Answer, Day, Explained, Money

CELL_KEY = r"^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[1-9][0-9]?|none)$"
"""What names a row or column: an id, the number of a goal, or `none` for the actions without one."""


class RowKind(StrEnum):
    """What the rows of the transversal view are."""

    PLAN = "plan"
    UNIT = "unit"


class ColumnKind(StrEnum):
    """What the columns of the transversal view are."""

    DOMAIN = "domain"
    SDG = "sdg"
    UNIT = "unit"
    RIGHT = "right"
    OBJECTIVE = "objective"


class Heading(Answer):
    """A row or column; `id` is null for the actions that have none."""

    id: str | None
    label: str


class Figures(Answer):
    """What the actions of a cell come to, each action once. Drafts and cancelled actions are not counted."""

    count: int
    average_progress: int | None = Field(description="Percent; null where no action has one.")
    budget_planned: Money = Field(description="Expenses planned on the actions, all years.")
    late_count: int
    late_percent: int | None


class Cell(Figures):
    """The actions of one row in one column; null stands for those that have none."""

    row: str | None
    column: str | None


class Total(Figures):
    """The actions of one row or of one column."""

    id: str | None


class CellAction(Explained):
    """An action of a cell, with the plans that claim it as far as the reader sees them."""

    id: UUID
    title: str
    status: ActionStatus
    progress: int | None
    """Null for what goes on for ever: it weighs in no average."""
    planned_end: Day | None
    is_late: bool
    budget_planned: Money
    plan_ids: list[UUID]


class CellActions(Answer):
    """The actions behind a figure of the matrix: as many as its count says."""

    row_kind: RowKind
    column_kind: ColumnKind
    actions: list[CellAction]


class NamedThing(Answer):
    """A document by its title."""

    id: UUID
    title: str


class SharedAction(NamedThing):
    """An action that several plans claim."""

    plan_ids: list[UUID]


class SuspectedDuplicate(Answer):
    """Two actions of different plans that read alike; `alike` in hundredths (trigrams of their titles)."""

    one: NamedThing
    other: NamedThing
    alike: int


class Gaps(Explained):
    """What joins nothing: objectives, plans and rights without actions, and actions in several plans."""

    objectives_serving_no_plan: list[NamedThing]
    """Highest objectives of a PST beneath which nothing serves another plan."""
    plans_without_home: list[NamedThing]
    """Plans that no objective of a PST covers and none of whose actions stands in a PST."""
    rights_without_action: list[NamedThing]
    actions_in_several_plans: list[SharedAction]
    suspected_duplicates: list[SuspectedDuplicate]


class Transversal(Answer):
    """All plans of a workspace crossed with something that they share."""

    row_kind: RowKind
    column_kind: ColumnKind
    rows: list[Heading]
    columns: list[Heading]
    cells: list[Cell]
    row_totals: list[Total]
    column_totals: list[Total]
    total: Figures
    gaps: Gaps
