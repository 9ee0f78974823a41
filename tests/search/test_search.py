"""One search over plans, objectives, actions, findings and organisations finds what its reader sees, nothing else."""

from typing import Any

import httpx
import pytest

from api.db import Database
from tests.factories import (
    PUBLIC,
    Commune,
    Headers,
    freeze_and_publish,
    make,
    make_action,
    make_commune,
    make_objective,
    make_partner,
    make_plan,
    statements,
    world_of,
)
from tests.rights.making import make_partnership

SEARCH = "/pst/v1/search"
QUERY = """query Q($words: String!, $kinds: [FoundKind!]!, $first: Int!) {
    search(words: $words, kinds: $kinds, first: $first) { hasMore items { kind id href title match planIds } } }"""


async def asked(client: httpx.AsyncClient, headers: Headers, q: str, **params: Any) -> dict[str, Any]:
    """The answer of REST, after GraphQL said the same."""
    answer = await client.get(SEARCH, params={"q": q, **params}, headers=headers)
    assert answer.status_code == 200, answer.text
    variables = {"words": q, "kinds": params.get("kind", []), "first": params.get("pageSize", 20)}
    other = await client.post("/graphql", json={"query": QUERY, "variables": variables}, headers=headers)
    assert other.json()["data"]["search"] == answer.json(), other.text
    return dict(answer.json())


async def titles(client: httpx.AsyncClient, headers: Headers, q: str, **params: Any) -> list[tuple[str, str, str]]:
    found = await asked(client, headers, q, **params)
    return [(item["kind"], item["title"], item["match"]) for item in found["items"]]


@pytest.fixture(scope="module")
async def commune(database: Database) -> Commune:
    commune = await make_commune(database)
    plan = commune.plans["pst"] = await make_plan(commune, title="Programme Zéphyrine")
    objective = await make_objective(commune, plan, title="Mobilité zéphyrine douce")
    commune.actions["shuttle"] = await make_action(
        commune, plan, objective, title="Créer un service de navettes zéphyrines", unit="works"
    )
    await make_action(commune, title="Abribus", description="Près de la zéphyrine", house="cpas", status="draft")
    finding = await make(
        commune, "finding", text="Les zéphyrines manquent", organisation_id=commune.municipality, audience="public"
    )
    await make(commune, "planFinding", plan_id=plan, finding_id=finding)
    return commune


async def test_titles_come_first_then_texts_then_what_resembles(client: httpx.AsyncClient, commune: Commune) -> None:
    found = await titles(client, commune.as_("administration", "cpas"), "ZEPHYRINE")
    assert sorted(found[:4]) == [
        ("action", "Créer un service de navettes zéphyrines", "title"),
        ("finding", "Les zéphyrines manquent", "title"),
        ("objective", "Mobilité zéphyrine douce", "title"),
        ("plan", "Programme Zéphyrine", "title"),
    ]
    assert found[4:] == [("action", "Abribus", "text")]


@pytest.mark.parametrize("typed", ["navvete", "navtetes", "zephirine navettes", "servise de navettes"])
async def test_a_mistyped_title_is_found(client: httpx.AsyncClient, commune: Commune, typed: str) -> None:
    found = await titles(client, commune.as_("college"), typed, kind=["action"])
    assert found[:1] == [("action", "Créer un service de navettes zéphyrines", "alike")]


@pytest.mark.parametrize("typed", ["piscine", "nav", "xyz", "sport", "maison des aînés", "culture"])
async def test_other_words_and_short_ones_resemble_nothing(
    client: httpx.AsyncClient, commune: Commune, typed: str
) -> None:
    found = await titles(client, commune.as_("college"), typed, kind=["action", "objective"])
    assert [match for _, _, match in found if match == "alike"] == []


async def test_what_is_found_names_the_plans_that_hold_it(client: httpx.AsyncClient, commune: Commune) -> None:
    found = await asked(client, commune.as_("administration"), "zéphyrine")
    assert sorted(item["kind"] for item in found["items"]) == ["action", "finding", "objective", "plan"]
    assert all(item["planIds"] == [str(commune.plans["pst"])] for item in found["items"])
    for item in found["items"]:
        assert (await client.get(item["href"], headers=commune.as_("administration"))).json()["id"] == item["id"]


async def test_drafts_of_the_other_house_are_not_found(client: httpx.AsyncClient, commune: Commune) -> None:
    assert ("action", "Abribus", "text") not in await titles(client, commune.as_("administration"), "zéphyrine")
    assert await titles(client, commune.as_("administration"), "Abribus") == []


async def test_another_commune_finds_only_bodies_of_the_shared_directory(
    client: httpx.AsyncClient, database: Database, commune: Commune
) -> None:
    other = await make_commune(database)
    assert await titles(client, other.as_("administration"), "zéphyrine") == []
    found = await titles(client, other.as_("administration"), commune.name, kind=["organisation"])
    assert {kind for kind, _, _ in found} == {"organisation"}


async def test_readers_of_versions_find_what_versions_show(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database)
    plan = await make_plan(commune, title="Plan quetzal")
    action = await make_action(commune, plan, title="Volière du quetzal", status="notStarted")
    readers = [commune.as_(role) for role in ("council", "region", "integrator")]
    for headers in readers:
        assert await titles(client, headers, "quetzal", kind=["plan", "objective", "action"]) == []
    await freeze_and_publish(commune, plan)
    await make_action(commune, plan, title="Quetzal caché", status="notStarted")
    for headers in readers:
        assert sorted(await titles(client, headers, "quetzal", kind=["plan", "objective", "action"])) == [
            ("action", "Volière du quetzal", "title"), ("plan", "Plan quetzal", "title"),
        ]  # fmt: skip
        found = await asked(client, headers, "quetzal", kind=["action"])
        assert [(item["id"], item["planIds"]) for item in found["items"]] == [(str(action), [str(plan)])]


async def test_a_partner_finds_the_actions_in_which_it_takes_part(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune, partner = await make_commune(database), await make_partner(database)
    plan = await make_plan(commune)
    action = await make_action(commune, plan, title="Ibijau commun", status="notStarted", internal_note="ibijau")
    await make_action(commune, plan, title="Ibijau seul", status="notStarted")
    await make_partnership(commune, action, partner, "proposed")
    headers = commune.as_("partner", organisation=partner)
    assert await titles(client, headers, "ibijau", kind=["action"]) == [("action", "Ibijau commun", "title")]


async def test_without_a_token_nothing_is_searched(client: httpx.AsyncClient, commune: Commune) -> None:
    answer = await client.get(SEARCH, params={"q": "navette"}, headers=PUBLIC)
    assert answer.status_code == 401


async def test_the_operator_reads_no_content(client: httpx.AsyncClient, database: Database, commune: Commune) -> None:
    found = await titles(client, world_of(database).operator, "zéphyrine")
    assert found == []


async def test_the_best_matches_are_answered_and_whether_there_are_more(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    found = await asked(client, commune.as_("college"), "zéphyrine", pageSize=2)
    assert (len(found["items"]), found["hasMore"]) == (2, True)


@pytest.mark.parametrize(
    "params", [{}, {"q": ""}, {"q": "x" * 201}, {"q": "a", "kind": "person"}, {"q": "a", "pageSize": "51"},
               {"q": "a", "after": "x"}, {"q": "a\x00"}],
)  # fmt: skip
async def test_what_cannot_be_searched_is_refused(
    client: httpx.AsyncClient, commune: Commune, params: dict[str, str]
) -> None:
    answer = await client.get(SEARCH, params=params, headers=commune.as_("college"))
    assert answer.status_code == 400
    assert answer.json()["issues"]


@pytest.mark.parametrize("words", ["' or 1=1 --", "%", "\\", "!!! & | <->", "a:*", "(", '"'])
async def test_signs_are_words_like_others(client: httpx.AsyncClient, commune: Commune, words: str) -> None:
    answer = await client.get(SEARCH, params={"q": words}, headers=commune.as_("college"))
    assert answer.status_code == 200, answer.text


async def test_one_statement_finds_everything(client: httpx.AsyncClient, commune: Commune) -> None:
    async def sent(words: str) -> int:
        with statements(commune.database) as found:
            await client.get(SEARCH, params={"q": words}, headers=commune.as_("administration"))
        return len([statement for statement in found if "found as materialized" in statement])

    assert await sent("zéphyrine") == 1
    for number in range(20):
        await make_action(commune, title=f"Zéphyrine numéro {number}", description=f"zéphyrine {number}")
    assert await sent("zéphyrines") == 1


@pytest.mark.parametrize("typed", ["zibeline", "zibline", "zi", "100 %", "a_b", "back\\slash", "l'hermine"])
async def test_everybody_finds_in_what_is_published_what_its_council_finds(
    client: httpx.AsyncClient, database: Database, typed: str
) -> None:
    """Whether indexes of words lead there or every row is looked at, the same is found."""
    commune = await make_commune(database)
    plan = await make_plan(commune, title=f"Zibeline {typed}")
    objective = await make_objective(commune, plan, title=f"Maison de la zibeline {typed}")
    await make_action(commune, plan, objective, title="Fourrure", description=f"De zibeline, {typed}")
    await freeze_and_publish(commune, plan)
    kinds: dict[str, Any] = {"kind": ["plan", "objective", "action"], "pageSize": 50}
    council = await asked(client, commune.as_("council"), typed, **kinds)
    public = (await client.get("/pst/v1/public/search", params={"q": typed, **kinds})).json()
    own = {item["id"]: item for item in public["items"]}
    assert len(council["items"]) == 3
    for item in council["items"]:
        assert (own[item["id"]]["match"], own[item["id"]]["title"]) == (item["match"], item["title"])
