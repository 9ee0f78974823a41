"""How alike two texts are, so that a person can see why: words without accents, and the trigrams they share."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = frozenset(
    _WORD.findall(
        "a au aux avec ce ces cette chaque comme d dans de des du elle en est et etre faire il ils l la le les leur"
        " leurs ne nos notre nous on ou par pas pour qu que qui s sa se ses son sont sur tous tout toute toutes un une"
        " vers y action actions commune communal communale mettre oeuvre place"
    )
)
"""French words that say nothing about the subject of an objective."""


@lru_cache(maxsize=16_384)
def trigrams(text: str) -> frozenset[str]:
    """The trigrams of the words that say something, as pg_trgm makes them: two blanks before, one after."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").lower())
    words = [w for w in _WORD.findall(plain.encode("ascii", "ignore").decode()) if w not in _EMPTY]
    padded = [f"  {word} " for word in words]
    return frozenset(word[i : i + 3] for word in padded for i in range(len(word) - 2))


def similarity(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same words in any order): trigrams shared among all trigrams."""
    a, b = trigrams(one), trigrams(other)
    return len(a & b) / len(a | b) if a and b else 0.0
