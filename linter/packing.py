"""A `Result` as bytes and back: what one process sends another, and what the cache keeps.

The forms of an edition are named, not written out, and rules stay behind: whoever unpacks has both. Unpacking makes
values of the model and nothing else, whatever the bytes say.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any

from linter.model import document, edition, finding, outline, report
from linter.model.edition import Edition, FormSpec, Identity
from linter.model.finding import Result

_MODULES = (document, edition, finding, outline, report)
_VALUES = {("datetime", "date"): date, ("decimal", "Decimal"): Decimal}
"""What is not of the model and stands in its fields."""

Reduced = tuple[Callable[..., object], tuple[object, ...]]
"""What pickle writes for a value: what makes it, and from what."""


class Packing:
    """Results to bytes and back, for one set of editions."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self._named = _named(editions)
        names = {id(value): name for name, value in self._named.items()}
        ways = {kind: _way(kind, names) for kind in _kinds().values()}
        self._ways: Mapping[type, Callable[[Any], Any]] = {**copyreg.dispatch_table, **ways}

    def pack(self, result: Result) -> bytes:
        """The result, without its rules."""
        packed = io.BytesIO()
        pickler = pickle.Pickler(packed, pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = self._ways
        pickler.dump(replace(result, rules=()))
        return packed.getvalue()

    def unpack(self, packed: bytes) -> Result:
        """What was packed with the same editions. Raises pickle.UnpicklingError for what was not."""
        try:
            result = _Unpickler(packed, self._named).load()
        except (ValueError, TypeError, LookupError, AttributeError, EOFError) as error:
            raise pickle.UnpicklingError(str(error)) from error
        if not isinstance(result, Result):
            raise pickle.UnpicklingError("no result")
        return result


class _Unpickler(pickle.Unpickler):
    """Knows the classes of the model, a few values, and two functions; nothing else can be made."""

    def __init__(self, packed: bytes, named: Mapping[tuple[str, ...], object]) -> None:
        super().__init__(io.BytesIO(packed))
        self._named = named

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (__name__, _by_name.__name__):
            return lambda *path: self._named[path]
        if (module, name) == (__name__, _by_keyword.__name__):
            return _by_keyword
        known = _kinds().get((module, name)) or _VALUES.get((module, name))
        if known is None:
            raise pickle.UnpicklingError(f"no part of a result: {module}.{name}")
        return known


@cache
def _kinds() -> Mapping[tuple[str, str], type]:
    """The classes of the model by module and name."""
    return {
        (module.__name__, name): value
        for module in _MODULES
        for name, value in vars(module).items()
        if isinstance(value, type) and value.__module__ == module.__name__
    }


def _way(kind: type, names: Mapping[int, tuple[str, ...]]) -> Callable[[Any], Reduced]:
    """How a value of that class is written: by its name in an edition, else by its fields."""
    if issubclass(kind, Enum):
        return lambda value: (kind, (value.value,))
    if not is_dataclass(kind):
        return lambda value: value.__reduce_ex__(pickle.HIGHEST_PROTOCOL)
    written = _by_fields(kind)
    if kind not in (Edition, FormSpec, Identity):
        return written
    return lambda value: (_by_name, names[id(value)]) if id(value) in names else written(value)


@cache
def _by_fields(kind: type) -> Callable[[Any], Reduced]:
    """Twice as fast and small as what pickle does with a frozen dataclass."""
    names = tuple(item.name for item in fields(kind))
    if any(item.kw_only for item in fields(kind)):
        usual = {item.name: item.default for item in fields(kind)}
        return lambda value: (
            _by_keyword,
            (kind, {name: found for name in names if (found := getattr(value, name)) is not usual[name]}),
        )
    values = attrgetter(*names, "__class__")  # one name more, so that it always answers a tuple
    return lambda value: (kind, values(value)[:-1])


def _by_keyword(kind: type, values: Mapping[str, object]) -> object:
    return kind(**values)


def _by_name(*path: str) -> object:
    """Stands in packed bytes for what an edition names; `_Unpickler` looks it up."""
    raise LookupError(path)


def _named(editions: Iterable[Edition]) -> Mapping[tuple[str, ...], object]:
    """Editions, their forms and identities by name."""
    named: dict[tuple[str, ...], object] = {}
    for item in editions:
        named[(item.id,)] = item
        for form in item.forms:
            named[item.id, form.id] = form
            named |= {(item.id, form.id, identity.id): identity for identity in form.identities}
    return named
