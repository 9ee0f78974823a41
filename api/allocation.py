"""How this process takes memory and gives it back."""

import asyncio
import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

GIVEN_BACK_AFTER = 30


@contextmanager
def collection_postponed() -> Iterator[None]:
    """No garbage is looked for inside; what was made there is taken to stay for good.

    A start makes half a million objects and drops almost none of them, yet looks through them again and again. Later
    every full collection would look at them too, while all who ask wait.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


async def give_back_regularly(seconds: float = GIVEN_BACK_AFTER) -> None:
    """Return free memory to the system, again and again, until cancelled. Only glibc knows how.

    Answers of all sizes come and go on one heap, between those that are remembered. By itself glibc gives back only
    what is free at its end, so the holes would add up; this takes one or two milliseconds.
    """
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    while hasattr(library, "malloc_trim"):
        await asyncio.sleep(seconds)
        library.malloc_trim(0)
