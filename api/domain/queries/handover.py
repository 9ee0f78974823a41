"""What a person carries, as far as the reader sees it, and what a successor would take over."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from api.domain.errors import NotFound, invalid
from api.domain.policy import HeldGrant, grants_of, refusal
from api.domain.resources.catalogue import BY_NAME
from api.domain.rights.visibility import may
from api.domain.schemas import handover as words
from api.domain.schemas.handover import CarriedKind, HandOverRequest, LeftReason
from api.domain.sql.reader import Reader

Connection = Any
Row = dict[str, Any]
PERMISSION = "person:handOver"
TODAY = "(now() at time zone 'Europe/Brussels')::date"
CHANGES = BY_NAME["person"].commands["handOver"]
"""The rights by which rows are handed over: only where one who hands over holds them too."""

KINDS = tuple(CarriedKind)
SUCCESSORS = ("person", "unit", "office")


@dataclass(frozen=True)
class Successor:
    """Who takes over, by kind and id."""

    kind: str
    id: str

    def carries(self, responsibility: Row) -> bool:
        return bool(responsibility[f"{self.kind}_id"] == self.id)

    @property
    def bearer(self) -> Row:
        return {f"{kind}_id": self.id if kind == self.kind else None for kind in SUCCESSORS}


@dataclass(frozen=True)
class Load:
    """Everything a person carries and how each row stands, for one successor."""

    person_id: str
    to: Successor
    has_offices: bool
    rows: dict[str, list[Row]]

    @property
    def basis(self) -> str:
        """A name of the state of all rows concerned: ids, versions, and what is asked of them."""
        content = orjson.dumps([self.person_id, self.to.kind, self.to.id, self.has_offices, self.rows])
        return hashlib.blake2b(content, digest_size=12).hexdigest()

    def reason(self, kind: CarriedKind, row: Row) -> LeftReason | None:
        """Why a row stays with the person; None when it goes."""
        if not row["isOwn"]:
            return LeftReason.OTHER_HOUSE
        if row["isFrozen"]:
            return LeftReason.PLAN_CLOSED
        if kind is CarriedKind.TASK and self.to.kind == "office":
            return LeftReason.OFFICE_TAKES_NO_TASKS
        if kind is CarriedKind.OFFICE_HOLDING and not self.has_offices:
            return LeftReason.NOT_ASKED
        return None

    def going(self, kind: CarriedKind) -> list[Row]:
        return [row for row in self.rows[kind] if self.reason(kind, row) is None]

    def hand_to_successor(self, responsibilities: list[Row]) -> list[Row]:
        """The responsibilities with the successor in the person's place; what it has already is not repeated."""
        found: list[Row] = []
        for each in responsibilities:
            one = each | self.to.bearer if each["person_id"] == self.person_id else each
            if one not in found:
                found.append(one)
        return found

    def to_answer(self) -> words.HandOver:
        """In the words of the API."""
        own, left = [], []
        for kind in KINDS:
            for row in self.rows[kind]:
                reason = self.reason(kind, row)
                stated = {"kind": kind, "id": row["id"], "title": row["title"]}
                if reason is None:
                    own.append(words.Carried(**stated, **self._how(row)))
                else:
                    left.append(words.LeftBehind(**stated, reason=reason))
        found = {"basis": self.basis, "person_id": self.person_id, "moved": own, "left": left}
        named = {f"to_{kind}_id": self.to.id if kind == self.to.kind else None for kind in SUCCESSORS}
        return words.HandOver.model_validate(found | named)

    def _how(self, row: Row) -> Row:
        answers: list[Row] = row.get("responsibilities", [])
        kinds = [each["kind"] for each in answers if each["person_id"] == self.person_id]
        is_merged = row.get("isHeld", False) or len(self.hand_to_successor(answers)) < len(answers)
        return {"responsibilities": kinds, "is_merged": is_merged}


async def hand_over_preview(
    connection: Connection, reader: Reader, person_id: UUID, request: HandOverRequest
) -> words.HandOver:
    """What handing over would move; nothing is written.

    Refuses: person not visible (404), no right (403), a successor that cannot be one (400).
    """
    await see_person(connection, reader, person_id)
    to = await successor(connection, reader, person_id, request, "query")
    return (await load(connection, reader, person_id, to, has_offices=request.has_offices)).to_answer()


async def see_person(connection: Connection, reader: Reader, person_id: UUID) -> None:
    """See the person and hold the right to hand over what it carries."""
    asking = Reader(reader.actor, reader.language, reader.base_url)
    rows, seen = asking.rows(BY_NAME["person"], "t")
    is_seen = await connection.fetchval(
        f"select exists (select from {rows} where t.id = {asking.binds(person_id, 'uuid')} and {seen})",
        *asking.binds.values,
    )
    if not is_seen:
        raise NotFound("person", person_id)
    for permission in (PERMISSION, *CHANGES):
        if not grants_of(reader.actor, permission):
            raise refusal(reader.actor, permission)


async def successor(
    connection: Connection, reader: Reader, person_id: UUID, request: HandOverRequest, where: str, lock: str = ""
) -> Successor:
    """The one person, unit or office that takes over; nobody who left, nothing archived, not the person itself."""
    named = {kind: getattr(request, f"to_{kind}_id") for kind in SUCCESSORS}
    given = [(kind, identifier) for kind, identifier in named.items() if identifier is not None]
    if len(given) != 1:
        raise invalid("exactlyOneBearer", "toPersonId", where=where)
    [(kind, identifier)] = given
    name = f"to{kind.title()}Id"
    asking = Reader(reader.actor, reader.language, reader.base_url)
    rows, seen = asking.rows(BY_NAME[kind], "t")
    gone = "t.is_archived or t.left_on is not null" if kind == "person" else "t.is_archived"
    found = await connection.fetchrow(
        f"select {gone} as is_gone from {rows} where t.id = {asking.binds(identifier, 'uuid')} and {seen} {lock}",
        *asking.binds.values,
    )
    if found is None:
        raise invalid("referencedResourceNotFound", name, str(identifier), where=where)
    if found["is_gone"] or identifier == person_id:
        raise invalid("cannotTakeOver", name, str(identifier), where=where)
    if request.has_offices and kind != "person":
        raise invalid("officesGoToPersons", "hasOffices", True, where=where)
    return Successor(kind, str(identifier))


async def load(connection: Connection, reader: Reader, person_id: UUID, to: Successor, *, has_offices: bool) -> Load:
    """Everything the person carries that the reader sees, in one statement."""
    asking = _LoadReader(Reader(reader.actor, reader.language, reader.base_url), person_id, to)
    parts = [f"'{kind}', ({asking.rows_of(kind)})" for kind in KINDS]
    found: str = await connection.fetchval(
        f"select json_build_object({', '.join(parts)})::text", *asking.reader.binds.values
    )
    return Load(str(person_id), to, has_offices, orjson.loads(found))


class _LoadReader:
    """The statement of what a person carries, kind by kind; `t` is the row."""

    def __init__(self, reader: Reader, person_id: UUID, to: Successor) -> None:
        self.reader, self.to = reader, to
        self.person = reader.binds(person_id, "uuid")
        self.members = [way.membership for way in grants_of(reader.actor, PERMISSION)]

    def rows_of(self, kind: CarriedKind) -> str:
        resource = BY_NAME[kind]
        rows, seen = self.reader.rows(resource, "t")
        title, own, frozen, more, carried = {
            CarriedKind.ACTION: self._answered_for,
            CarriedKind.OBJECTIVE: self._answered_for,
            CarriedKind.TASK: self._task,
            CarriedKind.OFFICE_HOLDING: self._office,
        }[kind](kind)
        return (
            f"select coalesce(json_agg(json_build_object('id', t.id, 'title', {title}, 'version', t.version,"
            f" 'isOwn', {own}, 'isFrozen', {frozen}{more}) order by {title}, t.id), '[]')"
            f" from {rows} where {seen} and {carried}"
        )

    def _may(self, kind: CarriedKind) -> str:
        permission = f"{kind}:update"
        ways: list[HeldGrant] = [w for w in grants_of(self.reader.actor, permission) if w.membership in self.members]
        return may(permission, BY_NAME[kind], self.reader.actor, self.reader.binds, "t", ways)

    def _answered_for(self, kind: CarriedKind) -> tuple[str, str, str, str, str]:
        answers = f"from {kind}_responsibility x where x.workspace_id = t.workspace_id and x.{kind}_id = t.id"
        frozen = "false"
        if kind is CarriedKind.OBJECTIVE:
            frozen = "(select p.is_closed from plan p where p.workspace_id = t.workspace_id and p.id = t.plan_id)"
        bearers = (
            f"(select json_agg(json_build_object('kind', x.kind, 'office_id', x.office_id, 'unit_id', x.unit_id,"
            f" 'person_id', x.person_id) order by x.rank) {answers})"
        )
        carried = f"exists (select {answers} and x.person_id = {self.person})"
        return "t.title", self._may(kind), frozen, f", 'responsibilities', {bearers}", carried

    def _task(self, kind: CarriedKind) -> tuple[str, str, str, str, str]:
        carried = f"t.assignee_person_id = {self.person} and t.done_on is null"
        return "t.title", self._may(kind), "false", "", carried

    def _office(self, _: CarriedKind) -> tuple[str, str, str, str, str]:
        """Offices held today or later, each of its own house; one goes today, or on its first day to come."""
        binds = self.reader.binds
        houses = binds(sorted({m.organisation_id for m in self.members if m.organisation_id}), "uuid[]")
        office = "from office f where f.workspace_id = t.workspace_id and f.id = t.office_id"
        holds = (
            "exists (select from office_holding y where y.workspace_id = t.workspace_id and y.office_id = t.office_id"
            f" and y.person_id = {binds(UUID(self.to.id), 'uuid')} and (y.ends_on is null or y.ends_on > {TODAY}))"
        )
        more = (
            f", 'isHeld', {holds}, 'officeId', t.office_id, 'goesOn', greatest(t.starts_on, {TODAY}),"
            " 'endsOn', t.ends_on"
        )
        carried = f"t.person_id = {self.person} and (t.ends_on is null or t.ends_on > {TODAY})"
        own = f"exists (select {office} and f.organisation_id = any({houses}))"
        return f"(select f.title {office})", own, "false", more, carried
