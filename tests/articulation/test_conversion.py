"""The pure rules of conversion, for generated communes: what is applied in memory stands as it was foretold."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from api.domain.rules.articulation.conversion import plan_conversion, policies
from api.domain.rules.articulation.conversion_rows import Conversion
from api.domain.rules.articulation.detection import (
    Approach,
    Claim,
    Objective,
    PcsAction,
    Situation,
    StandingPlacement,
    Target,
    detect,
    remember,
)

AXES = {f"x{n}": (str(n), f"Axe {n}") for n in range(1, 4)}
PCS = "pcs"


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """A PST of some policies, perhaps a covering objective, and PCS actions placed anyhow, or not at all."""
    pillars = [
        Objective(f"os{n}", None, 1, f"OS {n}", f"a{n}", 1, has_money=draw(st.booleans()))
        for n in range(draw(st.integers(2, 4)))
    ]
    below = [
        Objective(f"{p.id}.oo{n}", p.id, 2, f"OO {p.id} {n}", f"a{n}", 1)
        for p in pillars
        for n in range(draw(st.integers(0, 2)))
    ]
    objectives = {o.id: o for o in (*pillars, *below)}
    if draw(st.booleans()):
        objectives["cover"] = Objective("cover", "os0", 2, "Suivi du PCS", "b0", 1, covers_plan_id=PCS)
    targets = st.sampled_from(sorted(objectives))
    actions, placements = {}, []
    for n in range(draw(st.integers(1, 6))):
        name = f"a{n}"
        where = draw(st.lists(targets, unique=True, max_size=2))
        is_claimed = bool(where) or draw(st.booleans())
        claim = Claim(f"c{n}", False, 1) if is_claimed else None
        actions[name] = PcsAction(name, f"Action {n}", draw(st.sampled_from([*AXES, None])), claim=claim)
        weights = draw(st.lists(st.integers(0, 3), min_size=2, max_size=2))
        for rank, target in enumerate(where):
            weight = weights[rank] if rank else weights[rank] or 1
            placements.append(StandingPlacement(f"{name}@{target}", name, target, True, weight, rank == 0, "a0", 1))
    placements += [
        StandingPlacement(f"other{n}", f"other{n}", draw(targets), True, 1, True, "a0", 1)
        for n in range(draw(st.integers(0, 4)))
    ]
    return Situation("pst", PCS, objectives, tuple(placements), actions, AXES)


def applied(s: Situation, conversion: Conversion) -> Situation:
    """The situation after a conversion, as the command would write it."""
    objectives: dict[str, Any] = dict(s.objectives)
    for o in conversion.objectives:
        if o.change == "added":
            objectives[o.target] = Objective(
                o.target, o.parent, o.level, o.title or o.target, "z", 1,
                period_item_id=o.period_item_id, covers_plan_id=o.covers_plan_id,
            )  # fmt: skip
        elif o.change != "kept":
            objectives[o.target] = replace(objectives[o.target], is_resting=o.change == "rested")
    rows = {p.id: p for p in s.placements}
    for c in conversion.placements:
        if c.change == "added":
            key = f"{c.action_id}@{c.target}"
            assert key not in rows
            rows[key] = StandingPlacement(key, c.action_id, c.target, True, c.weight, c.is_main, "z", 1)
        else:
            assert c.id is not None
            rows[c.id] = replace(rows[c.id], is_active=c.change != "rested", weight=c.weight, is_main=c.is_main)
    actions = dict(s.actions)
    for claim in conversion.claims:
        action = actions[claim.action_id]
        actions[claim.action_id] = replace(
            action, claim=Claim(claim.id or f"c{claim.action_id}", claim.change == "withdrawn", 1)
        )
    memories = (remember(s, conversion.before, conversion.home), *s.memories)
    return replace(s, objectives=objectives, placements=tuple(rows.values()), actions=actions, memories=memories)


def convert(s: Situation, to: Target) -> Situation:
    """Convert, with every unmatched action put under the first policy."""
    conversion = plan_conversion(s, to)
    if conversion.unmatched:
        free = sorted(o.id for o in policies(s, conversion.before))
        if not free:
            return s
        conversion = plan_conversion(s, to, dict.fromkeys(conversion.unmatched, free[0]))
    assert not conversion.unmatched
    assert not conversion.issues
    return applied(s, conversion)


def standing(s: Situation) -> set[tuple[Any, ...]]:
    return {(p.id, p.action_id, p.objective_id, p.weight, p.is_main) for p in s.placements if p.is_active}


def whole(s: Situation) -> None:
    """What must hold of any plan: shares make a whole, one main placement, nothing active under what rests."""
    for action, rows in s.active.items():
        assert sum(p.weight for p in rows) > 0, action
        assert sum(p.is_main for p in rows) == 1, action
        assert s.actions[action].claim is not None
        assert not s.actions[action].claim.is_withdrawn  # type: ignore[union-attr]
    for placed in s.placements:
        if placed.is_active:
            assert not any(o.is_resting for o in s.above(placed.objective_id))
    for objective in s.objectives.values():
        if not objective.is_resting:
            assert not any(o.is_resting for o in s.above(objective.id))


@settings(max_examples=400, deadline=None)
@given(situations(), st.sampled_from(Target))
def test_a_conversion_leads_to_what_was_asked_and_asking_again_changes_nothing(s: Situation, to: Target) -> None:
    after = convert(s, to)
    if after is s:
        return
    whole(after)
    others = {p for p in standing(s) if p[1] not in s.actions}
    assert {p for p in standing(after) if p[1] not in s.actions} == others
    assert detect(after).approach == Approach(to)
    again = plan_conversion(after, to)
    assert {c.change for c in again.placements} <= {"kept"}
    assert {c.change for c in again.objectives} <= {"kept"}
    assert {c.change for c in again.claims} <= {"kept"}


@settings(max_examples=400, deadline=None)
@given(situations(), st.sampled_from(Target), st.lists(st.sampled_from(Target), min_size=1, max_size=4))
def test_there_and_back_gives_the_same_placements(s: Situation, first: Target, way: list[Target]) -> None:
    start = convert(s, first)
    if start is s:
        return
    there = start
    for to in way:
        step = convert(there, to)
        if step is there:
            return
        whole(step)
        there = step
    assert standing(convert(there, first)) == standing(start)


@settings(max_examples=200, deadline=None)
@given(situations(), st.sampled_from(Target))
def test_a_form_that_no_conversion_made_returns_too(s: Situation, to: Target) -> None:
    """A commune that stood in a form by its own hand finds it again, row by row."""
    start = detect(s).approach
    if start in (Approach.MIXED, Approach.NONE) or start == Approach(to):
        return
    there = convert(s, to)
    if there is s:
        return
    back = convert(there, Target(start))
    assert standing(back) == standing(s)
    assert {o.id for o in back.objectives.values() if o.id in s.objectives and not o.is_resting} == set(s.objectives)
