"""`grammar/*.lark` put to work: the only module that imports Lark. Its trees are read by `data` and `children`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal, cast

from linter.model.edition import Sum
from linter.resources import folder
from linter.store.cache import key, user_cache
from linter.store.compiled import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    """The LALR parser of ``grammar/<name>.lark`` with Lark's `options` (hashable ones), built once and then kept."""
    from lark import Lark, __version__  # noqa: PLC0415 - 20 ms that a run without parsing need not pay

    place = key("grammar", name, __version__, repr(sorted(options.items())))
    kept = user_cache().get(place)
    if kept is not None:
        return Lark.load(BytesIO(kept))
    built = Lark(_text(name), parser="lalr", import_paths=[_Neighbours()], **options)
    written = BytesIO()
    built.save(written)
    user_cache().put(place, written.getvalue())
    return built


def _text(name: str) -> str:
    return folder("grammar").joinpath(f"{name}.lark").read_text("utf-8")


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


@cache
def terminals(name: str) -> tuple[tuple[str, str], ...]:
    """The terminals that ``grammar/<name>.lark`` defines, as (name, regular expression), in the order written."""
    return compiled(f"terminals {name}", tuple, lambda: _terminals(name))


def _terminals(name: str) -> tuple[tuple[str, str], ...]:
    from lark.load_grammar import load_grammar  # noqa: PLC0415 - as in `parser`

    text = _text(name)
    grammar, _ = load_grammar(text, name, [_Neighbours()], False)  # type: ignore[no-untyped-call] # Lark leaves it so
    kept = tuple(re.findall(r"^([A-Z_]+)(?:\.\d+)?\s*:", text, re.MULTILINE))
    patterns = {term.name: term.pattern.to_regexp() for term in grammar.compile([], kept)[0]}
    return tuple((term, patterns[term]) for term in kept)


def parse_report(tokens: Sequence[tuple[str, object]]) -> Any:
    """The tree of grammar/report.lark over line tokens (terminal, value); tree nodes have `data` and `children`.

    linter/parsing/lines.py made the tokens, with the context that it takes; Lark's own lexer has nothing to do.
    """
    from lark import Token  # noqa: PLC0415 - as in `parser`

    parsing: Any = parser("report", start="report").parse_interactive()
    for kind, value in tokens:
        parsing.feed_token(Token(kind, value))
    return parsing.feed_eof()
