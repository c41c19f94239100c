"""``gouji init`` and ``gouji new``: the files one begins with."""

from __future__ import annotations

from pathlib import Path

from linter.blank.layout import blank
from linter.blank.markdown import markdown
from linter.blank.word import word
from linter.cli.output import save
from linter.cli.plan import check_year
from linter.cli.texts import stop
from linter.config.files import template
from linter.editions import load_editions
from linter.words import Catalogue

_SUFFIXES = (".docx", ".md")


def init(say: Catalogue, *, force: bool) -> int:
    """Writes ``gouji.toml`` with comments into the current folder."""
    save(Path("gouji.toml"), template().encode("utf-8"), say, force=force)
    return 0


def new(target: Path, agency: str, year: int, edition: str, say: Catalogue, *, force: bool) -> int:
    """Writes an empty report on the form of the year, or on the one asked for."""
    if target.suffix.lower() not in _SUFFIXES:
        stop(say("usage.suffix", choices=say("usage.or").join(_SUFFIXES), path=target))
    check_year(year, say)
    editions = load_editions()
    serving = [item for item in editions if (item.serves(year) if edition == "auto" else item.id == edition)]
    if not serving:
        known = ", ".join(item.id for item in editions)
        stop(
            say("usage.unknown-choice", option="--edition", choices=known, value=edition if edition != "auto" else year)
        )
    items = blank(serving[-1], agency, year)
    content = word(items) if target.suffix.lower() == ".docx" else markdown(items).encode("utf-8")
    save(target, content, say, force=force)
    return 0
