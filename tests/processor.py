"""What work costs the processor, as so many times a piece of work that is measured beside it.

No test is bound by the clock: a machine that is busy, or slower than another, makes both dearer alike.
"""

import time
from collections.abc import Awaitable, Callable

from graphql import get_introspection_query, parse

ATTEMPTS = 3
_PARSES = 20
_QUESTION = get_introspection_query()


def measure_reference() -> float:
    """Processor seconds of this thread for the reference: the usual question about a schema, parsed twenty times."""
    before = time.thread_time()
    for _ in range(_PARSES):
        parse(_QUESTION)
    return time.thread_time() - before


async def count_references(work: Callable[[int], Awaitable[object]]) -> float:
    """How many references the work costs this thread: the least of three attempts, which are told their number.

    Whatever else the machine and the event loop do can only add; the reference is measured before and after each.
    """
    costs = []
    for attempt in range(ATTEMPTS):
        earlier, before = measure_reference(), time.thread_time()
        await work(attempt)
        spent = time.thread_time() - before
        costs.append(spent / max(earlier, measure_reference()))
    return min(costs)
