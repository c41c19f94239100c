"""The program's own data, read and checked once and then kept: editions, rules, words, parsers."""

from __future__ import annotations

from collections.abc import Callable
from pickle import UnpicklingError
from typing import TypeVar

from linter.store.cache import key, user_cache
from linter.store.packing import Packing

T = TypeVar("T")


def compiled(name: str, kind: type[T], build: Callable[[], T], packing: Packing | None = None) -> T:
    """What `build` makes of the program's files, from the cache unless the program or any of its data has changed."""
    packing = packing or Packing()
    place = key("compiled", name)
    kept = user_cache().get(place)
    if kept is not None:
        try:
            return packing.unpack(kept, kind)
        except UnpicklingError:
            pass  # kept by something that is not this program: made again
    made = build()
    user_cache().put(place, packing.pack(made))
    return made
