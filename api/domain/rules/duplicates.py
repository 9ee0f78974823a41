"""Actions that may be one and the same, held twice under other words."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations

from api.domain.rules.similarity import similarity, trigrams

ALIKE = 0.45
COMMON = 25
"""A trigram that stands in more titles than this tells nothing."""
SHARED = 3


def suspect_pairs(titles: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Pairs of ids whose titles read alike, the most alike first, with how alike in hundredths."""
    holders: dict[str, list[str]] = defaultdict(list)
    for identifier in sorted(titles):
        for trigram in trigrams(titles[identifier]):
            holders[trigram].append(identifier)
    met: Counter[tuple[str, str]] = Counter()
    for listed in holders.values():
        if 1 < len(listed) <= COMMON:
            met.update(combinations(listed, 2))
    judged = [(a, b, similarity(titles[a], titles[b])) for (a, b), shared in met.items() if shared >= SHARED]
    found = [(a, b, round(100 * alike)) for a, b, alike in judged if alike >= ALIKE]
    return sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))
