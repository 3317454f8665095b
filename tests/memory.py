"""How much memory some work takes."""

import os
from collections.abc import Callable


def mebibytes_of(work: Callable[[], None]) -> int:
    """Do the work in a child process and say how much memory that had at most.

    A process begins with its parent's peak as its own, so that only a child of a small parent tells.
    """
    if (child := os.fork()) == 0:
        work()
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    return used.ru_maxrss >> 10
