"""Who asks in tests: real accounts and machines with real tokens, beside the communes and in them."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from api.accounts import ensure_account, ensure_client
from api.db import Connection, Database
from api.demo.directory import SCOPES, make, to_wire
from api.domain.actor import Actor, Membership, Role
from api.domain.commands.bulk_insert import bulk_insert, image_of_words
from api.domain.commands.installation import INSTALLER, reference_id
from api.domain.journal import record
from api.domain.resources.reference import COMMUNE
from api.domain.schemas.reference import CommuneFields
from api.identity.service import open_tokens
from api.identity.tokens import Tokens
from api.settings import Settings

Headers = dict[str, str]

PUBLIC: Headers = {}
"""Nobody in particular: no token."""

_WORLDS: dict[int, "World"] = {}


def world_of(database: Database) -> "World":
    """The world of the session's database."""
    return _WORLDS[id(database)]


@dataclass
class World:
    """Everybody who is not of one commune, and what makes tokens for all."""

    database: Database
    tokens: Tokens
    operator_id: UUID
    clients: dict[Role, UUID]
    partners: dict[UUID, UUID] = field(default_factory=dict)
    """The machine of each partner organisation made by `make_partner`."""
    free_nis: Any = field(default_factory=lambda: count(94_000))

    @classmethod
    async def open(cls, database: Database, settings: Settings) -> "World":
        async with database.transaction() as connection:
            operator = await ensure_account(
                connection, INSTALLER, "operator@tests.example", "Operator", global_role=Role.OPERATOR
            )
            clients = {
                role: await ensure_client(
                    connection, INSTALLER, f"{role} of the tests", role, organisation_id=None, scopes=SCOPES[role]
                )
                for role in (Role.REGION, Role.INTEGRATOR)
            }
        world = _WORLDS[id(database)] = cls(database, open_tokens(settings), operator, clients)
        return world

    @property
    def operator(self) -> Headers:
        return self.person(self.operator_id)

    @property
    def operator_actor(self) -> Actor:
        return Actor(memberships=(Membership(Role.OPERATOR),), account_id=self.operator_id)

    @property
    def region(self) -> Headers:
        return self.machine(self.clients[Role.REGION], SCOPES[Role.REGION])

    @property
    def integrator(self) -> Headers:
        return self.machine(self.clients[Role.INTEGRATOR], SCOPES[Role.INTEGRATOR])

    def partner(self, organisation_id: UUID) -> Headers:
        """The machine of a partner organisation made by `make_partner`."""
        return self.machine(self.partners[organisation_id], SCOPES[Role.PARTNER])

    def person(self, account_id: UUID) -> Headers:
        return _bearer(self.tokens.issue(account_id, is_machine=False))

    def machine(self, client_id: UUID, scopes: tuple[str, ...]) -> Headers:
        return _bearer(self.tokens.issue(client_id, is_machine=True, scopes=scopes))


def _bearer(token: str) -> Headers:
    return {"Authorization": f"Bearer {token}"}


async def make_partner(database: Database, name: str | None = None, kind: str = "nonprofit") -> UUID:
    """A body of the directory with a machine of its own; `world_of(database).partner(id)` asks in its name."""
    world = world_of(database)
    async with database.transaction() as connection:
        organisation = await make(
            connection, world.operator_actor, "organisation", name=name or f"ASBL {uuid4().hex[:8]}", kind=kind
        )
        world.partners[organisation] = await ensure_client(
            connection, INSTALLER, f"Machine {uuid4().hex[:8]}", Role.PARTNER,
            organisation_id=organisation, scopes=SCOPES[Role.PARTNER],
        )  # fmt: skip
    return organisation


async def make_reference_commune(connection: Connection, nis: int, name: str) -> None:
    """A commune in the list of communes that no map knows."""
    words = {"nis": nis, "labels": {"fr": name}, "province": "Épreuve", "arrondissement": "Épreuve"}
    image = image_of_words(
        COMMUNE, CommuneFields.model_validate(to_wire(words)), id=reference_id("commune", "test", nis)
    )
    await record(connection, INSTALLER, "loadReference", None, await bulk_insert(connection, COMMUNE, [image]))
