"""Work in a process of its own, killed when it is about to change the disk for the n-th time, or some time.

Whoever calls these uses no threads: a test runs them in a script of its own.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
Work = Callable[[], object]


def _opens(path: object, _: object, flags: object) -> bool:
    return not isinstance(path, int) and isinstance(flags, int) and bool(flags & WRITING)


def _is_there(path: Any, *more: int) -> bool:  # noqa: ANN401  # a path or a descriptor
    return more[-1:] != (-1,) or os.path.lexists(path)  # one below a folder's descriptor is


def _is_new(path: Any, *_: int) -> bool:  # noqa: ANN401  # as above
    return not os.path.lexists(path)


def _differs(path: Any, mode: int, _: int) -> bool:  # noqa: ANN401  # as above
    return os.stat(path).st_mode & 0o777 != mode  # noqa: PTH116  # a descriptor, too


# Audit events, and whether what is announced changes anything.
CHANGES: dict[str, Callable[..., bool]] = {
    "open": _opens,
    "os.rename": _is_there,
    "os.remove": _is_there,
    "os.rmdir": _is_there,
    "os.mkdir": _is_new,
    "os.chmod": _differs,
}


def in_child(work: Work) -> bool:
    """Do it in a child; tell whether the child was killed. One that fails by itself is an error."""
    if (child := os.fork()) == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001  # the child must end here
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("the work failed by itself")
    return os.WIFSIGNALED(status)


def killed_after(seconds: float, work: Work) -> Work:
    """The work, killed after some time: SIGALRM that nobody handles ends a process at once."""
    return lambda: (signal.setitimer(signal.ITIMER_REAL, seconds), work())


def killed_at(number: int, work: Work) -> Work:
    """The work, killed before the n-th change (from 0) that it makes to the disk."""

    def doomed() -> None:
        watch(dying_at(number))
        work()

    return doomed


def dying_at(number: int) -> Callable[[str], None]:
    """Told of steps, it kills the process at the n-th."""
    left = iter(range(number))
    return lambda _: None if next(left, None) is not None else os.kill(os.getpid(), signal.SIGKILL)


def watch(seen: Callable[[str], object]) -> None:
    """From now on say what is about to be done to the disk, before it is."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in CHANGES and CHANGES[event](*arguments):
            seen(f"{event} {arguments[0]}")

    sys.addaudithook(hook)
