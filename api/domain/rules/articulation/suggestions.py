"""Which objectives may suit an action, and why: the domains they share, the words they share."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.domain.rules.articulation.detection import Objective, PcsAction, Situation
from api.domain.rules.similarity import similarity

MOST = 3


@dataclass(frozen=True, slots=True)
class SuggestedObjective:
    """Both parts in hundredths; the score is their mean."""

    objective: Objective
    domains: int
    words: int
    shared: tuple[str, ...]

    @property
    def score(self) -> int:
        return (self.domains + self.words + 1) // 2


def suggest_objectives(s: Situation, action: PcsAction, candidates: Sequence[Objective]) -> list[SuggestedObjective]:
    """The best objectives for an action, best first; the more precise one where two are as good."""
    found = [_score(s, action, objective) for objective in candidates]
    best = sorted(found, key=lambda f: (-f.score, -f.objective.level, f.objective.position, f.objective.id))
    return [f for f in best if f.score > 0][:MOST]


def _score(s: Situation, action: PcsAction, objective: Objective) -> SuggestedObjective:
    """An objective has the domains of what stands above it; the text compared is the closest of title and theme."""
    line = list(s.above(objective.id))
    shared = action.domain_ids & frozenset().union(*(o.domain_ids for o in line))
    domains = round(100 * len(shared) / len(action.domain_ids)) if action.domain_ids else 0
    texts = [action.title, *([action.theme] if action.theme else [])]
    words = max(similarity(text, o.title) for text in texts for o in line)
    return SuggestedObjective(objective, domains, round(100 * words), tuple(sorted(shared)))
