"""Converting the articulation of a PST with a PCS: every row that would change, without SQL and without web.

Nothing is ever deleted: what a form no longer needs rests, and serves again when the form returns. So any
there-and-back gives the same active placements, with the same weights.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.domain.articulation import Approach, Detected, Objective, Placed, Region, Situation, Target, detect, region_of
from api.domain.errors import Issue

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

    before: Detected
    to: Target
    home: str | None
    placements: tuple[PlacementChange, ...]
    objectives: tuple[ObjectiveChange, ...]
    claims: tuple[ClaimChange, ...]
    unmatched: tuple[str, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class _Wish:
    """A placement that shall be active: at a row that exists, or at an objective."""

    target: str | None
    row: Placed | None
    weight: int
    is_main: bool


@dataclass
class _Draft:
    s: Situation
    to: Target
    before: Detected
    assigned: Mapping[str, str]
    wishes: dict[str, list[_Wish]] = field(default_factory=dict)
    made: dict[str, ObjectiveChange] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)
    known: Mapping[str, tuple[tuple[str, int, bool], ...]] = field(default_factory=dict)
    claimed: frozenset[str] = frozenset()
    worked: frozenset[str] = frozenset()
    home: str | None = None


def plan_conversion(s: Situation, to: Target, assigned: Mapping[str, str] | None = None) -> Conversion:
    """What converting to an approach would do to each row. `assigned` puts actions under objectives of one's choice."""
    before = detect(s)
    draft = _Draft(s, to, before, dict(assigned or {}))
    issues = _check_assigned(draft)
    if issues:
        draft.assigned = {}
    _remember(draft)
    draft.home = _home(draft)
    for action in sorted(s.actions):
        draft.wishes[action] = _weighed(_wishes(draft, action))
    if to is Target.SINGLE_OBJECTIVE and not s.covers:
        _make_cover(draft)
    placements = _placements(draft)
    return Conversion(
        before, to, _gathered_at(draft), placements, _objectives(draft, placements), _claims(draft),
        tuple(draft.unmatched), issues,
    )  # fmt: skip


def policies(s: Situation, before: Detected) -> list[Objective]:
    """The objectives under which an action can be distributed: open policies, neither home nor covering."""
    return [
        o
        for o in s.objectives.values()
        if not o.is_resting and o.status in ("draft", "open") and region_of(s, o.id, before.homes) is Region.POLICY
    ]


def _check_assigned(d: _Draft) -> tuple[Issue, ...]:
    allowed = {o.id for o in policies(d.s, d.before)} if d.to is Target.DISTRIBUTED else set()
    issues = [
        Issue("notATarget", "body", "assignments", action if action not in d.s.actions else objective)
        for action, objective in sorted(d.assigned.items())
        if action not in d.s.actions or objective not in allowed
    ]
    return tuple(issues)


def _remember(d: _Draft) -> None:
    """What the last conversion away from this form left; nothing when the commune is already in it."""
    if d.before.approach == Approach(d.to):
        return
    for memory in d.s.memories:
        if memory.approach == Approach(d.to):
            d.known, d.claimed, d.worked = memory.actions, memory.claimed, memory.objectives
            return


def _home(d: _Draft) -> str | None:
    """The strategic objective that gathers the PCS: the one it has, that of the covering objective, else a new one.

    The covering objective's own does not serve where PCS actions stand, or stood, under it as under a policy.
    """
    if d.before.homes:
        return d.before.homes[0]
    if d.s.covers and d.to is Target.GROUPED:
        pillar = d.s.pillar(d.s.covers[0].id)
        policies_there = any(
            p.action_id in d.s.actions and region_of(d.s, p.objective_id, (pillar,)) is Region.HOME
            for p in d.s.placements
        )
        return None if policies_there or pillar == d.s.covers[0].id else pillar
    return None


def _made_home(d: _Draft) -> str:
    if d.home is None:
        d.home = HOME
        d.made[HOME] = ObjectiveChange("added", HOME, None, d.s.strategic_level)
    return d.home


def _gathered_at(d: _Draft) -> str | None:
    """The home that the conversion is remembered with: none where it only made room for a covering objective."""
    return d.home if d.before.homes or d.to is Target.GROUPED else None


def _make_cover(d: _Draft) -> None:
    if d.s.operational_level is None:
        d.made[COVER] = ObjectiveChange("added", COVER, None, d.s.strategic_level, covers_plan_id=d.s.with_id)
        return
    home = _made_home(d)
    d.made[COVER] = ObjectiveChange("added", COVER, home, d.s.operational_level, covers_plan_id=d.s.with_id)


def _kept(rows: Sequence[Placed]) -> list[_Wish]:
    return [_Wish(p.objective_id, p, p.weight, p.is_main) for p in rows]


def _wishes(d: _Draft, action: str) -> list[_Wish]:
    """The placements that an action shall have in the form wanted."""
    by_region = _by_region(d, action)
    covered = _kept(by_region[Region.COVER])
    match d.to:
        case Target.SINGLE_OBJECTIVE:
            return covered
        case Target.GROUPED if by_region[Region.HOME]:
            return _kept(d.s.active[action])
        case Target.GROUPED:
            recalled = _recalled(d, action, Region.HOME)
            return [*covered, _at(d, action, _gathering(d, action))] if recalled is None else recalled
    if action in d.assigned:
        return [*covered, _at(d, action, d.assigned[action])]
    if by_region[Region.POLICY] and not by_region[Region.HOME]:
        return _kept(d.s.active[action])
    if (recalled := _recalled(d, action, Region.POLICY)) is not None:
        return recalled
    if by_region[Region.POLICY]:
        return [*covered, *_kept(by_region[Region.POLICY])]
    d.unmatched.append(action)
    return _kept(d.s.active.get(action, ()))


def _by_region(d: _Draft, action: str) -> dict[Region, list[Placed]]:
    found: dict[Region, list[Placed]] = {region: [] for region in Region}
    for placed in d.s.active.get(action, ()):
        found[region_of(d.s, placed.objective_id, _homes(d))].append(placed)
    return found


def _homes(d: _Draft) -> tuple[str, ...]:
    if d.before.homes or d.home is None or d.home == HOME or d.to is not Target.GROUPED:
        return d.before.homes
    return (d.home,)


def _recalled(d: _Draft, action: str, region: Region) -> list[_Wish] | None:
    """The placements that served this form before: the same rows, with the weights they had.

    An action that had none then has none again. None when what was remembered is gone or stands elsewhere now.
    """
    if action not in d.known:
        return None
    rows = {p.id: p for p in d.s.placements if p.action_id == action}
    found = [_Wish(rows[id_].objective_id, rows[id_], w, is_main) for id_, w, is_main in d.known[action] if id_ in rows]
    suits = any(region_of(d.s, wish.target, _homes(d)) is region for wish in found)
    return found if suits or not d.known[action] else None


def _at(d: _Draft, action: str, target: str) -> _Wish:
    """A placement under an objective: the row that already is there, or a new one."""
    row = next((p for p in d.s.placements if p.action_id == action and p.objective_id == target), None)
    return _Wish(target, row, 0, False)


def _gathering(d: _Draft, action: str) -> str:
    """The objective of the action's axis under the home; the home itself for an action without axis."""
    home = _made_home(d)
    axis, level = d.s.actions[action].axis_id, d.s.operational_level
    if axis is None or level is None or axis not in d.s.axes:
        return home
    found = [
        o
        for o in d.s.objectives.values()
        if o.period_item_id == axis and any(above.id == home for above in d.s.above(o.id))
    ]
    if found:
        return min(found, key=lambda o: (o.is_resting, o.position, o.id)).id
    key = axis_key(axis)
    d.made.setdefault(key, ObjectiveChange("added", key, home, level, d.s.axes[axis][1], axis))
    return key


def _weighed(wishes: list[_Wish]) -> list[_Wish]:
    """The shares make a whole: one placement is the main one, and not all weigh nothing."""
    main = next((w for w in wishes if w.is_main), wishes[0] if wishes else None)
    heavy = sum(w.weight for w in wishes) > 0
    return [_Wish(w.target, w.row, w.weight if heavy or w is not main else 1, w is main) for w in wishes]


def _placements(d: _Draft) -> tuple[PlacementChange, ...]:
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


def _placement(action: str, wish: _Wish) -> PlacementChange:
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


def _objectives(d: _Draft, placements: Sequence[PlacementChange]) -> tuple[ObjectiveChange, ...]:
    """The objectives made, revived and rested, and those that serve the PCS and stay."""
    serving = {c.target for c in placements if c.change != "rested" and c.target in d.s.objectives}
    if d.to is Target.SINGLE_OBJECTIVE and d.s.covers:
        serving.add(d.s.covers[0].id)
    serving |= d.worked & set(d.s.objectives)
    serving |= {c.parent for c in d.made.values() if c.parent in d.s.objectives}
    chain = {o.id for target in serving for o in d.s.above(target)}
    rested = _rested(d, placements, chain)
    found = sorted(d.made.values(), key=lambda c: (c.level, c.title or "", c.target))
    for objective in sorted(d.s.objectives.values(), key=lambda o: (o.level, o.position, o.id)):
        if objective.id in rested:
            found.append(_told("rested", objective))
        elif objective.id in chain:
            found.append(_told("revived" if objective.is_resting else "kept", objective))
    return tuple(found)


def _told(change: str, o: Objective) -> ObjectiveChange:
    return ObjectiveChange(change, o.id, o.parent_id, o.level, o.title, o.period_item_id, o.covers_plan_id, o.version)


def _rested(d: _Draft, placements: Sequence[PlacementChange], chain: set[str]) -> set[str]:
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


def _claims(d: _Draft) -> tuple[ClaimChange, ...]:
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
