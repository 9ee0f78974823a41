"""How a PST joins a PCS: what the rows of the two plans say, without SQL and without web.

Source: `domain.md` §4.1. Approach 1, `singleObjective`: one objective of the PST covers the PCS. Approach 2a,
`grouped`: the PCS actions stand under one strategic objective, its *home*. Approach 2b, `distributed`: they stand
under the policies of their field. A commune may mix them, or not join its plans at all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Approach(StrEnum):
    """How a PST joins a PCS: in one objective, in a group of objectives, or spread over the tree."""

    SINGLE_OBJECTIVE = "singleObjective"
    GROUPED = "grouped"
    DISTRIBUTED = "distributed"
    MIXED = "mixed"
    NONE = "none"


class Target(StrEnum):
    """The approaches to which a commune can convert."""

    SINGLE_OBJECTIVE = "singleObjective"
    GROUPED = "grouped"
    DISTRIBUTED = "distributed"


class Region(StrEnum):
    """The part of a PST in which a PCS action stands."""

    COVER = "covered"
    HOME = "grouped"
    POLICY = "distributed"
    NOWHERE = "absent"


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective of the PST; `has_money` when budget lines hang on it directly."""

    id: str
    parent_id: str | None
    level: int
    title: str
    position: str
    version: int
    is_resting: bool = False
    strand_id: str | None = None
    covers_plan_id: str | None = None
    period_item_id: str | None = None
    status: str = "open"
    domain_ids: frozenset[str] = frozenset()
    has_money: bool = False


@dataclass(frozen=True, slots=True)
class StandingPlacement:
    """A placement of the PST, of whatever action."""

    id: str
    action_id: str
    objective_id: str | None
    is_active: bool
    weight: int
    is_main: bool
    position: str
    version: int


@dataclass(frozen=True, slots=True)
class Claim:
    """The PST claims an action of the PCS, or did."""

    id: str
    is_withdrawn: bool
    version: int


@dataclass(frozen=True, slots=True)
class PcsAction:
    """An action that the PCS claims. Its axis follows from its code, else from its theme in the PCS."""

    id: str
    title: str
    axis_id: str | None
    theme: str | None = None
    domain_ids: frozenset[str] = frozenset()
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class RememberedForm:
    """What a conversion remembers of the form it left, so that the same rows serve again."""

    approach: Approach
    home_id: str | None
    actions: Mapping[str, tuple[tuple[str, int, bool], ...]]
    """The PCS actions of that day; of each, its active placements with their weight and whether one is the main."""
    claimed: frozenset[str]
    """The actions that the PST claimed."""
    objectives: frozenset[str] = frozenset()
    """The covering objectives and those of the home that were at work."""


@dataclass(frozen=True)
class Situation:
    """The rows on which the articulation of one PST with one PCS depends."""

    plan_id: str
    with_id: str
    objectives: Mapping[str, Objective]
    placements: tuple[StandingPlacement, ...]
    actions: Mapping[str, PcsAction]
    axes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Code and label of each axis of the PCS's period."""
    memories: tuple[RememberedForm, ...] = ()
    """Of the conversions that stand, the latest first."""
    strategic_level: int = 1
    operational_level: int | None = 2
    strand_id: str | None = None

    def above(self, objective_id: str | None) -> Iterator[Objective]:
        """The objective and what stands above it."""
        while objective_id is not None:
            objective = self.objectives[objective_id]
            yield objective
            objective_id = objective.parent_id

    def pillar(self, objective_id: str) -> str:
        """The strategic objective above (or the highest one, where none is strategic)."""
        top = objective_id
        for objective in self.above(objective_id):
            top = objective.id
            if objective.level == self.strategic_level:
                break
        return top

    def is_covering(self, objective_id: str | None) -> bool:
        return any(o.covers_plan_id == self.with_id for o in self.above(objective_id))

    @cached_property
    def active(self) -> Mapping[str, tuple[StandingPlacement, ...]]:
        """The active placements of each PCS action, in their order."""
        found: dict[str, list[StandingPlacement]] = defaultdict(list)
        for placed in sorted(self.placements, key=lambda p: (not p.is_main, p.position, p.id)):
            if placed.is_active and placed.action_id in self.actions:
                found[placed.action_id].append(placed)
        return {action: tuple(rows) for action, rows in found.items()}

    @cached_property
    def covers(self) -> tuple[Objective, ...]:
        """The objectives that cover the PCS, those at work first."""
        found = [o for o in self.objectives.values() if o.covers_plan_id == self.with_id]
        return tuple(sorted(found, key=lambda o: (o.is_resting, o.position, o.id)))


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing seen that speaks for the approach detected: how many actions, under which objectives."""

    code: str
    count: int
    objective_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Detection:
    approach: Approach
    homes: tuple[str, ...]
    """The strategic objectives under which the PCS is gathered."""
    regions: Mapping[str, Region]
    """Where each PCS action stands."""
    reasons: tuple[Reason, ...]


def detect(s: Situation) -> Detection:
    """The approach that the placements follow, and why."""
    homes = homes_of(s)
    regions = {action: _stands(s, action, homes) for action in sorted(s.actions)}
    counted = Counter(regions.values())
    is_covered = any(not cover.is_resting for cover in s.covers)
    grouped, distributed = counted[Region.HOME], counted[Region.POLICY]
    outside = len(regions) - grouped - distributed
    if grouped + distributed == 0:
        approach = Approach.SINGLE_OBJECTIVE if is_covered else Approach.NONE
    elif (grouped and distributed) or (is_covered and outside):
        approach = Approach.MIXED
    else:
        approach = Approach.GROUPED if grouped else Approach.DISTRIBUTED
    return Detection(approach, homes, regions, tuple(_reasons(s, regions, is_covered)))


def region_of(s: Situation, objective_id: str | None, homes: tuple[str, ...]) -> Region:
    """The part of the PST to which an objective belongs; no objective is the root of the plan."""
    if objective_id is None:
        return Region.POLICY
    if s.is_covering(objective_id):
        return Region.COVER
    return Region.HOME if any(o.id in homes for o in s.above(objective_id)) else Region.POLICY


def _stands(s: Situation, action: str, homes: tuple[str, ...]) -> Region:
    found = {region_of(s, placed.objective_id, homes) for placed in s.active.get(action, ())}
    return next((r for r in (Region.HOME, Region.POLICY, Region.COVER) if r in found), Region.NOWHERE)


def homes_of(s: Situation) -> tuple[str, ...]:
    """Where the PCS is gathered: what a conversion says, what names an axis, else what the placements show."""
    told = [m.home_id for m in s.memories if m.home_id in s.objectives]
    marked = sorted(s.pillar(o.id) for o in s.objectives.values() if o.period_item_id in s.axes)
    known = tuple(dict.fromkeys(home for home in (*told, *marked) if home is not None))
    return known if known or s.memories else _seen_homes(s)


def _seen_homes(s: Situation) -> tuple[str, ...]:
    """A strategic objective is a home when only the PCS stands under it, and more than one of its axes.

    Where all PCS actions stand under one strategic objective, it is enough that they are most of what stands there.
    Two such objectives are two policies, not one home.
    """
    beneath: dict[str, list[str]] = defaultdict(list)
    for placed in s.placements:
        if placed.is_active and placed.objective_id and not s.is_covering(placed.objective_id):
            beneath[s.pillar(placed.objective_id)].append(placed.action_id)
    holding = {pillar: [a for a in actions if a in s.actions] for pillar, actions in beneath.items()}
    holding = {pillar: actions for pillar, actions in holding.items() if actions}
    pure = [
        pillar
        for pillar, actions in holding.items()
        if len(actions) == len(beneath[pillar]) and len({s.actions[a].axis_id or a for a in actions}) > 1
    ]
    if len(pure) == 1:
        return tuple(pure)
    if len(holding) == 1:
        ((pillar, actions),) = holding.items()
        if len(set(actions)) > 1 and 2 * len(actions) > len(beneath[pillar]):
            return (pillar,)
    return ()


def _reasons(s: Situation, regions: Mapping[str, Region], is_covered: bool) -> Iterator[Reason]:
    if is_covered:
        yield Reason("coveringObjective", 0, tuple(c.id for c in s.covers if not c.is_resting))
    for code, region in (
        ("underOneObjective", Region.HOME),
        ("underPolicies", Region.POLICY),
        ("underCoveringObjective", Region.COVER),
        ("notPlaced", Region.NOWHERE),
    ):
        actions = [a for a, stands in regions.items() if stands is region]
        if actions:
            change = {s.pillar(p.objective_id) for a in actions for p in s.active.get(a, ()) if p.objective_id}
            yield Reason(code, len(actions), tuple(sorted(change)))


def remember(s: Situation, before: Detection, home_id: str | None) -> RememberedForm:
    """What a conversion must remember of the form that it leaves."""
    return RememberedForm(
        before.approach,
        home_id,
        {a: tuple((p.id, p.weight, p.is_main) for p in s.active.get(a, ())) for a in sorted(s.actions)},
        frozenset(a.id for a in s.actions.values() if a.claim and not a.claim.is_withdrawn),
        frozenset(
            o.id
            for o in s.objectives.values()
            if not o.is_resting and region_of(s, o.id, before.homes) in (Region.HOME, Region.COVER)
        ),
    )
