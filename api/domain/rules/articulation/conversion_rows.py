"""From the placements wished to the rows that differ: what a conversion adds, revives, rests, changes and keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.domain.errors import Issue
from api.domain.rules.articulation.detection import (
    Detection,
    Objective,
    Region,
    Situation,
    StandingPlacement,
    Target,
    region_of,
)

HOME, COVER = "home", "cover"


def axis_key(axis_id: str) -> str:
    """The name of an objective that a conversion would make for an axis."""
    return f"axis:{axis_id}"


@dataclass(frozen=True, slots=True)
class PlacementChange:
    """`target` is an objective's id, or the name of one that would be made; no target is the root of the plan."""

    change: str  # added, revived, rested, changed, kept
    id: str | None
    action_id: str
    target: str | None
    weight: int
    is_main: bool
    version: int | None


@dataclass(frozen=True, slots=True)
class ObjectiveChange:
    change: str  # added, revived, rested, kept
    target: str
    parent: str | None
    level: int
    title: str | None = None
    period_item_id: str | None = None
    covers_plan_id: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimChange:
    change: str  # added, revived, withdrawn, kept
    id: str | None
    action_id: str
    version: int | None


@dataclass(frozen=True)
class Conversion:
    """Everything a conversion would do. It can be applied when no action is left unmatched and no issue stands."""

    before: Detection
    to: Target
    home: str | None
    placements: tuple[PlacementChange, ...]
    objectives: tuple[ObjectiveChange, ...]
    claims: tuple[ClaimChange, ...]
    unmatched: tuple[str, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """A placement that shall be active: at a row that exists, or at an objective."""

    target: str | None
    row: StandingPlacement | None
    weight: int
    is_main: bool


@dataclass
class Draft:
    s: Situation
    to: Target
    before: Detection
    assigned: Mapping[str, str]
    wishes: dict[str, list[Wish]] = field(default_factory=dict)
    made: dict[str, ObjectiveChange] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)
    known: Mapping[str, tuple[tuple[str, int, bool], ...]] = field(default_factory=dict)
    claimed: frozenset[str] = frozenset()
    worked: frozenset[str] = frozenset()
    home: str | None = None


def placements(d: Draft) -> tuple[PlacementChange, ...]:
    changes = []
    for action in sorted(d.s.actions):
        kept = set()
        for wish in d.wishes[action]:
            changes.append(_placement(action, wish))
            kept |= {wish.row.id} if wish.row else set()
        changes += [
            PlacementChange("rested", p.id, action, p.objective_id, p.weight, p.is_main, p.version)
            for p in d.s.active.get(action, ())
            if p.id not in kept
        ]
    return tuple(changes)


def _placement(action: str, wish: Wish) -> PlacementChange:
    row = wish.row
    if row is None:
        change = "added"
    elif not row.is_active:
        change = "revived"
    else:
        change = "kept" if (row.weight, row.is_main) == (wish.weight, wish.is_main) else "changed"
    target = row.objective_id if row else wish.target
    if row is None:
        return PlacementChange(change, None, action, target, wish.weight, wish.is_main, None)
    return PlacementChange(change, row.id, action, target, wish.weight, wish.is_main, row.version)


def objectives(d: Draft, moved: Sequence[PlacementChange]) -> tuple[ObjectiveChange, ...]:
    """The objectives made, revived and rested, and those that serve the PCS and stay."""
    serving = {c.target for c in moved if c.change != "rested" and c.target in d.s.objectives}
    if d.to is Target.SINGLE_OBJECTIVE and d.s.covers:
        serving.add(d.s.covers[0].id)
    serving |= d.worked & set(d.s.objectives)
    serving |= {c.parent for c in d.made.values() if c.parent in d.s.objectives}
    chain = {o.id for target in serving for o in d.s.above(target)}
    rested = _objectives_to_rest(d, moved, chain)
    found = sorted(d.made.values(), key=lambda c: (c.level, c.title or "", c.target))
    for objective in sorted(d.s.objectives.values(), key=lambda o: (o.level, o.position, o.id)):
        if objective.id in rested:
            found.append(_describe_change("rested", objective))
        elif objective.id in chain:
            found.append(_describe_change("revived" if objective.is_resting else "kept", objective))
    return tuple(found)


def _describe_change(change: str, o: Objective) -> ObjectiveChange:
    return ObjectiveChange(change, o.id, o.parent_id, o.level, o.title, o.period_item_id, o.covers_plan_id, o.version)


def _objectives_to_rest(d: Draft, placements: Sequence[PlacementChange], chain: set[str]) -> set[str]:
    """Objectives that only served the articulation and that this conversion leaves without action or child.

    A policy stays, even empty: it is the commune's own. So does what carries money of its own or covers another plan.
    """
    rests = {c.id for c in placements if c.change == "rested"}
    holding = {p.objective_id for p in d.s.placements if p.is_active and p.id not in rests}
    emptied = {c.target for c in placements if c.change == "rested"}
    if d.to is not Target.SINGLE_OBJECTIVE:
        emptied |= {cover.id for cover in d.s.covers}
    standing = {o.id for o in d.s.objectives.values() if not o.is_resting}
    rested: set[str] = set()
    for objective in sorted(d.s.objectives.values(), key=lambda o: -o.level):
        children = {o.id for o in d.s.objectives.values() if o.parent_id == objective.id}
        is_scaffold = region_of(d.s, objective.id, d.before.homes) in (Region.HOME, Region.COVER)
        if (
            is_scaffold
            and objective.id in standing
            and objective.id not in holding | chain
            and (objective.id in emptied or children & rested)
            and not children & (standing - rested)
            and not objective.has_money
            and objective.covers_plan_id in (None, d.s.with_id)
        ):
            rested.add(objective.id)
    return rested


def claims(d: Draft) -> tuple[ClaimChange, ...]:
    """The PST claims what it places; it withdraws what a conversion leaves without a placement, unless it had it so."""
    changes = []
    for action in sorted(d.s.actions):
        claim = d.s.actions[action].claim
        is_claimed = claim is not None and not claim.is_withdrawn
        loses = bool(d.s.active.get(action)) and not d.wishes[action]
        wanted = bool(d.wishes[action]) or action in d.claimed or (is_claimed and not loses)
        if wanted != is_claimed:
            change = "withdrawn" if is_claimed else "revived" if claim else "added"
        elif claim is not None and is_claimed:
            change = "kept"
        else:
            continue
        known = (claim.id, claim.version) if claim else (None, None)
        changes.append(ClaimChange(change, known[0], action, known[1]))
    return tuple(changes)
