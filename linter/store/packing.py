"""Values of the model as bytes and back: what one process sends another, and what the cache keeps.

Unpacking makes values of the model and nothing else, whatever the bytes say.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar

from linter.model import document, edition, finding, outline, report
from linter.model.edition import Edition, FormSpec, Identity

_MODULES = (document, edition, finding, outline, report)
_VALUES = {("datetime", "date"): date, ("decimal", "Decimal"): Decimal}
"""What is not of the model and stands in its fields."""

T = TypeVar("T")
Reduced = tuple[Callable[..., object], tuple[object, ...]]
"""What pickle writes for a value: what makes it, and from what."""


class Packing:
    """Values to bytes and back. The forms and relations of `editions` are named, not written out: both sides have them.

    `also`: dataclasses outside the model that stand in the values.
    """

    def __init__(self, editions: Iterable[Edition] = (), also: Iterable[type] = ()) -> None:
        self._named = _named(editions)
        self._kinds = {**_kinds(), **{(kind.__module__, kind.__name__): kind for kind in also}}
        names = {id(value): name for name, value in self._named.items()}
        self._ways: Mapping[type, Callable[[Any], Any]] = {
            **copyreg.dispatch_table,
            **{kind: _way(kind, names) for kind in self._kinds.values()},
            MappingProxyType: lambda value: (_read_only, (dict(value),)),
        }

    def pack(self, value: object) -> bytes:
        """The value as bytes. Raises pickle.PicklingError or TypeError for what has no way to be written."""
        packed = io.BytesIO()
        pickler = pickle.Pickler(packed, pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = self._ways
        pickler.dump(value)
        return packed.getvalue()

    def unpack(self, packed: bytes, kind: type[T]) -> T:
        """What was packed in the same way. Raises pickle.UnpicklingError for what was not, or is not of that `kind`."""
        try:
            value = _Unpickler(packed, self._kinds, self._named).load()
        except (ValueError, TypeError, LookupError, AttributeError, EOFError) as error:
            raise pickle.UnpicklingError(str(error)) from error
        if not isinstance(value, kind):
            raise pickle.UnpicklingError(f"expected {kind.__name__}, found {type(value).__name__}")
        return value


class _Unpickler(pickle.Unpickler):
    """Knows the classes it is given, a few values, and the functions below; nothing else can be made."""

    def __init__(
        self, packed: bytes, kinds: Mapping[tuple[str, str], type], named: Mapping[tuple[str, ...], object]
    ) -> None:
        super().__init__(io.BytesIO(packed))
        self._kinds = kinds
        self._named = named

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (__name__, _by_name.__name__):
            return lambda *path: self._named[path]
        makers = {(__name__, maker.__name__): maker for maker in (_by_keyword, _read_only)}
        known = self._kinds.get((module, name)) or _VALUES.get((module, name)) or makers.get((module, name))
        if known is None:
            raise pickle.UnpicklingError(f"unknown {module}.{name}")
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


def _read_only(values: Mapping[str, object]) -> Mapping[str, object]:
    return MappingProxyType(values)


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
