"""Processes that work for a run, and what becomes of their work where one of them is killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Work(Generic[T]):
    """Some files in hand; `answers` to come, a value a file, None where there is no file."""

    paths: Sequence[str]
    answers: Future[list[T]] | None


class Crew(Generic[T]):
    """A number of processes that do `work`: files in, a value a file out, in order.

    Whoever kills one of them (the system does where memory runs out) breaks the whole pool: others take over, and what
    was in hand is done file by file, each in a process of its own. So a file that kills costs nobody else an answer.
    """

    def __init__(self, work: Callable[[Sequence[str]], list[T]], number: int) -> None:
        self._work = work
        self._number = number
        self._pool = ProcessPoolExecutor(number)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def begin(self, paths: Sequence[str]) -> Work[T]:
        """Takes the files in hand."""
        if not paths:
            return Work(paths, None)
        try:
            answers = self._pool.submit(self._work, paths)
        except BrokenProcessPool:
            self._pool = ProcessPoolExecutor(self._number)
            answers = self._pool.submit(self._work, paths)
        return Work(paths, answers)

    def done(self, work: Work[T]) -> Iterator[tuple[str, T | None]]:
        """The files with their values; None: whoever worked on it was killed, twice. Raises what the work raises."""
        if work.answers is None:
            return
        try:
            yield from zip(work.paths, work.answers.result(), strict=True)
        except BrokenProcessPool:
            for path in work.paths:
                yield path, self._alone(path)

    def _alone(self, path: str) -> T | None:
        with ProcessPoolExecutor(1) as pool:
            try:
                return pool.submit(self._work, [path]).result()[0]
            except BrokenProcessPool:
                return None
