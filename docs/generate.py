"""Writes docs/rules/: a page per rule and the catalogue, from the data in rules/. ``python docs/generate.py``.

tests/test_docs.py holds the files to what this writes.
"""
# ruff: noqa: INP001 -- a script, no package

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from linter.cli import catalogue, pages  # noqa: E402 -- found beside docs/, installed or not
from linter.model.finding import Rule  # noqa: E402 -- as above
from linter.words import LANGUAGES  # noqa: E402 -- as above

FOLDER = ROOT / "docs" / "rules"


def files() -> dict[Path, str]:
    """Every generated file with its text."""
    rules = catalogue.every_rule()
    written = {FOLDER / f"{rule.id}.md": _joined(_page(rule)) for rule in rules}
    return {FOLDER / "README.md": _joined(_catalogue(rules)), **written}


def _page(rule: Rule) -> Iterator[str]:
    """Chinese, then English."""
    for language in LANGUAGES:
        if language != LANGUAGES[0]:
            yield from ("", "---", "")
        yield from pages.markdown(pages.page(rule, language))
    yield from ("", "---", "", *_made())


def _catalogue(rules: tuple[Rule, ...]) -> Iterator[str]:
    for language in LANGUAGES:
        say = pages.page_words(language)
        yield from (f"# {say('page.catalogue')}", "", catalogue.counts(rules, language), "")
        yield from catalogue.table(rules, language, link="{id}.md")
    yield from _made()


def _made() -> Iterator[str]:
    for language in LANGUAGES:
        yield pages.page_words(language)("page.generated")


def _joined(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def main() -> None:
    """Writes the files and removes pages of rules that are gone."""
    FOLDER.mkdir(exist_ok=True)
    wanted = files()
    for path in set(FOLDER.glob("*.md")) - wanted.keys():
        path.unlink()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
