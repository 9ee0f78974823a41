"""What an indicator and a measurement refuse, in words, through both doors, changing nothing."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from api.demo.directory import to_wire
from tests.factories import make, make_objective, make_plan
from tests.indicators.asking import make_indicator as make_any
from tests.indicators.scene import BASE, Scene, ask, issue, make_indicator, make_measurement, patch, read, refused

Words = dict[str, Any]


@pytest.mark.parametrize(("words", "expected"), [
    ({"quantity": "distinctPersons", "isCumulative": True}, ("distinctPersonsDoNotAdd", "isCumulative")),
    ({"nature": "milestone", "unit": "m"}, ("milestoneHasNoFigures", "nature")),
    ({"nature": "milestone", "targets": [{"dueBy": "2030-01-01", "value": "1"}]},
     ("milestoneHasNoFigures", "targets")),
    ({"expectedOn": "2030-01-01"}, ("onlyMilestonesAreExpected", "expectedOn")),
    ({"baselineOn": "2026-01-01", "targets": [{"dueBy": "2026-01-01", "value": "1"}]},
     ("targetAfterBaseline", "targets")),
    ({"targets": [{"dueBy": "2027-01-01", "value": "1"}, {"dueBy": "2027-01-01", "value": "2"}]},
     ("twice", "targets")),
    ({"actionId": None}, ("exactlyOneBearer", "actionId")),
    ({"baseline": "1.23456"}, ("schemaViolation", "baseline")),
    ({"baseline": "1,5"}, ("schemaViolation", "baseline")),
])  # fmt: skip
async def test_an_indicator_that_cannot_be_is_refused(
    client: httpx.AsyncClient, scene: Scene, words: Words, expected: tuple[str, str]
) -> None:
    body = {"title": "Essai", "actionId": str(scene.action), **words}
    assert issue(await refused(client, scene, "indicators", body)) == expected


async def test_figures_are_texts_and_json_numbers_are_refused(client: httpx.AsyncClient, scene: Scene) -> None:
    for value in (1, 1.5, True):
        answer = await client.post(
            f"{BASE}/indicators", json={"title": "x", "actionId": str(scene.action), "baseline": value},
            headers=scene.headers["admn"],
        )  # fmt: skip
        assert answer.status_code == 400
    words = {"title": "Exact", "actionId": str(scene.action), "baseline": "-0.10", "baselineOn": "2025-01-01",
             "targets": [{"dueBy": "2030-12-31", "value": "999999999999.9999"},
                         {"dueBy": "2027-12-31", "value": "7.50"}]}  # fmt: skip
    made = await client.post(f"{BASE}/indicators", json=words, headers=scene.headers["admn"])
    assert made.status_code == 201, made.text
    told = made.json()
    assert told["baseline"] == "-0.1"
    assert told["targets"] == [{"dueBy": "2027-12-31", "value": "7.5", "remark": None},
                               {"dueBy": "2030-12-31", "value": "999999999999.9999", "remark": None}]  # fmt: skip
    query = f'{{ indicator(id: "{told["id"]}") {{ baseline targets {{ dueBy value remark }} }} }}'
    twin = (await ask(client, scene, "admn", query))["data"]["indicator"]
    assert twin == {"baseline": told["baseline"], "targets": told["targets"]}
    same = await patch(
        client, scene, f"indicators/{told['id']}", "admn", {"baseline": "-0.1", "targets": words["targets"]}
    )
    assert (same.status_code, same.json()["version"]) == (200, 1), "saying what already is changes nothing"


CASES: list[tuple[Words, Words, tuple[str, str]]] = [
    ({}, {"numerator": "1", "denominator": "2"}, ("valueOfAnotherKind", "numerator")),
    ({}, {"milestone_state": "done"}, ("valueOfAnotherKind", "milestoneState")),
    ({}, {}, ("required", "value")),
    ({"quantity": "percentage"}, {"value": "40"}, ("valueOfAnotherKind", "value")),
    ({"quantity": "percentage"}, {"numerator": "1"}, ("required", "denominator")),
    ({"quantity": "percentage"}, {"numerator": "1", "denominator": "0"}, ("denominatorAboveZero", "denominator")),
    ({"quantity": "percentage"}, {"numerator": "0", "denominator": "0.0000"}, ("denominatorAboveZero", "denominator")),
    ({"quantity": "percentage"}, {"numerator": "-1", "denominator": "2"}, ("schemaViolation", "numerator")),
    ({"nature": "milestone"}, {"value": "1"}, ("valueOfAnotherKind", "value")),
    ({}, {"value": "1", "measured_on": "2999-01-01"}, ("notMeasurableYet", "measuredOn")),
    ({}, {"value": "1", "period_starts_on": "2026-02-01"}, ("periodEndsAfterStart", "periodStartsOn")),
    ({}, {"value": "1", "state": "returned"}, ("returnedFromSubmitted", "state")),
]


@pytest.mark.parametrize(("of", "said", "expected"), CASES)
async def test_a_measurement_says_what_its_indicator_counts(
    client: httpx.AsyncClient, scene: Scene, of: Words, said: Words, expected: tuple[str, str]
) -> None:
    indicator = await make_indicator(scene, **of)
    body = {"indicatorId": str(indicator), "measuredOn": "2026-01-31", **to_wire(said)}
    for caller in ("admn", "prtn"):
        assert issue(await refused(client, scene, "measurements", body, caller)) == expected


async def test_only_like_things_add_up_and_in_no_circle(client: httpx.AsyncClient, scene: Scene) -> None:
    commune = scene.commune
    objective = await make_objective(commune, await make_plan(commune))

    async def total(**words: Any) -> UUID:
        return await make_any(commune, objective_id=objective, title="Total", **words)

    adding = {"is_cumulative": True, "unit": "repas"}
    cases: tuple[tuple[Words, Words, str], ...] = (
        ({}, {}, "doesNotAddUp"),
        ({"isCumulative": True}, {}, "unlikeTotal"),
        ({"isCumulative": True, "unit": "trajets"}, adding, "unlikeTotal"),
        ({"isCumulative": True, "unit": "repas", "quantity": "attendances"}, adding, "unlikeTotal"),
        ({"quantity": "percentage"}, {"quantity": "number", **adding}, "unlikeTotal"),
    )
    for words, of_total, code in cases:
        body = {
            "title": "x",
            "actionId": str(scene.action),
            "contributesToIds": [str(await total(**of_total))],
            **words,
        }
        assert issue(await refused(client, scene, "indicators", body)) == (code, "contributesToIds")
    of_action = await make_indicator(scene, is_cumulative=True)
    body = {"title": "x", "actionId": str(scene.action), "isCumulative": True, "contributesToIds": [str(of_action)]}
    assert issue(await refused(client, scene, "indicators", body))[0] == "totalOfAnObjective"
    measured = await total(is_cumulative=True)
    await make(commune, "measurement", indicator_id=measured, measured_on="2026-01-01", value="1")
    body["contributesToIds"] = [str(measured)]
    assert issue(await refused(client, scene, "indicators", body))[0] == "totalGathers"
    top = await total(is_cumulative=True)
    middle = await total(is_cumulative=True, contributes_to_ids=[str(top)])
    for circle in ([str(middle)], [str(top)]):
        answer = await patch(client, scene, f"indicators/{top}", "admn", {"contributesToIds": circle})
        assert issue(answer.json())[0] == "totalGathers"


async def test_what_gathers_is_not_measured_and_what_is_measured_or_added_stays_what_it_is(
    client: httpx.AsyncClient, scene: Scene
) -> None:
    commune = scene.commune
    objective = await make_objective(commune, await make_plan(commune))
    total = await make_any(commune, objective_id=objective, title="T", is_cumulative=True, unit="repas")
    document = await read(client, scene, f"indicators/{total}", "admn")
    assert document is not None
    assert (document["isGathering"], "createMeasurement" in document["permitted"]) == (False, True)
    part = await make_any(
        commune, action_id=scene.action, title="P", is_cumulative=True, unit="repas", contributes_to_ids=[str(total)]
    )
    document = await read(client, scene, f"indicators/{total}", "admn")
    assert document is not None
    assert (document["isGathering"], "createMeasurement" in document["permitted"]) == (True, False)
    body = {"indicatorId": str(total), "measuredOn": "2026-01-31", "value": "1"}
    assert (await refused(client, scene, "measurements", body))["type"].endswith(":gatheredNotMeasured")
    gone = await client.delete(f"{BASE}/indicators/{total}", headers=scene.headers["admn"] | {"If-Match": '"1"'})
    assert (gone.status_code, gone.json()["type"]) == (409, "urn:problem-type:pst:inUse")
    for indicator, words in ((total, {"unit": "plats"}), (part, {"unit": "plats"}), (part, {"isCumulative": False})):
        answer = await patch(client, scene, f"indicators/{indicator}", "admn", words)
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:problem-type:pst:definitionFixed")
        assert answer.json()["fields"] == list(words)
    measured = await make_indicator(scene)
    await make_measurement(scene, measured)
    for words in ({"quantity": "attendances"}, {"isCumulative": True}):
        answer = await patch(client, scene, f"indicators/{measured}", "admn", words)
        assert (answer.status_code, answer.json()["fields"]) == (409, list(words))
    assert (await patch(client, scene, f"indicators/{measured}", "admn", {"unit": "m", "title": "Mieux"})).is_success
