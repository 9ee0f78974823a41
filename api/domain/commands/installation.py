"""What every installation holds from its first start: communes, terms, goals and programming periods."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from pydantic.alias_generators import to_camel

from api.domain import reference
from api.domain.actor import Actor, Membership, Role
from api.domain.commands import images
from api.domain.commands.bulk_insert import bulk_insert, image_of_words
from api.domain.commands.images import Image
from api.domain.identifiers import DIRECTORY
from api.domain.journal import Change, record
from api.domain.resources import reference as resources
from api.domain.resources.base import Resource
from api.domain.schemas import reference as schemas
from api.domain.schemas.base import InputModel

Connection = Any

COMMAND = "loadReference"
INSTALLER = Actor(memberships=(Membership(Role.OPERATOR),), origin="import")
"""Who loads what is given: the installation itself, in the operator's name."""

NAMESPACE = UUID("6f1d2c0e-5a74-4a0b-9d53-1f7c52a2b261")
"""Fixed for ever: the same commune or right has the same id in every installation."""

LOADING = 7_250_018
"""Any number, the same for every instance: two that start together load one after the other."""


async def load_reference(connection: Connection) -> int:
    """The reference rows say what this release ships; answers how many were written (0 the second time).

    What somebody changed or removed since stays so, unless the release itself says something new about it:
    the Region may have amended the end of a period, and a restart must not take that back.
    """
    await connection.execute("select pg_advisory_xact_lock($1)", LOADING)
    changes = [
        *await _load_rows(connection, resources.COMMUNE, "nis", _communes()),
        *await _load_rows(connection, resources.TERM, "code", _terms()),
        *await _load_rows(connection, resources.SDG, "number", _goals()),
        *await _load_rows(connection, resources.PROGRAMMING_PERIOD, "plan_type_code code", _periods()),
        *await _load_items(connection),
    ]
    if changes:
        await record(connection, INSTALLER, COMMAND, None, changes)
    return len(changes)


def reference_id(kind: str, *code: object) -> UUID:
    """The id of a reference row in every installation."""
    return uuid5(NAMESPACE, ":".join(map(str, (kind, *code))))


async def _load_rows(connection: Connection, resource: Resource, key: str, wanted: Iterable[Image]) -> list[Change]:
    """Insert what was never loaded, and change what the release says anew; by the natural key, not by id."""
    names = key.split()
    found = await connection.fetch(f"select {images.image_of(resource, 't')}::text from {resource.table.name} t")
    held = {_key(image, names): image for image in (images.loads(row[0]) for row in found)}
    rows = list(wanted)
    told = {name for name in rows[0] if name != "id"} - {"parent_id", "period_id"}
    differing = [
        row
        for row in rows
        if (image := held.get(_key(row, names))) is None or any(image[name] != row[name] for name in told)
    ]
    loaded = await _normalise_loaded(connection, resource, differing)
    new = [row for row in differing if _key(row, names) not in held and row["id"] not in loaded]
    changes = await bulk_insert(connection, resource, new)
    for row in differing:
        before = held.get(_key(row, names))
        if before is not None and (then := loaded.get(row["id"])) is not None:
            changes += await _update_loaded(connection, resource, before, then, {n: row[n] for n in told})
    return changes


async def _update_loaded(
    connection: Connection, resource: Resource, before: Image, then: Image, now: Image
) -> list[Change]:
    """Write the fields of which the release says something else than when they were last loaded."""
    news = {name: value for name, value in now.items() if value != then.get(name) and value != before[name]}
    if not news:
        return []
    await images.update(connection, resource, before, before | news, before["version"])
    after = await connection.fetchval(
        f"select {images.image_of(resource, 't')}::text from {resource.table.name} t where id = $1",
        UUID(before["id"]),
    )
    return [Change(resource.name, before, images.loads(after))]


async def _normalise_loaded(connection: Connection, resource: Resource, rows: list[Image]) -> dict[str, Image]:
    """What each of these rows said when it was last loaded, as the journal knows it; absent if it never was."""
    found = await connection.fetch(
        "select distinct on (entity_id) entity_id::text, after::text from journal_entry"
        " where workspace_id = $1 and entity = $2 and entity_id = any($3::uuid[]) and command = $4"
        " order by entity_id, position desc",
        DIRECTORY,
        resource.name,
        [row["id"] for row in rows],
        COMMAND,
    )
    return {row[0]: images.loads(row[1]) for row in found}


async def _load_items(connection: Connection) -> list[Change]:
    """Axes before themes, and so on: a parent is there before what stands under it."""
    found = await connection.fetch("select id, plan_type_code, code from programming_period")
    periods = {(row["plan_type_code"], row["code"]): row["id"] for row in found}
    changes = []
    for kind in KINDS:
        held = await connection.fetch("select id, period_id, code from period_item")
        ids = {(row["period_id"], row["code"]): row["id"] for row in held}
        if wanted := list(_items(kind, periods, ids)):
            changes += await _load_rows(connection, resources.PERIOD_ITEM, "period_id kind code", wanted)
    return changes


def _key(image: Image, names: list[str]) -> tuple[Any, ...]:
    return tuple(image[name] for name in names)


def _image(resource: Resource, words: InputModel, *code: object, **more: Any) -> Image:
    return image_of_words(resource, words, id=reference_id(resource.name, *code), **more)


def _communes() -> Iterable[Image]:
    for entry in reference.items("communes"):
        words = {
            "nis": entry["nis"],
            "labels": entry["name"],
            "province": reference.label("province", entry["province"]),
            "arrondissement": reference.label("arrondissement", entry["arrondissement"]),
            "isGermanSpeaking": entry["language"] == "de",
            "validFrom": entry["valid_from"],
            "validTo": entry["valid_to"],
            "successorNis": entry["successor"],
        }
        yield _image(resources.COMMUNE, schemas.CommuneFields.model_validate(words), entry["nis"])


def _terms() -> Iterable[Image]:
    for entry in reference.items("terms"):
        words = {
            "code": entry["code"],
            "labels": entry["labels"],
            "startsOn": entry["starts_on"],
            "endsOn": entry["ends_on"],
            "isPilot": entry["is_pilot"],
        }
        yield _image(resources.TERM, schemas.TermFields.model_validate(words), entry["code"])


def _goals() -> Iterable[Image]:
    for entry in reference.items("sdgs"):
        words = schemas.SdgFields.model_validate({"number": entry["code"], "labels": entry["labels"]})
        yield _image(resources.SDG, words, entry["code"])


def _periods() -> Iterable[Image]:
    for entry in reference.items("programming_periods"):
        share = entry["subsidy"]["local_share_of_subsidy_min"]
        words = {
            "planTypeCode": entry["plan_type"],
            "code": entry["code"],
            "labels": entry["labels"],
            "startsOn": entry["starts_on"],
            "endsOn": entry["amended_ends_on"] or entry["ends_on"],
            "isDiagnosticRequired": entry["diagnostic"]["required"],
            "localSharePercent": None if share is None else round(float(share) * 100),
            "codePattern": entry["code_pattern"],
            "isConfirmed": entry["confirmed"],
            "note": entry["note"],
            "endCertainty": entry["end_certainty"],
            "endSource": entry["end_source"],
            "requirements": [{to_camel(n): v for n, v in rule.items()} for rule in entry["requirements"]],
            "revenueKinds": _with_french_names(entry["subsidy"]["revenue_kinds"]),
            "accountingFunctions": _with_french_names(entry["accounting_functions"]),
        }
        fields = schemas.ProgrammingPeriodCreate.model_validate(words)
        yield _image(resources.PROGRAMMING_PERIOD, fields, entry["plan_type"], entry["code"])


def _with_french_names(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a period in the spelling of the wire, with their French name: the law words them in French."""
    return [
        {to_camel(name): value for name, value in entry.items() if name not in ("labels", "confirmed")}
        | {"label": entry["labels"]["fr"]}
        for entry in entries
    ]


KINDS = ("axis", "theme", "right", "actionCode")


def _items(kind: str, periods: dict[tuple[str, str], UUID], ids: dict[tuple[UUID, str], UUID]) -> Iterable[Image]:
    """The items of one kind of all periods; what would stand under something removed is left out."""
    for period in reference.items("programming_periods"):
        scope = (period["plan_type"], period["code"])
        if (period_id := periods.get(scope)) is None:
            continue
        for rank, entry in enumerate(period["items"], 1):
            parent = entry["parent"]
            if entry["kind"] != kind or (parent and (period_id, parent) not in ids):
                continue
            words = {
                "kind": kind,
                "code": entry["code"],
                "labels": entry["labels"],
                "rank": rank,
                "isConfirmed": entry["confirmed"],
            }
            yield _image(
                resources.PERIOD_ITEM,
                schemas.PeriodItemFields.model_validate(words),
                *scope,
                kind,
                entry["code"],
                period_id=period_id,
                parent_id=ids[period_id, parent] if parent else None,
            )
