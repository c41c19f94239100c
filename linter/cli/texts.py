"""The words of the command line (``rules/help.toml``) in the language asked for."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NoReturn

from linter.loading import Fields, read_toml
from linter.resources import folder
from linter.store.compiled import compiled
from linter.store.packing import Packing
from linter.words import LANGUAGES, Catalogue, Entry

DEFAULT = "zh"


def language(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> str:
    """``--lang`` if given, else GOUJI_LANG, else Chinese: help texts are needed before options are parsed."""
    for option, value in zip(arguments, (*arguments[1:], ""), strict=False):
        wanted = value if option == "--lang" else option.removeprefix("--lang=") if option.startswith("--lang=") else ""
        if wanted in LANGUAGES:
            return wanted
    asked = environment.get("GOUJI_LANG", DEFAULT)
    return asked if asked in LANGUAGES else DEFAULT


@cache
def texts(spoken: str) -> Catalogue:
    """``say("help.check")``, ``say("usage.exists", path=…)``. Raises LoadError, Usage for a language there is not."""
    if spoken not in LANGUAGES:
        choices = ", ".join(LANGUAGES)
        stop(texts(language(()))("usage.unknown-choice", option="--lang", choices=choices, value=spoken))
    return Catalogue(spoken, compiled("help", dict, _as_written, Packing(also=[Entry])))


def _as_written() -> dict[str, Entry]:
    text = (folder("rules") / "help.toml").read_text(encoding="utf-8")
    return read_toml(text, "rules/help.toml", _sections)


def _sections(fields: Fields) -> dict[str, Entry]:
    return {
        f"{section}.{key}": entry
        for section in ("help", "usage")
        for key, entry in fields.named(section, lambda entry: Entry(entry.text("zh"), entry.text("en"))).items()
    }


class Usage(Exception):
    """Wrong usage or configuration: one line for the person, exit status 2."""


def stop(message: str) -> NoReturn:
    """Ends the command with a message."""
    raise Usage(message)
