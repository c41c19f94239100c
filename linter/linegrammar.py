"""The line grammars: terminals of grammar/line.lark, and grammar/report.lark over line tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from linter.grammars import _Neighbours, parser
from linter.resources import folder


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
