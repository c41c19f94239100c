"""Text to our types through `grammar/*.lark`: the only module that imports Lark, and none of its trees leaves it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast

from linter.model.edition import Sum
from linter.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lark import Lark


class Misformed(ValueError):
    """A text that its grammar does not know: ``text[start:end]`` does not fit, `expected` would (in words)."""

    def __init__(self, start: int, end: int, expected: str) -> None:
        super().__init__(f"at {start}: expected {expected}")
        self.start = start
        self.end = end
        self.expected = expected


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """Where Lark finds the grammars that a grammar imports. A dataclass, so that its name in a cache key is stable."""

    def __call__(self, _base: object, path: str) -> tuple[str, str]:
        return path, folder("grammar").joinpath(path).read_text("utf-8")


@cache
def parser(name: str, **options: Any) -> Lark:
    """The parser of ``grammar/<name>.lark``, LALR unless `options` (Lark's, hashable ones) say otherwise."""
    from lark import Lark  # noqa: PLC0415 - 70 ms that a run without parsing need not pay

    text = folder("grammar").joinpath(f"{name}.lark").read_text("utf-8")
    return Lark(text, **{"parser": "lalr", "import_paths": [_Neighbours()], **options})


def parse_identity(text: str) -> tuple[Sum, Literal["==", ">=", "<="], Sum]:
    """The two sums of an identity and how they compare; a literal 0 is a sum of nothing. Raises `Misformed`."""
    from lark import UnexpectedCharacters, UnexpectedToken  # noqa: PLC0415 - as in `parser`

    try:
        left, relation, right = cast("Any", parser("identity").parse(text)).children
    except UnexpectedCharacters as error:
        raise _misformed(error.pos_in_stream, 1, error.allowed) from error
    except UnexpectedToken as error:
        start = len(text) if error.token.type == "$END" else error.pos_in_stream
        raise _misformed(start, len(error.token) or 1, error.expected) from error
    compared = cast("Literal['==', '>=', '<=']", str(relation))
    return Sum(tuple(map(str, left.children))), compared, Sum(tuple(map(str, right.children)))


def _misformed(start: int | None, length: int, expected: Iterable[str]) -> Misformed:
    """Lark's complaint in our terms; tokens go by the names they have in the grammar."""
    names = sorted("end" if name in ("$END", "<END-OF-FILE>") else name.strip("_").lower() for name in expected)
    return Misformed(start or 0, (start or 0) + length, " or ".join(names))
