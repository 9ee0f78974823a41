"""Whom `pst token` stands for: who is there, else somebody made for development."""

import pytest

from api.db import Database
from api.demo.bearers import BearerNotFound, BearerRequest, find_bearer
from api.demo.loading import issue
from api.domain.actor import Actor, Role
from api.identity.authentication import Caller, authorize
from api.identity.service import open_tokens
from api.settings import Settings
from tests.factories import make_commune, make_partner
from tests.world import World

pytestmark = pytest.mark.usefixtures("demo")


async def actor_of(database: Database, settings: Settings, asked: BearerRequest) -> Actor:
    """Who enters with the token that is issued."""
    token = (await issue(database, settings, {"asked": asked}, 1))["asked"]
    claims = open_tokens(settings).verify(token)
    assert claims.role == asked.role
    who = (
        Caller(client_id=claims.subject, scopes=claims.scopes)
        if claims.is_machine
        else Caller(account_id=claims.subject)
    )
    async with database.snapshot() as connection:
        return (await authorize(connection, who)).actor


async def accounts(database: Database) -> int:
    async with database.connection() as connection:
        counted: int = await connection.fetchval("select count(*) from account")
    return counted


@pytest.mark.parametrize("role", ["administration", "college", "council", "agent"])
async def test_a_role_of_a_demonstration_commune_is_its_demonstration_account(
    database: Database, settings: Settings, role: str
) -> None:
    before = await accounts(database)
    actor = await actor_of(database, settings, BearerRequest(Role(role), 84016))
    assert actor.roles == {role}
    async with database.connection() as connection:
        email = await connection.fetchval("select email from account where id = $1", actor.account_id)
    assert email == {"council": "conseil"}.get(role, role) + "@val-fleuri.example"
    assert await accounts(database) == before


async def test_an_agent_of_a_unit_without_one_is_made_once(database: Database, settings: Settings) -> None:
    commune = await make_commune(database)
    async with database.transaction() as connection:
        await connection.execute("select set_config('app.workspaces', $1, true)", f"{{{commune.workspace_id}}}")
        await connection.execute("update membership set ended_at = now() where role = 'agent'")
    before = await accounts(database)
    asked = BearerRequest(Role.AGENT, commune.nis, unit="works")
    first = await actor_of(database, settings, asked)
    again = await actor_of(database, settings, asked)
    assert first == again
    assert first.memberships[0].units == {commune.units["works"]}
    assert await accounts(database) == before + 1


async def test_the_cpas_is_asked_by_its_house(database: Database, settings: Settings) -> None:
    commune = await make_commune(database)
    actor = await actor_of(database, settings, BearerRequest(Role.ADMINISTRATION, commune.nis, house="cpas"))
    assert actor.houses(Role.ADMINISTRATION) == [commune.cpas]
    assert actor.account_id == commune.account("administration", "cpas")


@pytest.mark.parametrize("named", ["0999010126", "zone de police lesse-et-plateau", "police"])
async def test_a_partner_is_named_by_number_or_name(database: Database, settings: Settings, named: str) -> None:
    actor = await actor_of(database, settings, BearerRequest(Role.PARTNER, organisation=named))
    async with database.connection() as connection:
        name = await connection.fetchval("select name from organisation where id = $1", actor.organisation_id)
    assert name == "Zone de police Lesse-et-Plateau"


async def test_a_partner_without_a_machine_gets_one(database: Database, settings: Settings) -> None:
    organisation = await make_partner(database)
    async with database.transaction() as connection:
        await connection.execute("update client set disabled_at = now() where owner_organisation_id = $1", organisation)
    first = await actor_of(database, settings, BearerRequest(Role.PARTNER, organisation=str(organisation)))
    again = await actor_of(database, settings, BearerRequest(Role.PARTNER, organisation=str(organisation)))
    assert first == again
    assert first.organisation_id == organisation


@pytest.mark.parametrize("role", [Role.REGION, Role.INTEGRATOR, Role.OPERATOR])
async def test_who_acts_at_large_needs_no_commune(
    database: Database, settings: Settings, role: Role, world: World
) -> None:
    assert world.clients
    assert (await actor_of(database, settings, BearerRequest(role))).roles == {role}


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        (BearerRequest(Role.COLLEGE), "84016 Val-Fleuri"),
        (BearerRequest(Role.COLLEGE, 11111), "93018 Trois-Chênes"),
        (BearerRequest(Role.AGENT, 84016, unit="nowhere"), "TRAV Service des travaux"),
        (BearerRequest(Role.PARTNER), "0999010126 Zone de police"),
        (BearerRequest(Role.PARTNER, organisation="nobody"), "0999010225 Intercommunale"),
    ],
)
async def test_what_is_not_there_is_refused_with_a_list_of_what_is(
    database: Database, asked: BearerRequest, listed: str
) -> None:
    async with database.transaction() as connection:
        with pytest.raises(BearerNotFound) as refusal:
            await find_bearer(connection, asked)
    assert listed in str(refusal.value)
