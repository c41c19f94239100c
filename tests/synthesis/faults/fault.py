"""What a fault is: a draft that is wrong, and what must be found in it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from synthesis.draft import Draft, Number

PROSE = frozenset({"N01", "N02", "N03", "N04", "N05", "N06"})
"""What may contradict a figure that the prose repeats."""
LOOSE = frozenset({"C07", "C09", "T05", "T10", "T09", "Y04"})
"""What a changed figure may raise beside its sums."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A draft with a fault.

    `rules`: each would be the finding (none: nothing in the report contradicts it, so nobody can notice).
    `paths`: where, each the beginning of a path; `near`: or the text there, without blanks. `beside`: rules that may
    speak too. `cells`: the figures to blame and what they should be; `determined`: the relations leave no other answer.
    """

    draft: Draft
    rules: frozenset[str]
    paths: tuple[str, ...] = ()
    near: str = ""
    beside: frozenset[str] = frozenset()
    cells: Mapping[str, Number] = field(default_factory=dict)
    determined: bool = False
    bounded: bool = False
    """A comparison broke: the relations know a bound, not the figure that was meant."""
    previous: Draft | None = None
    doubt: bool = False
    """An answer that the form could not be checked will do: nobody can see which column is gone."""
    kind: str = ""


Maker = Callable[[Draft, random.Random], "Fault | None"]
"""A fault of one kind at random; None where the draft has no room for it."""
