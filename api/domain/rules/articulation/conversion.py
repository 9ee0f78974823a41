"""Converting the articulation of a PST with a PCS: every row that would change, without SQL and without web.

Nothing is ever deleted: what a form no longer needs rests, and serves again when the form returns. So any
there-and-back gives the same active placements, with the same weights.
"""

from collections.abc import Mapping, Sequence

from api.domain.errors import Issue
from api.domain.rules.articulation.conversion_rows import (
    COVER,
    HOME,
    Conversion,
    Draft,
    ObjectiveChange,
    Wish,
    axis_key,
    claims,
    objectives,
    placements,
)
from api.domain.rules.articulation.detection import (
    Approach,
    Detection,
    Objective,
    Region,
    Situation,
    StandingPlacement,
    Target,
    detect,
    region_of,
)


def plan_conversion(s: Situation, to: Target, assigned: Mapping[str, str] | None = None) -> Conversion:
    """What converting to an approach would do to each row. `assigned` puts actions under objectives of one's choice."""
    before = detect(s)
    draft = Draft(s, to, before, dict(assigned or {}))
    issues = _check_assigned(draft)
    if issues:
        draft.assigned = {}
    _remember(draft)
    draft.home = _home_objective(draft)
    for action in sorted(s.actions):
        draft.wishes[action] = _balance_weights(_wishes(draft, action))
    if to is Target.SINGLE_OBJECTIVE and not s.covers:
        _make_cover(draft)
    moved = placements(draft)
    return Conversion(
        before, to, _gathering_objective(draft), moved, objectives(draft, moved), claims(draft),
        tuple(draft.unmatched), issues,
    )  # fmt: skip


def policies(s: Situation, before: Detection) -> list[Objective]:
    """The objectives under which an action can be distributed: open policies, neither home nor covering."""
    return [
        o
        for o in s.objectives.values()
        if not o.is_resting and o.status in ("draft", "open") and region_of(s, o.id, before.homes) is Region.POLICY
    ]


def targets(s: Situation, before: Detection, to: Target) -> list[Objective]:
    """The objectives that may be chosen for an action: only a distributed form leaves the choice."""
    return policies(s, before) if to is Target.DISTRIBUTED else []


def _check_assigned(d: Draft) -> tuple[Issue, ...]:
    allowed = {o.id for o in targets(d.s, d.before, d.to)}
    issues = [
        Issue("notATarget", "body", "assignments", action if action not in d.s.actions else objective)
        for action, objective in sorted(d.assigned.items())
        if action not in d.s.actions or objective not in allowed
    ]
    return tuple(issues)


def _remember(d: Draft) -> None:
    """What the last conversion away from this form left; nothing when the commune is already in it."""
    if d.before.approach == Approach(d.to):
        return
    for memory in d.s.memories:
        if memory.approach == Approach(d.to):
            d.known, d.claimed, d.worked = memory.actions, memory.claimed, memory.objectives
            return


def _home_objective(d: Draft) -> str | None:
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


def _make_home_objective(d: Draft) -> str:
    if d.home is None:
        d.home = HOME
        d.made[HOME] = ObjectiveChange("added", HOME, None, d.s.strategic_level)
    return d.home


def _gathering_objective(d: Draft) -> str | None:
    """The home that the conversion is remembered with: none where it only made room for a covering objective."""
    return d.home if d.before.homes or d.to is Target.GROUPED else None


def _make_cover(d: Draft) -> None:
    if d.s.operational_level is None:
        d.made[COVER] = ObjectiveChange("added", COVER, None, d.s.strategic_level, covers_plan_id=d.s.with_id)
        return
    home = _make_home_objective(d)
    d.made[COVER] = ObjectiveChange("added", COVER, home, d.s.operational_level, covers_plan_id=d.s.with_id)


def _keep_placements(rows: Sequence[StandingPlacement]) -> list[Wish]:
    return [Wish(p.objective_id, p, p.weight, p.is_main) for p in rows]


def _wishes(d: Draft, action: str) -> list[Wish]:
    """The placements that an action shall have in the form wanted."""
    by_region = _by_region(d, action)
    covered = _keep_placements(by_region[Region.COVER])
    match d.to:
        case Target.SINGLE_OBJECTIVE:
            return covered
        case Target.GROUPED if by_region[Region.HOME]:
            return _keep_placements(d.s.active[action])
        case Target.GROUPED:
            recalled = _recall_placements(d, action, Region.HOME)
            return [*covered, _at(d, action, _gathering(d, action))] if recalled is None else recalled
    if action in d.assigned:
        return [*covered, _at(d, action, d.assigned[action])]
    if by_region[Region.POLICY] and not by_region[Region.HOME]:
        return _keep_placements(d.s.active[action])
    if (recalled := _recall_placements(d, action, Region.POLICY)) is not None:
        return recalled
    if by_region[Region.POLICY]:
        return [*covered, *_keep_placements(by_region[Region.POLICY])]
    d.unmatched.append(action)
    return _keep_placements(d.s.active.get(action, ()))


def _by_region(d: Draft, action: str) -> dict[Region, list[StandingPlacement]]:
    found: dict[Region, list[StandingPlacement]] = {region: [] for region in Region}
    for placed in d.s.active.get(action, ()):
        found[region_of(d.s, placed.objective_id, _homes(d))].append(placed)
    return found


def _homes(d: Draft) -> tuple[str, ...]:
    if d.before.homes or d.home is None or d.home == HOME or d.to is not Target.GROUPED:
        return d.before.homes
    return (d.home,)


def _recall_placements(d: Draft, action: str, region: Region) -> list[Wish] | None:
    """The placements that served this form before: the same rows, with the weights they had.

    An action that had none then has none again. None when what was remembered is gone or stands elsewhere now.
    """
    if action not in d.known:
        return None
    rows = {p.id: p for p in d.s.placements if p.action_id == action}
    found = [Wish(rows[id_].objective_id, rows[id_], w, is_main) for id_, w, is_main in d.known[action] if id_ in rows]
    suits = any(region_of(d.s, wish.target, _homes(d)) is region for wish in found)
    return found if suits or not d.known[action] else None


def _at(d: Draft, action: str, target: str) -> Wish:
    """A placement under an objective: the row that already is there, or a new one."""
    row = next((p for p in d.s.placements if p.action_id == action and p.objective_id == target), None)
    return Wish(target, row, 0, False)


def _gathering(d: Draft, action: str) -> str:
    """The objective of the action's axis under the home; the home itself for an action without axis."""
    home = _make_home_objective(d)
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


def _balance_weights(wishes: list[Wish]) -> list[Wish]:
    """The shares make a whole: one placement is the main one, and not all weigh nothing."""
    main = next((w for w in wishes if w.is_main), wishes[0] if wishes else None)
    heavy = sum(w.weight for w in wishes) > 0
    return [Wish(w.target, w.row, w.weight if heavy or w is not main else 1, w is main) for w in wishes]
