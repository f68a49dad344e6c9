"""The heap of a process whose threads take much now and then."""

import ctypes

M_ARENA_MAX = -8  # of glibc's malloc.h


def share_heap() -> None:
    """Let all threads share one heap, where the C library knows how: each heap of its own keeps what its largest text took."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(M_ARENA_MAX, 1)
