"""`q` finds words whatever their accents, case and endings; values of a filter are alternatives, filters add up."""

import httpx
import pytest

from api.db import Database
from tests.factories import Commune, make_action, make_commune

TITLES = (
    "Rénovation énergétique des écoles communales",
    "Créer une crèche à Somme-Fontaine",
    "Plan d’action « L’été solidaire »",
    "Œuvres d’art dans l’hôpital",
)


@pytest.fixture(scope="module")
async def commune(database: Database) -> Commune:
    commune = await make_commune(database)
    for number, title in enumerate(TITLES):
        await make_action(commune, title=title, priority=number % 3, is_synergy=number == 0)
    return commune


async def found(client: httpx.AsyncClient, commune: Commune, **params: object) -> list[int]:
    answer = await client.get("/pst/v1/actions", params=params, headers=commune.as_("administration"))  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return sorted(TITLES.index(item["title"]) for item in answer.json()["items"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("écoles", [0]), ("ecole", [0]), ("ÉCOLES", [0]), ("énergétiques", [0]), ("energetique ecole", [0]),
        ("ecole energetique", [0]), ("rénover", [0]), ("communal", [0]), ("creche", [1]), ("crèches", [1]),
        ("CRECHE", [1]), ("Somme-Fontaine", [1]), ("somme fontaine", [1]), ("solidaires", [2]), ("ete", [2]),
        ("hopital", [3]), ("hôpitaux", [3]), ("oeuvre", [3]), ("œuvres", [3]), ("piscine", []),
        ("école piscine", []), ("energetiq", [0]),
    ],
)  # fmt: skip
async def test_words_are_found_without_their_accents_and_endings(
    client: httpx.AsyncClient, commune: Commune, words: str, expected: list[int]
) -> None:
    assert await found(client, commune, q=words) == expected


async def test_values_of_one_filter_are_alternatives_and_filters_add_up(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    assert await found(client, commune, priority=1) == [1]
    assert await found(client, commune, priority=[1, 2]) == [1, 2]
    assert await found(client, commune, priority=[0, 1], isSynergy="true") == [0]
    assert await found(client, commune, priority=0, q="ecole") == [0]
    assert await found(client, commune, priority=1, q="ecole") == []
    assert await found(client, commune, missing=["owner", "dueDate"]) == [0, 1, 2, 3]


async def test_the_total_counts_what_the_filters_leave(client: httpx.AsyncClient, commune: Commune) -> None:
    answer = await client.get("/pst/v1/actions?priority=0&total=true&pageSize=1", headers=commune.as_("administration"))
    assert answer.json()["total"] == 2
    assert len(answer.json()["items"]) == 1
