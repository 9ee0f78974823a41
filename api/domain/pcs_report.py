"""Sums of the report of a PCS: exact amounts, each line once, and the local share that the period asks for."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any

Line = Mapping[str, Any]
CENT = Decimal("0.01")
AMOUNTS = {
    ("expense", "planned"): "expensesPlanned", ("expense", "committed"): "expensesCommitted",
    ("expense", "spent"): "expensesSpent", ("revenue", "planned"): "revenuePlanned",
    ("revenue", "committed"): "revenueCommitted", ("revenue", "spent"): "revenueReceived",
}  # fmt: skip


def amounts(lines: Iterable[Line]) -> dict[str, str]:
    """The sums of budget lines by nature and state."""
    sums = dict.fromkeys(AMOUNTS.values(), Decimal(0))
    for line in lines:
        for state in ("planned", "committed", "spent"):
            sums[AMOUNTS[line["nature"], state]] += Decimal(line[state] or 0)
    return {name: str(total.quantize(CENT)) for name, total in sums.items()}


def local_shares(lines: Iterable[Line], least_percent: int | None) -> list[dict[str, Any]]:
    """For each year with revenue: the subsidy of the Region, the local share, and whether it is enough."""
    years: dict[int, dict[str, Decimal]] = {}
    for line in lines:
        if line["nature"] == "revenue" and line["source"] in ("wallonia", "municipality"):
            year = years.setdefault(line["fiscal_year"], {"wallonia": Decimal(0), "municipality": Decimal(0)})
            year[line["source"]] += Decimal(line["planned"] or 0)
    return [_share(year, sums["wallonia"], sums["municipality"], least_percent) for year, sums in sorted(years.items())]


def _share(year: int, subsidy: Decimal, local: Decimal, least_percent: int | None) -> dict[str, Any]:
    percent = int((100 * local / subsidy).to_integral_value(ROUND_DOWN)) if subsidy > 0 else None
    is_met = None if percent is None or least_percent is None else 100 * local >= subsidy * least_percent
    return {
        "fiscalYear": year, "subsidy": str(subsidy.quantize(CENT)), "local": str(local.quantize(CENT)),
        "percent": percent, "isMet": is_met,
    }  # fmt: skip
