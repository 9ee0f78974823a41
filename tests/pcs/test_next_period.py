"""PCS 2026–2031, entered by the Region through the API alone: other axes, rights, codes and subsidy rule.

Nothing is released for it: the plan makes its axes and themes, codes are held against the period's own pattern, and
report, diagnostic, matrix, articulation and versions follow its data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from api.db import Database
from tests.articulation.asking import Asking
from tests.articulation.scene import commune_with
from tests.factories import Commune, freeze_and_publish, make_partner, snapshot_of_everything, world_of

Words = dict[str, Any]
RULES = {
    "localSharePercent": 30, "codePattern": r"^[A-E]/\d{3}$", "isDiagnosticRequired": True,
    "requirements": [{"rule": "findingsMade", "least": 2}, {"rule": "rightsServed"},
                     {"rule": "localShareMet"}, {"rule": "committeeNamed", "isRequired": False}],
    "revenueKinds": [
        {"code": "base", "label": "Subvention de base", "source": "wallonia", "countsAs": "subsidy"},
        {"code": "own", "label": "Fonds propres", "source": "municipality", "countsAs": "localShare"},
        {"code": "province", "label": "Part provinciale", "source": "province", "countsAs": "localShare"},
    ],
    "accountingFunctions": [{"organisationKind": "municipality", "code": "84099", "label": "PCS 2026"}],
}  # fmt: skip
"""The Province counts for the local share too, which no earlier period says."""


@dataclass
class Caller:
    client: httpx.AsyncClient
    headers: Mapping[str, str]

    async def post(self, path: str, expected: int = 201, /, **words: Any) -> Words:
        answer = await self.client.post(f"/pst/v1/{path}", json=words, headers=dict(self.headers))
        assert answer.status_code == expected, answer.text
        told: Words = answer.json()
        return told

    async def get(self, path: str, /, **query: Any) -> Words:
        answer = await self.client.get(f"/pst/v1/{path}", params=query, headers=dict(self.headers))
        assert answer.status_code == 200, answer.text
        told: Words = answer.json()
        return told


async def enter_period(region: Caller, code: str) -> tuple[str, dict[str, str]]:
    """Five axes of one theme each, twenty rights, an action code under each theme."""
    period = await region.post(
        "programmingPeriods", planTypeCode="pcs", code=code, labels={"fr": "Programmation 2026-2031"},
        startsOn="2026-01-01", endsOn="2031-12-31", **RULES,
    )  # fmt: skip
    ids: dict[str, str] = {}

    async def item(kind: str, code: str, parent: str | None = None) -> None:
        words = {"kind": kind, "code": code, "labels": {"fr": f"{kind} {code}"}, "rank": len(ids)}
        above = {} if parent is None else {"parentId": ids[parent]}
        ids[code] = (await region.post("periodItems", periodId=period["id"], **words, **above))["id"]

    for axis in "ABCDE":
        await item("axis", axis)
        await item("theme", f"{axis}.x", axis)
        await item("actionCode", f"{axis}/001", f"{axis}.x")
    for n in range(1, 21):
        await item("right", f"R{n}")
    return str(period["id"]), ids


async def refused(region: Caller, period: str, other_plan: Caller, plan: str, action: str, ids: dict[str, str]) -> None:
    """What is not in the words of the period is refused, and names its field."""
    labels = {"fr": "Essai"}
    for code in ("1.2.03", "A/1", "F/001"):
        told = await region.post(
            "periodItems", 400, periodId=period, kind="actionCode", code=code, labels=labels, parentId=ids["A.x"]
        )
        assert (told["issues"][0]["name"], told["issues"][0]["pattern"]) == ("code", RULES["codePattern"])
    told = await region.post("programmingPeriods", 400, planTypeCode="pcs", code="bad", labels=labels,
                             startsOn="2026-01-01", endsOn="2031-12-31", codePattern="^[A-")  # fmt: skip
    assert told["issues"][0]["name"] == "codePattern"
    old = await other_plan.get("periodItems", pageSize=200, kind="right")
    strange = next(i["id"] for i in old["items"] if i["periodId"] != period)
    for words, field in (({"rightIds": [strange]}, "rightIds"), ({"periodItemId": ids["R1"]}, "periodItemId")):
        told = await other_plan.post("planActions", 400, planId=plan, actionId=action, **words)
        assert told["issues"][0]["name"] == field


async def make_next_plan(commune: Commune, own: Caller, period: str, ids: dict[str, str]) -> str:
    """The plan of the new period, whose axes and themes make its objectives; the two PCS actions go on in it."""
    former = await own.get(f"plans/{commune.plans['pcs']}")
    plan = await own.post(
        "plans", title="PCS 2026-2031", planTypeId=former["planTypeId"], organisationId=str(commune.municipality),
        periodId=period,
    )  # fmt: skip
    assert (plan["startsOn"], plan["endsOn"]) == ("2026-01-01", "2031-12-31")
    tree = await own.get(f"plans/{plan['id']}/tree")
    assert [o["ownCode"] for o in tree["objectives"] if o["parentId"] is None] == list("ABCDE")
    assert len(tree["objectives"]) == 10
    themes = {o["ownCode"]: o["id"] for o in tree["objectives"]}
    for name, code, rights in (("shuttle", "E/001", ["R20"]), ("space", "B/001", ["R1", "R20"])):
        action = str(commune.actions[name])
        await own.post(
            "planActions", planId=plan["id"], actionId=action, periodItemId=ids[code],
            rightIds=[ids[right] for right in rights],
        )  # fmt: skip
        await own.post("placements", planId=plan["id"], actionId=action, objectiveId=themes[f"{code[0]}.x"])
    return str(plan["id"])


async def test_the_next_period_works_everywhere_without_a_release(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await commune_with(database, "distributed")
    region, own = Caller(client, commune.as_("region")), Caller(client, commune.as_("administration"))
    period, ids = await enter_period(region, f"2026-2031/{commune.nis}")
    plan = await make_next_plan(commune, own, period, ids)
    before = await snapshot_of_everything(database, commune.workspace_id)
    await refused(region, period, own, plan, str(commune.actions["space"]), ids)
    assert await snapshot_of_everything(database, commune.workspace_id) == before
    for source, amount in (("wallonia", "1000.00"), ("municipality", "200.00"), ("province", "100.00")):
        await own.post("budgetLines", planId=plan, fiscalYear=2027, source=source, service="ordinary",
                       nature="revenue", planned=amount)  # fmt: skip
    await _report(own, plan)
    await _diagnostic(own, plan)
    await _views(client, commune, own, plan, ids)
    await freeze_and_publish(commune, commune.plans["pst"])
    published = await client.get("/pst/v1/public/plans", params={"pageSize": 200})
    assert str(commune.plans["pst"]) in {p["id"] for p in published.json()["items"]}


async def _report(own: Caller, plan: str) -> None:
    report = await own.get(f"plans/{plan}/pcsReport")
    assert {line["code"]: line["actionCount"] for line in report["axes"]} == {"A": 0, "B": 1, "C": 0, "D": 0, "E": 1}
    assert (len(report["themes"]), len(report["rights"])) == (5, 20)
    assert {line["code"]: line["actionCount"] for line in report["rights"] if line["actionCount"]} == {
        "R1": 1,
        "R20": 2,
    }
    assert [line["code"] for line in report["codes"]] == ["B/001", "E/001"]
    assert report["localShares"] == [
        {"fiscalYear": 2027, "subsidy": "1000.00", "local": "300.00", "percent": 30, "isMet": True}
    ]
    assert [r["code"] for r in report["total"]["revenue"]] == ["base", "own", "province"]
    assert [f["code"] for f in report["accountingFunctions"]] == ["84099"]


async def _diagnostic(own: Caller, plan: str) -> None:
    lines = {line["rule"]: line for line in (await own.get(f"plans/{plan}/diagnostic"))["checklist"]}
    asked = {rule for rule, line in lines.items() if line["reason"] != "notAsked"}
    assert asked == {"findingsMade", "rightsServed", "localShareMet", "committeeNamed"}
    assert (lines["findingsMade"]["needed"], lines["findingsMade"]["state"]) == (2, "notMet")
    assert (lines["rightsServed"]["found"], lines["rightsServed"]["needed"]) == (2, 20)
    assert (lines["localShareMet"]["state"], lines["committeeNamed"]["isRequired"]) == ("met", False)


async def _views(client: httpx.AsyncClient, commune: Commune, own: Caller, plan: str, ids: dict[str, str]) -> None:
    """The matrix has the new rights; the PST is joined to the new plan, grouped by the new axes, and back."""
    matrix = await own.get("transversal", rows="plan", columns="right")
    assert (plan, ids["R20"], 2) in {(c["row"], c["column"], c["count"]) for c in matrix["cells"]}
    idle = {right["id"] for right in matrix["gaps"]["rightsWithoutAction"]}
    assert {ids[f"R{n}"] for n in range(2, 20)} <= idle
    base = f"plans/{commune.plans['pst']}/articulation"
    pairs = (await own.get(base, **{"with": plan}))["articulations"]
    assert [(p["withPlan"]["id"], p["actionCount"]) for p in pairs] == [(plan, 2)]
    asking = Asking.of(client, commune)
    standing = await asking.standing()
    await _convert(client, own, base, plan, "grouped")
    pairs = (await own.get(base, **{"with": plan}))["articulations"]
    assert [p["approach"] for p in pairs] == ["grouped"]
    titles = {o["title"] for o in (await own.get(f"plans/{asking.pst}/tree"))["objectives"]}
    assert {"axis B", "axis E"} <= titles
    await _convert(client, own, base, plan, "distributed")
    assert await asking.standing() == standing


async def _convert(client: httpx.AsyncClient, own: Caller, base: str, plan: str, to: str) -> None:
    seen = await client.get(f"/pst/v1/{base}/preview", params={"to": to, "with": plan}, headers=dict(own.headers))
    assert seen.status_code == 200, seen.text
    made = await client.post(
        f"/pst/v1/{base}/conversions", json={"to": to, "withPlanId": plan},
        headers=dict(own.headers) | {"If-Match": seen.headers["etag"]},
    )  # fmt: skip
    assert made.status_code == 201, made.text


async def test_amending_the_pattern_must_fit_the_codes_that_are_there(
    client: httpx.AsyncClient, database: Database
) -> None:
    region = Caller(client, world_of(database).region)
    partner = await make_partner(database)
    period, _ = await enter_period(region, f"amended-{str(partner)[-8:]}")
    found = await client.get(f"/pst/v1/programmingPeriods/{period}", headers=dict(region.headers))
    asked = dict(region.headers) | {"If-Match": found.headers["etag"]}
    wrong = await client.patch(f"/pst/v1/programmingPeriods/{period}", json={"codePattern": "^Z$"}, headers=asked)
    assert (wrong.status_code, wrong.json()["type"]) == (409, "urn:problem-type:pst:codesOutsidePattern")
    right = await client.patch(
        f"/pst/v1/programmingPeriods/{period}", json={"codePattern": r"^[A-Z]/\d{3}$", "endsOn": "2032-12-31"},
        headers=asked,
    )  # fmt: skip
    assert (right.status_code, right.json()["endsOn"], right.json()["warnings"]) == (200, "2032-12-31", [])
