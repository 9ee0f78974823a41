"""Bounded stores: what was made for one request and serves the next ones."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class LruCache(Generic[K, V]):
    """A store whose entries together weigh no more than `most`; what was not used for longest is forgotten first."""

    def __init__(self, most: int) -> None:
        self._found: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._most = most
        self._weight = 0

    def get(self, key: K) -> V | None:
        found = self._found.get(key)
        if found is None:
            return None
        self._found.move_to_end(key)
        return found[0]

    def put(self, key: K, value: V, weight: int = 1) -> None:
        """Keep a value; one that weighs more than the whole store may is not kept."""
        known = self._found.pop(key, None)
        if known is not None:
            self._weight -= known[1]
        if weight > self._most:
            return
        self._found[key] = value, weight
        self._weight += weight
        while self._weight > self._most:
            _, (_, forgotten) = self._found.popitem(last=False)
            self._weight -= forgotten

    def __len__(self) -> int:
        return len(self._found)
