"""The one statement that re-reads rights: who may act where, and what row-level security then opens."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import asyncpg
import pytest

from api.db import Database
from api.domain.actor import PUBLIC, Role
from api.domain.errors import Forbidden, Refusal, Unauthenticated
from api.identity.authentication import ANONYMOUS, Authorized, Caller, authorize
from tests.identity.town import Town


async def entered(database: Database, who: Caller) -> tuple[Authorized, str, str]:
    """What `enter` answers, and the two settings it leaves."""
    async with database.snapshot() as connection:
        result = await authorize(connection, who)
        opened = await connection.fetchval("select current_setting('app.workspaces', true)")
        organisation = await connection.fetchval("select current_setting('app.organisation', true)")
    return result, opened, organisation


async def refused(database: Database, who: Caller) -> Refusal:
    """The refusal; row-level security stays shut."""
    async with database.snapshot() as connection:
        with pytest.raises(Refusal) as refusal:
            await authorize(connection, who)
        assert await connection.fetchval("select current_setting('app.workspaces', true)") == "{}"
        assert await connection.fetchval("select current_setting('app.organisation', true)") == ""
    return refusal.value


async def test_nobody_enters_as_the_public_on_the_stamp_of_what_is_public(database: Database) -> None:
    async with database.snapshot() as connection:
        number = await connection.fetchval("select number from public_stamp")
        assert await authorize(connection, ANONYMOUS) == Authorized(PUBLIC, f"public {number}", None)


async def test_the_only_workspace_is_where_one_acts(database: Database, town: Town) -> None:
    workspace, house = await town.workspace()
    account = await town.account(language="nl")
    person = await town.put("person", workspace, kind="agent", family_name="Dubois")
    await town.membership(workspace, house, account, "administration", person_id=person, is_administrator=True)
    (actor, position, language), opened, organisation = await entered(database, Caller(account_id=account))
    assert (actor.account_id, actor.workspace_id, actor.organisation_id) == (account, workspace, None)
    assert actor.scopes is None
    assert actor.is_administrator
    assert actor.memberships[0].organisation_id == house
    assert actor.memberships[0].person_id == person
    assert actor.memberships[0].plans is None
    assert (opened, organisation, language) == (f"{{{workspace}}}", "", "nl")
    assert position is not None
    assert position.startswith("w41.d")


async def test_the_position_moves_with_the_journal(database: Database, town: Town) -> None:
    workspace, house = await town.workspace()
    account = await town.account()
    await town.membership(workspace, house, account, "college")
    before = (await entered(database, Caller(account_id=account)))[0].position
    await town.run(
        "update journal_counter set position = 42 where workspace_id = $1", workspace, workspace_id=workspace
    )
    after = (await entered(database, Caller(account_id=account)))[0].position
    assert before != after


async def test_one_acts_with_the_union_of_the_roles_held_there_and_only_there(database: Database, town: Town) -> None:
    (here, house), (elsewhere, other_house) = await town.workspace(), await town.workspace()
    account = await town.account()
    unit, plan = await town.unit(here, house), await town.plan(here, house)
    agent = await town.membership(here, house, account, "agent")
    narrow = await town.membership(here, house, account, "administration", covers_all_plans=False)
    await town.membership(elsewhere, other_house, account, "council")
    await town.link("membership_unit", here, membership_id=agent, unit_id=unit)
    await town.link("membership_plan", here, membership_id=narrow, plan_id=plan)
    (actor, _, _), opened, _ = await entered(database, Caller(account_id=account, workspace_id=here))
    held = {membership.role: membership for membership in actor.memberships}
    assert set(held) == {Role.AGENT, Role.ADMINISTRATION}
    assert held[Role.AGENT].units == {unit}
    assert held[Role.AGENT].plans is None
    assert held[Role.ADMINISTRATION].plans == frozenset({plan})
    assert opened == f"{{{here}}}"


async def test_several_places_and_none_named_asks_which(database: Database, town: Town) -> None:
    (here, house), (there, other_house) = await town.workspace("Amblève"), await town.workspace("Bavière")
    organisation = await town.organisation("Croix jaune")
    account = await town.account()
    await town.membership(here, house, account, "agent")
    await town.membership(there, other_house, account, "college")
    await town.put("organisation_member", organisation_id=organisation, account_id=account)
    refusal = await refused(database, Caller(account_id=account))
    assert refusal.code == "actingAsRequired"
    assert refusal.facts["candidates"] == [
        {"kind": "workspace", "id": str(here), "name": "Amblève", "nis": None},
        {"kind": "workspace", "id": str(there), "name": "Bavière", "nis": None},
        {"kind": "organisation", "id": str(organisation), "name": "Croix jaune", "nis": None},
    ]


async def test_acting_somewhere_that_is_not_yours_is_refused_like_nowhere(database: Database, town: Town) -> None:
    (here, house), (foreign, _) = await town.workspace(), await town.workspace()
    account = await town.account()
    await town.membership(here, house, account, "administration")
    for place in (foreign, uuid4()):
        for who in (
            Caller(account_id=account, workspace_id=place),
            Caller(account_id=account, organisation_id=place),
        ):
            refusal = await refused(database, who)
            assert isinstance(refusal, Forbidden)
            assert refusal.facts["permission"] == "actAs"


async def test_leaving_takes_effect_at_once(database: Database, town: Town) -> None:
    workspace, house = await town.workspace()
    account = await town.account()
    membership = await town.membership(workspace, house, account, "college", ends_on=datetime.now(UTC).date())
    await entered(database, Caller(account_id=account))
    await town.run("update membership set ended_at = now() where id = $1", membership, workspace_id=workspace)
    for place in (None, workspace):
        assert isinstance(await refused(database, Caller(account_id=account, workspace_id=place)), Forbidden)


async def test_a_past_last_day_alone_ends_nothing(database: Database, town: Town) -> None:
    workspace, house = await town.workspace()
    account = await town.account()
    long_ago = datetime(2020, 1, 1, tzinfo=UTC).date()
    await town.membership(workspace, house, account, "college", ends_on=long_ago)
    assert (await entered(database, Caller(account_id=account)))[0].actor.workspace_id == workspace


async def test_unknown_disabled_and_revoked_answer_alike(database: Database, town: Town) -> None:
    workspace, house = await town.workspace()
    living, gone = await town.account(), await town.account(disabled_at=datetime.now(UTC))
    client, _ = await town.client(disabled_at=datetime.now(UTC))
    await town.membership(workspace, house, living, "college")
    jti = str(uuid4())
    await town.run("insert into revoked_token (jti, expires_at) values ($1, now() + interval '1 h')", jti)
    for who in (
        Caller(account_id=uuid4()),
        Caller(client_id=uuid4()),
        Caller(account_id=gone),
        Caller(client_id=client),
        Caller(account_id=living, jti=jti),
    ):
        refusal = await refused(database, who)
        assert isinstance(refusal, Unauthenticated)
        assert refusal.code == "invalidAccessToken"
        assert refusal.facts == {}


async def test_a_partner_enters_every_workspace_that_works_with_it_and_no_other(database: Database, town: Town) -> None:
    organisation, stranger = await town.organisation(), await town.organisation()
    places = [await town.workspace() for _ in range(4)]
    for (workspace, house), state in zip(places, ("agreed", "proposed", "ended", "planned"), strict=True):
        await town.partnership(workspace, house, organisation, state)
        await town.partnership(workspace, house, stranger, "agreed")
    account = await town.account()
    await town.put("organisation_member", organisation_id=organisation, account_id=account)
    client, _ = await town.client(owner_kind="organisation", role="partner", owner_organisation_id=organisation)
    for who in (
        Caller(account_id=account),
        Caller(account_id=account, organisation_id=organisation),
        Caller(client_id=client, scopes=frozenset({"actions:read"})),
    ):
        (actor, position, _), opened, setting = await entered(database, who)
        assert actor.roles == {Role.PARTNER}
        assert (actor.workspace_id, actor.organisation_id) == (None, organisation)
        assert setting == str(organisation)
        # Planned is not yet theirs; ended still is, or their copy would never learn that it ended.
        assert {UUID(one) for one in opened.strip("{}").split(",")} == {place[0] for place in places[:3]}
        assert position is not None
        assert len(position) == 32


async def test_a_partner_without_any_commune_enters_none(database: Database, town: Town) -> None:
    organisation = await town.organisation()
    client, _ = await town.client(owner_kind="organisation", role="partner", owner_organisation_id=organisation)
    _, opened, setting = await entered(database, Caller(client_id=client))
    assert (opened, setting) == ("{}", str(organisation))


@pytest.mark.parametrize("role", ["region", "integrator", "operator"])
async def test_a_global_role_acts_at_large_unless_a_place_is_named(database: Database, town: Town, role: str) -> None:
    workspace, house = await town.workspace()
    account = await town.account(global_role=role)
    await town.membership(workspace, house, account, "council")
    (actor, position, _), opened, setting = await entered(database, Caller(account_id=account))
    assert actor.roles == {Role(role)}
    assert (actor.workspace_id, position, opened, setting) == (None, None, "{}", "")
    (actor, _, _), _, _ = await entered(database, Caller(account_id=account, workspace_id=workspace))
    assert actor.roles == {Role.COUNCIL}


async def test_a_machine_acts_where_its_owner_is_and_nowhere_else(database: Database, town: Town) -> None:
    (here, house), (foreign, _) = await town.workspace(), await town.workspace()
    unit = await town.unit(here, house)
    client, _ = await town.client(owner_kind="workspace", role="agent", owner_workspace_id=here, organisation_id=house)
    await town.link("client_unit", here, client_id=client, unit_id=unit)
    who = Caller(client_id=client, scopes=frozenset({"actions:read", "actions:write"}))
    for place in (None, here):
        (actor, _, _), opened, _ = await entered(database, replace(who, workspace_id=place))
        assert (actor.client_id, actor.account_id, actor.workspace_id) == (client, None, here)
        assert actor.memberships[0].units == {unit}
        assert actor.scopes == frozenset({"actions:read"})  # actions:write was taken from the client since
        assert opened == f"{{{here}}}"
    for elsewhere in (replace(who, workspace_id=foreign), replace(who, organisation_id=house)):
        refusal = await refused(database, elsewhere)
        assert refusal.facts["permission"] == "actAs"


async def test_a_machine_at_large_can_name_no_place(database: Database, town: Town) -> None:
    workspace, house = await town.workspace()
    client, _ = await town.client(owner_kind="region", role="region")
    for who in (Caller(client_id=client, workspace_id=workspace), Caller(client_id=client, organisation_id=house)):
        assert isinstance(await refused(database, who), Forbidden)


async def test_a_session_enters_while_it_lasts(database: Database, town: Town) -> None:
    workspace, house = await town.workspace()
    account = await town.account()
    await town.membership(workspace, house, account, "college")
    keys = {name: sha256(f"{account}{name}".encode()).digest() for name in ("good", "over", "ended", "none")}
    now = datetime.now(UTC)
    for name, expires_at, revoked_at in (
        ("good", now + timedelta(hours=1), None),
        ("over", now - timedelta(seconds=1), None),
        ("ended", now + timedelta(hours=1), now),
    ):
        await town.run(
            "insert into browser_session (id, account_id, expires_at, revoked_at) values ($1, $2, $3, $4)",
            keys[name],
            account,
            expires_at,
            revoked_at,
        )
    actor = (await entered(database, Caller(session=keys["good"], origin="web")))[0].actor
    assert (actor.account_id, actor.origin) == (account, "web")
    assert (await refused(database, Caller(session=keys["over"]))).code == "expiredAccessToken"
    assert (await refused(database, Caller(session=keys["ended"]))).code == "expiredAccessToken"
    assert (await refused(database, Caller(session=keys["none"]))).code == "invalidAccessToken"


async def test_nothing_stays_open_after_the_transaction(database: Database, town: Town) -> None:
    workspace, house = await town.workspace()
    account = await town.account()
    await town.membership(workspace, house, account, "college")
    async with database.connection() as connection:
        async with connection.transaction():
            await authorize(connection, Caller(account_id=account))
            assert await connection.fetchval("select count(*) from membership") == 1
        assert await connection.fetchval("select count(*) from membership") == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"owner_kind": "region", "role": "operator"},
        {"owner_kind": "region", "role": "council"},
        {"owner_kind": "operator", "role": "administration"},
        {"owner_kind": "organisation", "role": "partner"},
        {"owner_kind": "workspace", "role": "administration"},
        {"owner_kind": "operator", "role": "public"},
        {"owner_kind": "nobody", "role": "integrator"},
        {"scopes": ["everything"]},
        {"scopes": [None]},
        {"secret_hash": b"short"},
        {"previous_secret_hash": bytes(32)},
    ],
)
async def test_the_database_itself_refuses_a_client_that_nobody_could_own(town: Town, wrong: dict[str, object]) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        await town.client(**wrong)
