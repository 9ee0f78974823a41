"""The commune around the plans of `api.synthesis.rows`: houses, services, people, partners, and who may sign in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from api.domain import reference
from api.synthesis.words import FAMILIES, GIVEN

UNITS = ("Cadre de vie", "Logement", "Travaux", "Enseignement", "Population", "Finances", "Environnement", "Culture",
         "Aide sociale générale", "Insertion", "Maison de repos", "Petite enfance")  # fmt: skip
MEMBERS = ("administration", "college", "agent", "council")


@dataclass(frozen=True, slots=True)
class Town:
    """What the actions of a commune name."""

    workspace: UUID
    name: str
    houses: tuple[UUID, UUID]
    plan_types: dict[str, UUID]
    domains: list[UUID]
    units: list[UUID]
    persons: list[UUID]
    offices: list[UUID]
    partners: list[UUID]


def directory(rows: Any, names: Sequence[str]) -> list[UUID]:
    """The bodies that work everywhere, and a machine of the first one."""
    bodies = [_organisation(rows, name, "intermunicipalCompany", 900_000 + i) for i, name in enumerate(names)]
    rows.add("client", id=rows.new_id(), name=f"Synchronisation {names[0]}", role="partner", owner_kind="organisation",
             owner_organisation_id=bodies[0], scopes=["actions:read", "plans:read"])  # fmt: skip
    return bodies


def write_town(rows: Any, entry: dict[str, Any], shared: Sequence[UUID]) -> Town:
    """A workspace with everything that stands around its plans."""
    nis, name, w = entry["nis"], entry["name"]["fr"], rows.new_id()
    houses = (_organisation(rows, f"Commune de {name}", "municipality", nis),
              _organisation(rows, f"CPAS de {name}", "cpas", nis + 100_000))  # fmt: skip
    local = _organisation(rows, f"ASBL Entraide de {name}", "nonprofit", nis + 200_000)
    rows.add("workspace", id=w, name=name, slug=f"commune-{nis}", kind="municipality", nis=nis)
    for rank, house in enumerate(houses):
        rows.add("workspace_organisation", workspace_id=w, organisation_id=house, rank=rank)
    plan_types, domains = _lists(rows, w)
    units = [_unit(rows, w, houses[i >= 8], unit) for i, unit in enumerate(UNITS)]
    persons = [_person(rows, w, i) for i in range(24)]
    offices = [_office(rows, w, houses[0], i, persons[i]) for i in range(10)]
    for organisation in (*shared, local):
        rows.add("partner", workspace_id=w, id=rows.new_id(), organisation_id=organisation, label=None, note=None)
    _members(rows, w, houses[0], units[0], persons, nis)
    return Town(w, name, houses, plan_types, domains, units, persons, offices, [*shared, local])


def _organisation(rows: Any, name: str, kind: str, number: int) -> UUID:
    """A body under an enterprise number with true check digits."""
    identifier, first = rows.new_id(), 10_000_000 + number
    rows.add("organisation", id=identifier, name=name, kind=kind, enterprise_number=f"{first:08d}{97 - first % 97:02d}")
    return identifier  # type: ignore[no-any-return]


def _lists(rows: Any, w: UUID) -> tuple[dict[str, UUID], list[UUID]]:
    """The kinds of plans and the domains with which every workspace starts."""
    plan_types = {entry["code"]: rows.new_id() for entry in reference.items("plan_types")}
    for entry in reference.items("plan_types"):
        rows.add("plan_type", workspace_id=w, id=plan_types[entry["code"]], reference_code=entry["code"],
                 acronym=entry["acronym"], name=entry["labels"]["fr"], funder_level=entry["funder_level"],
                 legal_base=entry["legal_base"], duration_years=entry["usual_years"])  # fmt: skip
    domains = []
    for entry in reference.items("domains"):
        domains.append(rows.new_id())
        rows.add("domain", workspace_id=w, id=domains[-1], reference_code=entry["code"], name=entry["labels"]["fr"],
                 strand=entry["strand"], is_disabled=False)  # fmt: skip
    return plan_types, domains


def _unit(rows: Any, w: UUID, house: UUID, name: str) -> UUID:
    identifier: UUID = rows.new_id()
    rows.add("unit", workspace_id=w, id=identifier, organisation_id=house, name=name)
    return identifier


def _person(rows: Any, w: UUID, rank: int) -> UUID:
    identifier: UUID = rows.new_id()
    rows.add("person", workspace_id=w, id=identifier, kind="mandatary" if rank < 10 else "agent",
             family_name=rows.random.choice(FAMILIES), given_name=rows.random.choice(GIVEN))  # fmt: skip
    return identifier


def _office(rows: Any, w: UUID, house: UUID, rank: int, holder: UUID) -> UUID:
    identifier: UUID = rows.new_id()
    kind, title = ("mayor", "Bourgmestre") if rank == 0 else ("alderman", f"{rank}e échevinat")
    rows.add("office", workspace_id=w, id=identifier, organisation_id=house, kind=kind, title=title, rank=rank)
    rows.add("office_holding", workspace_id=w, id=rows.new_id(), office_id=identifier, person_id=holder,
             starts_on=date(2024, 12, 2))  # fmt: skip
    return identifier


def _members(rows: Any, w: UUID, house: UUID, unit: UUID, persons: Sequence[UUID], nis: int) -> None:
    """One account for each way of belonging to a commune; none has a password, so only tokens name them."""
    for role, person in zip(MEMBERS, persons, strict=False):
        account, membership = rows.new_id(), rows.new_id()
        rows.add("account", id=account, email=f"{role}@commune-{nis}.example", display_name=f"{role} {nis}")
        rows.add("membership", workspace_id=w, id=membership, account_id=account, role=role, organisation_id=house,
                 person_id=person if role == "agent" else None, is_administrator=role == "administration",
                 administers_all_houses=role == "administration")  # fmt: skip
        if role == "agent":
            rows.add("membership_unit", workspace_id=w, membership_id=membership, unit_id=unit)
