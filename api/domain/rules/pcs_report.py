"""Sums of the report of a PCS: exact amounts, each line once, and the subsidy rule of its period."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any

from api.domain.enumerations.common import BudgetCategory
from api.domain.enumerations.programming import CountsAs
from api.domain.rules.money import CENT, FIGURES

Line = Mapping[str, Any]
Kind = Mapping[str, Any]
STATES = ("planned", "committed", "spent")
UNKNOWN: Kind = {"code": None, "label": None, "countsAs": None}


def kind_of(line: Line, kinds: Iterable[Kind]) -> Kind:
    """The first kind of revenue, in the order of the period, whose source and scheme are the line's own."""
    for kind in kinds:
        is_source = kind["source"] in (None, line["source"])
        scheme = (line["funding_scheme"] or "").casefold()
        if is_source and (kind["scheme"] is None or kind["scheme"].casefold() == scheme):
            return kind
    return UNKNOWN


def amounts(lines: Iterable[Line]) -> dict[str, Any]:
    """The sums of budget lines by nature and state, expenses by category, revenue by kind of the period."""
    own = list(lines)
    sums = dict.fromkeys(FIGURES.values(), Decimal(0))
    for line in own:
        for state in STATES:
            sums[FIGURES[line["nature"], state]] += Decimal(line[state] or 0)
    return {name: _euro(total) for name, total in sums.items()} | {
        "expenses": _expenses([line for line in own if line["nature"] == "expense"]),
        "revenue": _revenue([line for line in own if line["nature"] == "revenue"]),
    }


def _expenses(lines: list[Line]) -> list[dict[str, Any]]:
    order = [*BudgetCategory, None]
    found = {category: [line for line in lines if line["category"] == category] for category in order}
    return [{"category": category, **_states(own)} for category, own in found.items() if own]


def _revenue(lines: list[Line]) -> list[dict[str, Any]]:
    by_rank: dict[int, list[Line]] = {}
    for line in lines:
        by_rank.setdefault(line["kind"].get("rank", 1_000), []).append(line)
    out = []
    for _, own in sorted(by_rank.items(), key=lambda pair: pair[0]):
        kind, sums = own[0]["kind"], _states(own)
        sums["received"] = sums.pop("spent")
        out.append({"code": kind["code"], "label": kind["label"], "countsAs": kind["countsAs"], **sums})
    return out


def _states(lines: list[Line]) -> dict[str, str]:
    return {state: _euro(sum((Decimal(line[state] or 0) for line in lines), Decimal(0))) for state in STATES}


def _euro(amount: Decimal) -> str:
    return str(amount.quantize(CENT))


def local_shares(lines: Iterable[Line], least_percent: int | None) -> list[dict[str, Any]]:
    """For each year with revenue that the rule weighs: subsidy, local share, and whether it is enough."""
    years: dict[int, dict[str, Decimal]] = {}
    for line in lines:
        counts_as = line["kind"]["countsAs"] if line["nature"] == "revenue" else None
        if counts_as in (CountsAs.SUBSIDY, CountsAs.LOCAL_SHARE):
            year = years.setdefault(line["fiscal_year"], dict.fromkeys(CountsAs, Decimal(0)))
            year[counts_as] += Decimal(line["planned"] or 0)
    return [
        _share(year, sums[CountsAs.SUBSIDY], sums[CountsAs.LOCAL_SHARE], least_percent)
        for year, sums in sorted(years.items())
    ]


def _share(year: int, subsidy: Decimal, local: Decimal, least_percent: int | None) -> dict[str, Any]:
    percent = int((100 * local / subsidy).to_integral_value(ROUND_DOWN)) if subsidy > 0 else None
    is_met = None if percent is None or least_percent is None else 100 * local >= subsidy * least_percent
    return {
        "fiscalYear": year, "subsidy": _euro(subsidy), "local": _euro(local), "percent": percent, "isMet": is_met,
    }  # fmt: skip
