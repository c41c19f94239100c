"""Answers kept by the identity of what they are about: to compare two editions takes longer than a check."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Source = TypeVar("Source")
Prepared = TypeVar("Prepared")

_MOST = 64
"""More editions than anyone has; beyond that all is forgotten."""


def kept(prepare: Callable[[Source], Prepared]) -> Callable[[Source], Prepared]:
    """The function, whose answer for the very same object is remembered. The object must never change."""
    answers: dict[int, tuple[Source, Prepared]] = {}

    @wraps(prepare)
    def remembered(source: Source) -> Prepared:
        answer = answers.get(id(source))
        if answer is None or answer[0] is not source:
            if len(answers) >= _MOST:
                answers.clear()
            answer = answers[id(source)] = (source, prepare(source))
        return answer[1]

    return remembered
