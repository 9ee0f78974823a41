"""Routers that are passed by when an address is not theirs: some seventy stand before the last one."""

from fastapi import APIRouter
from starlette.routing import Match
from starlette.types import Scope

from api.accelerations.switch import is_accelerated


class IndexedRouter(APIRouter):
    """Looks through its routes only for addresses that hold a word with which one of them begins.

    FastAPI asks router after router, and each of them all of its routes, by regular expression.
    """

    _words: frozenset[str] = frozenset()
    _seen = 0

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if is_accelerated(scope) and not self._may_hold(scope["path"]):
            return Match.NONE, {}
        return super().matches(scope)

    def _may_hold(self, path: str) -> bool:
        """Whether one of the routes may be meant by a path."""
        if self._seen != len(self.routes):
            self._words = frozenset(_first_word(getattr(route, "path", "")) for route in self.routes)
            self._seen = len(self.routes)
        return "" in self._words or not self._words.isdisjoint(path.split("/"))


def _first_word(path: str) -> str:
    """The first word of a path; nothing where that is a parameter, which any word may stand for."""
    word = path.lstrip("/").partition("/")[0]
    return "" if "{" in word else word
