"""Statements written once for all readers of the same audience, since writing one costs as much as running it."""

import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable

from api.domain.actor import Actor, Role
from api.domain.queries.reader import Reader
from api.domain.statement import Binds

MOST = 4_096

_KEPT: OrderedDict[Hashable, tuple[tuple[str, ...], Binds]] = OrderedDict()


def audience(actor: Actor) -> Hashable:
    """Readers with the same audience are answered the same bytes; the person counts only where scopes are personal."""
    members = frozenset(
        (m.role, m.organisation_id, m.units if m.role is Role.AGENT else None,
         m.person_id if m.role is Role.AGENT else None, m.plans, m.is_administrator)
        for m in actor.memberships
    )  # fmt: skip
    return actor.workspace_id, actor.organisation_id, members, actor.scopes


def prepared(reader: Reader, name: str, write: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    """What `write` says in SQL for this reader, remembered under `name` for its audience; the binds go with it.

    What belongs to one question only must be set apart (`Binds.apart`) before: it is bound anew each time. All
    else that `write` says may depend on nothing but the reader's audience, its language and its links. A reader
    that has bound more already is written for afresh.
    """
    if not reader.binds.is_fresh:
        return write()
    own = list(reader.binds.values)
    key = (name, len(own), reader.language, reader.base_url, audience(reader.actor))
    kept = _KEPT.get(key)
    if kept is None:
        # Communes differ by values, not by words: their statements share one text.
        said = tuple(sys.intern(words) for words in write())
        _KEPT[key] = said, reader.binds.copy()
        if len(_KEPT) > MOST:
            _KEPT.popitem(last=False)
        return said
    _KEPT.move_to_end(key)
    said, binds = kept
    reader.binds = binds.copy()
    reader.binds.values[: len(own)] = own
    return said
