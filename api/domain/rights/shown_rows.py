"""Which rows readers of versions read: those of the version that a plan shows, or of each thing the one shown last."""

from dataclasses import dataclass

from api.domain.parameters import Parameters
from api.domain.resources.base import Resource

KEYS = ("workspace_id", "id", "audience", "action_id", "objective_id", "parent_id")
"""The columns of an image that stand beside it, so that an index leads to them."""
WORDS = ("title_key", "plain", "words")
"""What is searched and sorted by, beside the image."""


@dataclass(frozen=True, slots=True)
class ShownIn:
    """The plans whose versions are read, as SQL.

    One `plan`, whose rows are unique; or an array of `plans`, of which each thing is told once, as the one shown last
    has it. `with_counted_only` adds the rows that serve the figures of the plan alone.
    """

    plan: str | None = None
    plans: str | None = None
    with_counted_only: bool = False

    def has(self, s: str) -> str:
        """The condition on row `s` of `shown_row`."""
        if self.plan is not None:
            own = "" if self.with_counted_only else f" and not {s}.is_counted_only"
            return f"{s}.plan_id = {self.plan}{own}"
        if self.plans is None:
            return f"{s}.is_latest"
        return (
            f"{s}.plan_id = any({self.plans}) and not {s}.is_counted_only and not exists (select from shown_row {s}_n"
            f" where {s}_n.circle = {s}.circle and {s}_n.entity = {s}.entity and {s}_n.id = {s}.id"
            f" and {s}_n.workspace_id = {s}.workspace_id and {s}_n.plan_id = any({self.plans})"
            f" and not {s}_n.is_counted_only and ({s}_n.shown_on, {s}_n.recorded_at, {s}_n.plan_id)"
            f" > ({s}.shown_on, {s}.recorded_at, {s}.plan_id))"
        )

    def beside(self, s: str, t: str) -> str:
        """The condition on row `s` of `shown_row` that says what is told of another thing beside shown row `t`."""
        if self.plan is None and self.plans is None:
            return f"{s}.is_latest"
        own = "" if self.with_counted_only else f" and not {s}.is_counted_only"
        return f"{s}.plan_id = {t}.shown_plan_id{own}"


LATEST = ShownIn()
"""Of each thing the row shown last, whatever the plan."""


def shown_source(resource: Resource, reader_group: str, workspace: str | None, alias: str, shown_in: ShownIn) -> str:
    """The FROM item of what a reader group is shown; of one workspace alone where one is given (as SQL).

    Its keys are the columns of `shown_row` itself: whoever asks by them reaches few rows.
    """
    own = f" and s.workspace_id = {workspace}" if workspace is not None else ""
    columns = ", ".join(f"{_owner(resource, name)}.{name}" for name in resource.column_names)
    return (
        f"(select {columns}, {', '.join(f's.{name}' for name in WORDS)}, s.image, s.plan_id as shown_plan_id"
        f" from shown_row s, jsonb_populate_record(null::{resource.table.name}, s.image) r"
        f" where s.circle = '{reader_group}' and s.entity = '{resource.name}' and {shown_in.has('s')}{own}) {alias}"
    )


def shown_keys(resource: Resource, reader_group: str, workspace: str | None, alias: str, shown_in: ShownIn) -> str:
    """The same rows without what only their images say: for looking through many of them."""
    own = f" and s.workspace_id = {workspace}" if workspace is not None else ""
    return (
        f"(select {', '.join(f's.{name}' for name in (*KEYS, *WORDS))}, s.image, s.plan_id as shown_plan_id"
        f" from shown_row s where s.circle = '{reader_group}' and s.entity = '{resource.name}'"
        f" and {shown_in.has('s')}{own}) {alias}"
    )


def uses_plain_tables(text: str, asked: str) -> str:
    """Whether a plain text holds the words asked, as they are; an index of trigrams helps.

    The pattern is made in a sub-select: once for a statement, not once for a row.
    """
    return f"{text} like {pattern_of(asked)}"


def pattern_of(asked: str) -> str:
    """The pattern of texts that hold the words asked as they are."""
    escaped = rf"regexp_replace(plain_text({asked}), '([%_\\])', '\\\1', 'g')"
    return f"(select '%' || {escaped} || '%')"


def _owner(resource: Resource, name: str) -> str:
    """Where a column is read. A row that always has a plan is in the versions of that plan alone."""
    is_key = name in KEYS or (name == "plan_id" and not resource.table.c[name].nullable)
    return "s" if is_key else "r"


def shown_row_visibility(
    entity: str, identifier: str, council: bool, reached: list[str], binds: Parameters, t: str, shown_in: ShownIn
) -> str:
    """Whether the thing that shown row `t` names is in what the reader group is shown beside it, and meant for it."""
    reader_group = "council" if council else "public"
    return (
        f"exists (select from shown_row x where x.workspace_id = {t}.workspace_id and x.circle = '{reader_group}'"
        f" and x.entity = '{entity}' and x.id = {identifier} and {shown_in.beside('x', t)}"
        f" and x.audience = any({binds(reached, 'text[]')}))"
    )
