"""`grammar/*.lark` put to work: the only module that imports Lark. Its trees are read by `data` and `children`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast

from linter.model.edition import Sum
from linter.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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


def terminals(name: str) -> tuple[tuple[str, str], ...]:
    """The terminals that ``grammar/<name>.lark`` defines, as (name, regular expression), in the order written."""
    from lark.load_grammar import load_grammar  # noqa: PLC0415 - as in `parser`

    text = folder("grammar").joinpath(f"{name}.lark").read_text("utf-8")
    grammar, _ = load_grammar(text, name, [_Neighbours()], False)  # type: ignore[no-untyped-call] # Lark leaves it so
    kept = tuple(re.findall(r"^([A-Z_]+)(?:\.\d+)?\s*:", text, re.MULTILINE))
    compiled = {term.name: term.pattern.to_regexp() for term in grammar.compile([], kept)[0]}
    return tuple((term, compiled[term]) for term in kept)


def parse_report(tokens: Sequence[tuple[str, object]]) -> Any:
    """The tree of grammar/report.lark over line tokens (terminal, value); tree nodes have `data` and `children`."""
    return parser("report", start="report", lexer=_line_lexer()).parse(tokens)  # type: ignore[arg-type] # a custom lexer reads any input


@cache
def _line_lexer() -> type[Any]:
    from lark import Token  # noqa: PLC0415 - as in `parser`
    from lark.lexer import Lexer  # noqa: PLC0415 - as in `parser`

    class LineLexer(Lexer):
        """Hands the tokens over as they are: linter/parsing/lines.py made them, with the context that it takes."""

        def __init__(self, _conf: object) -> None:
            """Lark's interface; the grammar defines no terminals of its own."""

        def lex(self, tokens: Any) -> Iterator[Token]:  # type: ignore[override] # see parse_report
            return (Token(kind, value) for kind, value in tokens)

    return LineLexer
