"""Statements written once for all readers of the same rights, since writing one costs as much as running it."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from api.domain.parameters import Parameters
from api.domain.sql.reader import Reader
from api.domain.sql.slots import fill_slots_for, mask_actor, shape_of, unwrap_slots
from api.lru_cache import LruCache

MOST = 1_024

_KEPT: LruCache[Hashable, tuple[tuple[str, ...], Parameters]] = LruCache(MOST)

_MAY_KEEP: ContextVar[bool] = ContextVar("may_keep_statements", default=True)


@contextmanager
def keep_statements(may_keep: bool) -> Iterator[None]:
    """Whether statements are remembered, in this context and the tasks begun in it, until the block ends.

    Whoever starts the service knows; what writes SQL does not read settings.
    """
    before = _MAY_KEEP.set(may_keep)
    try:
        yield
    finally:
        _MAY_KEEP.reset(before)


def prepare_statement(reader: Reader, name: str, write: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    """What `write` says in SQL with this reader, remembered under `name` for all of the same shape of rights.

    `write` must ask its questions of `reader.actor`, whose ids are then places to be filled in (`slots.py`): what it
    says may depend on nothing but the shape of the rights, the language and the links. What belongs to one question
    only must be set apart (`Binds.apart`) before: it is bound anew each time. A reader that has bound more already
    is written for afresh, and so is everybody where nothing may be kept (`keep_statements`).
    """
    if not reader.binds.is_fresh or not _MAY_KEEP.get():
        return write()
    actor, own = reader.actor, list(reader.binds.values)
    key = (name, len(own), reader.language, reader.base_url, shape_of(actor))
    kept = _KEPT.get(key)
    if kept is None:
        kept = _write_statement(reader, write)
        _KEPT.put(key, kept)
    provided, binds = kept
    reader.binds = binds.copy()
    reader.binds.values = [*own, *fill_slots_for(binds.values[len(own) :], actor)]
    return provided


def _write_statement(reader: Reader, write: Callable[[], tuple[str, ...]]) -> tuple[tuple[str, ...], Parameters]:
    actor = reader.actor
    reader.actor = mask_actor(actor)
    try:
        provided = write()
    finally:
        reader.actor = actor
    binds = reader.binds.copy()
    binds.values = unwrap_slots(binds.values)
    return provided, binds
