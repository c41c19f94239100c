"""Typing slips in a number: one digit wrong, two exchanged, one dropped, one doubled."""

from __future__ import annotations

import random


def wrong(rng: random.Random, number: str) -> str:
    """One digit another one."""
    at = rng.randrange(len(number))
    others = [
        digit for digit in "0123456789" if digit != number[at] and not (digit == "0" and at == 0 and len(number) > 1)
    ]
    return number[:at] + rng.choice(others) + number[at + 1 :]


def swapped(rng: random.Random, number: str) -> str | None:
    """Two neighbours exchanged; None where all are alike or a nought would lead."""
    places = [at for at in range(len(number) - 1) if number[at] != number[at + 1] and (at or number[1] != "0")]
    if not places:
        return None
    at = rng.choice(places)
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def dropped(rng: random.Random, number: str) -> str | None:
    """One digit missing; None for a single digit."""
    places = [at for at in range(len(number)) if len(number) > 1 and (at or number[1] != "0" or len(number) == 2)]
    if not places:
        return None
    at = rng.choice(places)
    return number[:at] + number[at + 1 :]


def doubled(rng: random.Random, number: str) -> str | None:
    """One digit typed twice; None for a lone nought."""
    if number == "0":
        return None
    at = rng.randrange(len(number))
    return number[: at + 1] + number[at:]


SLIPS = {"digit wrong": wrong, "digits swapped": swapped, "digit dropped": dropped, "digit doubled": doubled}
