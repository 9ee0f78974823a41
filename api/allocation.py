"""How this process takes memory and gives it back."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

LARGE_BYTES = 128 * 1024
_MMAP_THRESHOLD, _TRIM_THRESHOLD = -3, -1
"""Parameters of glibc's `mallopt` (malloc.h)."""


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


def give_large_blocks_back() -> None:
    """Have blocks as large as a plan's tree returned to the system once they are free.

    By itself glibc raises the size from which it does so to that of the largest block ever freed (mallopt(3)): answers
    of all sizes then come and go on one heap, which grows by the holes between them. Where there is no `mallopt`,
    nothing is changed.
    """
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_MMAP_THRESHOLD, LARGE_BYTES)
        library.mallopt(_TRIM_THRESHOLD, 2 * LARGE_BYTES)
