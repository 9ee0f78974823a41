"""How a concept is declared once, for every door: its table, words, arrays, links, filters and search."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum
from functools import cached_property
from typing import Any, get_type_hints
from uuid import UUID

from pydantic import MISSING, BaseModel, create_model
from pydantic.alias_generators import to_camel
from sqlalchemy import Table
from sqlalchemy.sql.type_api import TypeEngine
from sqlmodel import SQLModel

from api.domain.policy import OF_PLANS, MachineScopes
from api.domain.resources.naming import OWN, READS, Ref
from api.domain.resources.states import DRAFT, PLAN_OPEN, Guard, Lifecycle, SharedOnce
from api.domain.resources.version_content import VersionPart
from api.domain.schemas.base import Document, Flag, InputModel, Record, patch_of

__all__ = ["DRAFT", "OWN", "PLAN_OPEN", "READS", "Guard", "Lifecycle", "Ref", "SharedOnce"]


def list_of(item: Any) -> Any:
    """The annotation of a list whose items' type is only known when the program runs."""
    return list[item]


RECORD_FIELDS = frozenset({"id", "version", "created_at", "updated_at"})


class OwnerKind(StrEnum):
    """Where a row lives, hence who sees it and who answers for it."""

    REFERENCE = "reference"  # given to all
    DIRECTORY = "directory"  # global, kept by those concerned
    WORKSPACE = "workspace"  # a list or register of one workspace
    PLAN = "plan"  # a plan, or a row of a plan
    OBJECTIVE = "objective"
    ACTION = "action"  # an action, or a row of an action
    BEARER = "bearer"  # of an action, an objective or a plan (budget lines, indicators and their measurements)
    VERSION = "version"


class HouseView(StrEnum):
    """By which rule those who work in a workspace see its rows."""

    OWNER = "owner"  # as `owner_kind` says
    FINDING = "finding"  # the audience of the finding that the row is, or names
    JOURNAL = "journal"  # what an entry tells, as its reader may see it


class PartnerView(StrEnum):
    """By which rule a partner organisation sees rows for the sake of the actions in which it takes part."""

    OF_ACTION = "ofAction"  # what hangs on such an action, or is one
    OBJECTIVE = "objective"  # what stands above such an action
    PLAN = "plan"  # what claims such an action
    WORKSPACE = "workspace"  # where such an action is


@dataclass(frozen=True, slots=True)
class ChildList:
    """An array of a document, kept in a table of its own and replaced whole.

    A part of one column is an array of its values; of several, an array of objects. Where it names documents
    (`target`), a reader is told the ids that it may follow, and the others stay where they are when it replaces them.
    Objects that say themselves what they name (`entity`, `entity_id`) do so of these `kinds`. `asks` is as in `Ref`.
    """

    table: type[SQLModel]
    owner: str
    columns: tuple[str, ...]
    type: Any
    target: str | None = None
    order: str | None = None
    kinds: tuple[str, ...] = ()
    tenant: str = "workspace_id"
    """The column of the document that names the workspace of these rows."""
    asks: str | None = None

    @property
    def is_scalar(self) -> bool:
        return len(self.columns) == 1

    def kind(self, column: str) -> TypeEngine[Any]:
        """The type of a column: an exact decimal is said as text."""
        kind: TypeEngine[Any] = self.table.__table__.c[column].type  # type: ignore[attr-defined]
        return kind


@dataclass(frozen=True, slots=True)
class Derived:
    """A field that SQL computes from the row; `{t}` stands for the row, `{language}` for the reader's,
    `{workspace}` for the workspace in which the reader acts (null at large), `{sees:action:y}` for whether the reader
    sees the action that the SQL calls `y`: what is told of another row is told only to who may read that row.

    `shown` says the same of a row of a version, where living tables must not be read.
    """

    sql: str
    type: Any
    shown: str | None = None


def warnings(conditions: Mapping[str, str]) -> Derived:
    """The field `warnings`: the codes of what is unusual about a row and yet was saved; versions show none."""
    cases = ", ".join(f"case when {sql} then '{code}' end" for code, sql in conditions.items())
    return Derived(f"to_json(array_remove(array[{cases}], null))", list_of(str), shown="'[]'::json")


@dataclass(frozen=True, slots=True)
class Filter:
    """A question about rows beyond equality of a column; `{t}` is the row, `{v}` the array of values.

    It reads living tables; `shown` says the same of a shown row (whose full image is `{t}.image`).
    Without `shown`, readers of versions cannot ask it. `shown_plans` says as an array of which plans' versions the
    answer is read then; without it, each thing is read as it was shown last. `field` is what the asker must be able to
    read: `id` where whoever reads the row may ask. Where the
    values are ids of documents (`target`), those that the asker may not read match nothing. The name of an array in
    braces (`{finding_ids}`) stands for that array as the asker is told it.
    """

    sql: str
    cast: str
    type: Any
    shown: str | None = None
    field: str = dataclass_field(kw_only=True)
    target: str | None = None
    shown_plans: str | None = None


IN_PLAN = "{t}.shown_plan_id = any({v})"
"""Of a shown row: whether the version of one of these plans holds it."""


@dataclass(frozen=True)
class Resource:
    """One concept as every door shows it. Names are snake_case here and camelCase on the wire."""

    name: str
    plural: str
    table_model: type[SQLModel]
    fields: type[InputModel]
    owner_kind: OwnerKind
    create: type[InputModel] | None = None
    can_update: bool = True
    can_delete: bool = True
    parts: Mapping[str, ChildList] = dataclass_field(default_factory=dict)
    refs: Mapping[str, Ref] = dataclass_field(default_factory=dict)
    derived: Mapping[str, Derived] = dataclass_field(default_factory=dict)
    filters: Mapping[str, Filter] = dataclass_field(default_factory=dict)
    search: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ()
    default_sort: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    personal: frozenset[str] = frozenset()
    """Columns with personal data: answered to those who may, never written in the journal."""
    immutable: frozenset[str] = frozenset()
    patch_more: Mapping[str, Any] = dataclass_field(default_factory=dict)
    guards: Mapping[str, tuple[Guard, ...]] = dataclass_field(default_factory=dict)
    """What a verb (`update`), or adding something (`createTask`), asks of the row's state, beside the right."""
    commands: Mapping[str, tuple[str, ...]] = dataclass_field(default_factory=dict)
    """What else may be done with a document, by a command of its own (`handOver`) or by naming it (`answer`): each word
    is a right of the concept, and beside it the other rights that the command asks for. `permitted` tells it."""
    images: frozenset[str] = frozenset()
    """Columns that hold images of other rows, answered as far as their reader reads these."""
    is_record: bool = False
    """A record has no version and nothing that may be done with it: it never changes."""
    is_read_across: bool = False
    """Its rows may be read in other workspaces than their own, where the policy says so."""
    archives: bool = False
    is_ordered: bool = False
    shared_once: SharedOnce | None = None
    """Until then only its own house reads it; None when both houses always do."""
    lifecycle: Lifecycle | None = None
    machine_scopes: MachineScopes = OF_PLANS
    """What the token of a machine must carry to read and to write its documents."""
    in_versions: VersionPart | None = None
    """Which rows a version of a plan holds; None: none, nobody reads versions of it."""
    read_in_versions_when: str = "true"
    """Which of the records about versions are told to readers of versions; `{t}` is the row."""
    lists_unchangeable: bool = False
    """Whether a document tells which of its fields the reader may not change."""
    house_view: HouseView = HouseView.OWNER
    partner_view: PartnerView = PartnerView.OF_ACTION
    partners_see: str | None = None
    """Which rows of an action a partner sees beside its own; `{t}` is the row. None: all of them."""
    workspace_column: str = "workspace_id"
    """The column that names the workspace whose row it is."""
    of_organisation: str = "{t}.organisation_id = {organisation}"
    """Which rows are an organisation's own, or of the `{service}` (operator or Region) that reads; `{t}` is the row."""
    is_public_as_it_is: bool = False
    """The public reads its rows as they are, not as a version froze them: a change of one raises the public stamp."""
    published_once: SharedOnce | None = None
    """From then on whoever reads versions reads the row itself."""
    administered: str = "{t}.workspace_id = {workspace}"
    """Which rows the administrators of workspace `{workspace}` keep; `{t}` is the row."""
    administered_for: str = "{t}.organisation_id = {organisation}"
    """Which rows the administrators of the partner organisation `{organisation}` keep."""
    of_house: str = "{t}.organisation_id = {house}"
    """Which of the rows of a workspace belong to its house `{house}`, whose administrators alone write them."""
    parent_owner: str | None = None
    """The column that leads to the plan, objective or action of `home`, or to what that bears; None when the row is
    that thing, or names one of several bearers itself."""

    @property
    def table(self) -> Table:
        return self.table_model.__table__  # type: ignore[attr-defined,no-any-return]

    @cached_property
    def column_names(self) -> tuple[str, ...]:
        """Every column of the table. (Iterating the table's columns gives no names: they compare to nothing.)"""
        return tuple(column.name for column in self.table.columns)

    @property
    def is_tenant(self) -> bool:
        return "workspace_id" in self.table.c

    @property
    def is_action(self) -> bool:
        """Whether a row is itself an action, and not something that hangs on one."""
        return self.owner_kind is OwnerKind.ACTION and self.parent_owner is None

    @property
    def is_shown(self) -> bool:
        """Whether readers of versions are shown its rows."""
        return self.in_versions is not None and self.in_versions.is_shown

    @property
    def stays_home(self) -> bool:
        """Whether whoever acts in a workspace reads only rows of that one."""
        return self.is_tenant and not self.is_read_across

    @property
    def seen_with(self) -> frozenset[str]:
        """The columns that name what the row hangs on: who sees the row sees that."""
        own = {self.parent_owner} if self.parent_owner else set()
        hangs = self.owner_kind is OwnerKind.BEARER or (
            self.owner_kind is OwnerKind.ACTION and self.parent_owner is not None
        )
        return frozenset(own | ({"action_id", "linked_action_id", "objective_id"} if hangs else set()))

    @cached_property
    def columns(self) -> dict[str, Any]:
        """Readable columns with their annotations."""
        hints = get_type_hints(self.table_model, include_extras=True)
        return {c: hints[c] for c in self.column_names if c not in self.hidden | RECORD_FIELDS}

    @cached_property
    def answered_fields(self) -> dict[str, Any]:
        """Every readable field beside those of all documents, with its annotation."""
        parts: dict[str, Any] = {name: list_of(part.type) for name, part in self.parts.items()}
        return {**self.columns, **parts, **{name: d.type for name, d in self.derived.items()}}

    @cached_property
    def read(self) -> type[BaseModel]:
        """The schema of the document as answered."""
        fields: dict[str, Any] = {name: (annotation, ...) for name, annotation in self.answered_fields.items()}
        if self.lifecycle is not None:
            fields[self.lifecycle.answered_as] = (list[str], ...)
        if self.lists_unchangeable:
            fields["unchangeable"] = (list[str], ...)
        read = create_model(self.title, __base__=Record if self.is_record else Document, **fields)
        read.__doc__ = self.fields.__doc__
        return read

    @cached_property
    def patch(self) -> type[InputModel] | None:
        """The schema of a merge patch, or None when the document never changes."""
        if not self.can_update:
            return None
        hints = get_type_hints(self.create or self.fields, include_extras=True)
        more: dict[str, Any] = {name: (hints[name] | MISSING, MISSING) for name in self.parts if name in hints}
        if self.archives:
            more["is_archived"] = (Flag | MISSING, MISSING)
        if self.is_ordered:
            more["place_after"] = (UUID | None | MISSING, MISSING)
        more |= {name: (annotation | MISSING, MISSING) for name, annotation in self.patch_more.items()}
        return patch_of(self.fields, name=f"{self.title}Patch", without=self.immutable, **more)

    @property
    def title(self) -> str:
        """The name of the type on the wire: `planAction` → `PlanAction`."""
        return self.name[0].upper() + self.name[1:]

    def wire(self, name: str) -> str:
        return to_camel(name)
