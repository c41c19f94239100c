"""Runs a native library on a foreign file in a child process, so that no file can hang or crash the linter."""

from __future__ import annotations

import faulthandler
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable
from typing import NoReturn, TypeVar

from linter.model.document import Unreadable

SECONDS = 60
"""Processor time for one file."""
BYTES = 1_500_000_000
"""Address space that the process that reads one file may take beyond what it begins with."""

T = TypeVar("T")


def bounded(work: Callable[[], T]) -> T:
    """What `work` returns, computed in a forked child with limits on time and memory.

    Raises `Unreadable`: what `work` raised, ``timeout``, ``too-large`` if it ran out of memory, ``damaged`` if
    the library crashed. Where processes cannot be forked (Windows, other threads running) it is simply called.
    """
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return work()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _answer(work, writing)
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as pipe:
            answer = pipe.read()
    finally:
        _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) or not answer:
        raise _ended(os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0)
    kind, value = pickle.loads(answer)  # noqa: S301 - written by our own child
    if kind == "unreadable":
        raise Unreadable(*value)
    if kind == "failed":
        raise RuntimeError(value)
    return value  # type: ignore[no-any-return]


def _ended(by_signal: int) -> Unreadable:
    """Why a child ended without an answer: the time was up, no memory was left (allocators abort), or a crash."""
    if by_signal in {signal.SIGXCPU, signal.SIGKILL}:
        return Unreadable("timeout")
    return Unreadable("too-large", "memory") if by_signal == signal.SIGABRT else Unreadable("damaged", "crash")


def _answer(work: Callable[[], object], writing: int) -> NoReturn:
    """In the child: computes, writes (kind, value) and leaves without running anything that is the parent's."""
    try:
        _limit()
        _silence()
        answer = _outcome(work)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(answer, pipe, protocol=pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)


def _outcome(work: Callable[[], object]) -> tuple[str, object]:
    try:
        return "result", work()
    except Unreadable as error:
        return "unreadable", (error.reason, error.detail)
    except MemoryError:
        return "unreadable", ("too-large", "memory")
    except Exception:  # noqa: BLE001 - a bug of ours must reach the parent with its traceback
        return "failed", traceback.format_exc()


def _silence() -> None:
    """What a crashing library prints is not for the user."""
    faulthandler.disable()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _limit() -> None:
    import resource  # noqa: PLC0415 - POSIX only

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    used = int(resource.getrusage(resource.RUSAGE_SELF).ru_utime + resource.getrusage(resource.RUSAGE_SELF).ru_stime)
    _lower(resource.RLIMIT_CPU, used + SECONDS)
    _lower(resource.RLIMIT_AS, _mapped() + BYTES)


def _mapped() -> int:
    """Bytes of address space that this process has now; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no path object in a forked child
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _lower(kind: int, wanted: int) -> None:
    import resource  # noqa: PLC0415 - POSIX only

    _, hard = resource.getrlimit(kind)
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(kind, (limit, hard))
