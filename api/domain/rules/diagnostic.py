"""The checklist of a period over the facts of a plan: pure rules, one per requirement."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.domain.enumerations.common import PartnershipState
from api.domain.enumerations.programming import AgreementState, ChecklistReason, ChecklistState, Requirement

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Facts:
    """What is known of a plan when its checklist is made; rows have the names of the wire."""

    findings: list[Row]
    rights: list[Row]
    heard: list[Row]
    actions: list[Row] = field(default_factory=list)
    """Of the report of the plan: codes, rights, partners."""
    agreements: Mapping[str, str] = field(default_factory=dict)
    """The states of the agreements by id."""
    local_shares: list[Row] = field(default_factory=list)
    committee: int = 0
    houses: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Judgement:
    """What a rule found: how many of how many, and what lacks it."""

    found: int
    needed: int
    missing: tuple[Row, ...] = ()
    is_count: bool = False

    @property
    def state(self) -> tuple[ChecklistState, ChecklistReason]:
        if self.needed == 0:
            return ChecklistState.NOT_APPLICABLE, ChecklistReason.NOTHING_TO_JUDGE
        if self.found >= self.needed:
            return ChecklistState.MET, ChecklistReason.ALL_THERE
        reason = ChecklistReason.TOO_FEW if self.is_count else ChecklistReason.SOME_LACK_IT
        return ChecklistState.NOT_MET, reason


def _judge_count(found: int, least: int) -> Judgement:
    return Judgement(found, least, is_count=True)


def _each(kind: str, rows: Iterable[Row], has_it: Callable[[Row], bool], name: str = "title") -> Judgement:
    """Every one of these has it."""
    known = list(rows)
    lacking = tuple({"kind": kind, "id": r.get("id"), "title": str(r[name])} for r in known if not has_it(r))
    return Judgement(len(known) - len(lacking), len(known), lacking)


def _judge_bound_partners(facts: Facts) -> Judgement:
    """Agreed partners, the plan's own houses aside, under a signed agreement."""
    partners = [
        {"id": p["organisationId"], "title": f"{p['name']} – {a['title']}", "agreement": p["agreementId"]}
        for a in facts.actions
        for p in a["partners"]
        if p["state"] == PartnershipState.AGREED and p["organisationId"] not in facts.houses
    ]
    return _each("organisation", partners, lambda p: facts.agreements.get(p["agreement"]) == AgreementState.SIGNED)


def _local_share(facts: Facts) -> Judgement:
    years = [s for s in facts.local_shares if s["isMet"] is not None]
    return _each("year", years, lambda s: bool(s["isMet"]), "fiscalYear")


RULES: dict[Requirement, Callable[[Facts, int], Judgement]] = {
    Requirement.FINDINGS_MADE: lambda f, least: _judge_count(len(f.findings), least),
    Requirement.FINDINGS_DATED: lambda f, _: _each("finding", f.findings, lambda x: bool(x["foundOn"]), "text"),
    Requirement.PARTNERS_HEARD: lambda f, least: _judge_count(len(f.heard), least),
    Requirement.FINDINGS_ANSWERED: lambda f, least: _each(
        "finding", f.findings, lambda x: bool(x["objectiveCount"] + x["actionCount"] >= least), "text"
    ),
    Requirement.RIGHTS_FOUND: lambda f, least: _each(
        "right", f.rights, lambda x: bool(x["findingCount"] >= least), "label"
    ),
    Requirement.RIGHTS_SERVED: lambda f, least: _each(
        "right", f.rights, lambda x: bool(x["actionCount"] >= least), "label"
    ),
    Requirement.ACTIONS_CODED: lambda f, _: _each("action", f.actions, lambda x: x["code"] is not None),
    Requirement.PARTNERS_BOUND: lambda f, _: _judge_bound_partners(f),
    Requirement.LOCAL_SHARE_MET: lambda f, _: _local_share(f),
    Requirement.COMMITTEE_NAMED: lambda f, least: _judge_count(f.committee, least),
}
"""How each requirement is judged; the period says which it asks, how many, and whether it only advises."""


def checklist(facts: Facts, asked: Mapping[str, Row]) -> list[dict[str, Any]]:
    """Every requirement in one order: met, not met, or not applicable, and why."""
    return [_line(rule, RULES[rule], facts, asked.get(rule)) for rule in Requirement]


def _line(
    rule: Requirement, judge: Callable[[Facts, int], Judgement], facts: Facts, asked: Row | None
) -> dict[str, Any]:
    if asked is None:
        judged, state = Judgement(0, 0), (ChecklistState.NOT_APPLICABLE, ChecklistReason.NOT_ASKED)
    else:
        judged = judge(facts, asked["least"])
        state = judged.state
    return {
        "rule": rule, "isRequired": asked is not None and asked["isRequired"], "state": state[0], "reason": state[1],
        "found": judged.found, "needed": judged.needed, "missing": list(judged.missing),
    }  # fmt: skip
