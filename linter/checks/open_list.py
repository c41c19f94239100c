"""Numbers of a list as they come: which of them go on with it, and what is told of one that does not."""

from __future__ import annotations

from dataclasses import dataclass

from linter.model.document import Span

LAST = 40
"""No list of a report is longer; a larger number is something else (2023 年)."""


@dataclass(frozen=True, slots=True)
class Break:
    """A number that does not go on with its list.

    `found`: the number as written; `expected`: what should stand in its place; `previous`: the one before it, "" for
    the first, and `before` its place. `variant`: "" numbers are skipped, ``repeated``, ``backward``, ``headless``: the
    list does not begin at one.
    """

    span: Span
    found: str
    expected: str
    variant: str
    previous: str = ""
    before: Span | None = None


@dataclass(slots=True)
class OpenList:
    """A list being read. `found`: its last number as written; `meant`: the one that should have stood there."""

    found: int
    meant: int

    def goes_on(self, number: int, unnumbered: int = 0) -> bool:
        """Whether `number` goes on with the list or begins it anew, when `unnumbered` items stand between."""
        return number == 1 or any(last < number <= last + 1 + unnumbered for last in (self.found, self.meant))

    def take(self, number: int) -> None:
        self.found = self.meant = number

    def stray(self, number: int) -> str:
        """Takes a number that does not go on with the list; the variant that says how."""
        variant = "repeated" if number == self.found else "backward" if number < self.meant else ""
        self.found, self.meant = number, min(self.meant + 1, LAST)
        return variant
