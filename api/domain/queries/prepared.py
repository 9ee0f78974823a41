"""Statements written once for all readers of the same rights, since writing one costs as much as running it."""

from collections.abc import Callable, Hashable

from api.domain.queries.reader import Reader
from api.domain.queries.slots import filled_for, masked, shape_of, unwrapped
from api.domain.statement import Binds
from api.kept import Kept

MOST = 1_024

_KEPT: Kept[Hashable, tuple[tuple[str, ...], Binds]] = Kept(MOST)


def prepared(reader: Reader, name: str, write: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    """What `write` says in SQL with this reader, remembered under `name` for all of the same shape of rights.

    `write` must ask its questions of `reader.actor`, whose ids are then places to be filled in (`slots.py`): what it
    says may depend on nothing but the shape of the rights, the language and the links. What belongs to one question
    only must be set apart (`Binds.apart`) before: it is bound anew each time. A reader that has bound more already
    is written for afresh.
    """
    if not reader.binds.is_fresh:
        return write()
    actor, own = reader.actor, list(reader.binds.values)
    key = (name, len(own), reader.language, reader.base_url, shape_of(actor))
    kept = _KEPT.get(key)
    if kept is None:
        kept = _written(reader, write)
        _KEPT.put(key, kept)
    said, binds = kept
    reader.binds = binds.copy()
    reader.binds.values = [*own, *filled_for(binds.values[len(own) :], actor)]
    return said


def _written(reader: Reader, write: Callable[[], tuple[str, ...]]) -> tuple[tuple[str, ...], Binds]:
    actor = reader.actor
    reader.actor = masked(actor)
    try:
        said = write()
    finally:
        reader.actor = actor
    binds = reader.binds.copy()
    binds.values = unwrapped(binds.values)
    return said, binds
