"""One fuzzing process: ``python fuzz/one.py TARGET [libFuzzer options]``; started by run.py.

An exception that escapes is kept as a file in tests/fuzz_cases/, the smallest for each place in the code, and fuzzing
goes on. A crash of the process, a hang or too much memory ends it; libFuzzer leaves the input for run.py.
"""
# ruff: noqa: INP001 -- scripts beside each other, no package

from __future__ import annotations

import hashlib
import pkgutil
import random
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import atheris
from targets import CASES, TARGETS, Target

PATIENCE = 20
"""Seconds spent on making one case small."""


def main() -> None:
    """Hands the target to libFuzzer, which ends the process."""
    name, *options = sys.argv[1:]
    target = TARGETS[name]
    _instrument("linter.readers." if name != "check" else "linter.")
    if name == "pdf":  # with a second thread the reader does not fork, and its coverage is seen (readers/bounded.py)
        threading.Thread(target=threading.Event().wait, daemon=True).start()
    hunter = Hunter(name, target)
    mutate = mutator(target)
    atheris.Setup([sys.argv[0], f"-max_len={target.limit}", *options], hunter.try_one, custom_mutator=mutate)
    atheris.Fuzz()


def _instrument(part: str) -> None:
    """Imports the modules whose coverage guides the search, so that it is measured."""
    import linter  # noqa: PLC0415 -- the package itself has nothing to measure

    with atheris.instrument_imports(include=["linter"]):
        for module in pkgutil.walk_packages(linter.__path__, "linter."):
            if module.name.startswith(part) and not module.name.startswith(("linter.cli", "linter.__main__")):
                import_module(module.name)


class Hunter:
    """Tries inputs and keeps the smallest one for each place where an exception escapes."""

    def __init__(self, name: str, target: Target) -> None:
        self.name = name
        self.target = target
        self.found: set[str] = set()

    def try_one(self, data: bytes) -> None:
        place = self._escapes(data)
        if place and place not in self.found:
            self.found.add(place)
            self._keep(minimal(data, lambda shorter: self._escapes(shorter) == place), place)

    def _escapes(self, data: bytes) -> str:
        """What escapes and where, "" nothing."""
        try:
            self.target.exercise(self.target.file(data), self.target.name)
        except Exception as error:  # noqa: BLE001 -- what escapes is what we look for
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "linter" in frame.filename]
            frame = frames[-1] if frames else traceback.extract_tb(error.__traceback__)[-1]
            law = str(error) if isinstance(error, AssertionError) else ""
            return f"{type(error).__name__} {law} {Path(frame.filename).name}:{frame.lineno}"
        return ""

    def _keep(self, data: bytes, place: str) -> None:
        file = self.target.file(data)
        digest = hashlib.sha256(file).hexdigest()[:8]
        path = CASES / f"{self.name}-{digest}{Path(self.target.name).suffix}"
        CASES.mkdir(exist_ok=True)
        path.write_bytes(file)
        print(f"FOUND {place} -> {path.name} ({len(file)} bytes)", flush=True)  # noqa: T201 -- the answer
        try:
            self.target.exercise(file, self.target.name)
        except Exception:  # noqa: BLE001 -- shown, not handled
            traceback.print_exc(file=sys.stdout)


def minimal(data: bytes, fails: Callable[[bytes], bool]) -> bytes:
    """The data with every stretch cut out that the failure does not need, as far as time allows."""
    end = time.monotonic() + PATIENCE
    step = len(data) // 2
    while step:
        start = 0
        while start < len(data) and time.monotonic() < end:
            shorter = data[:start] + data[start + step :]
            if fails(shorter):
                data = shorter
            else:
                start += step
        step //= 2
    return data


def mutator(target: Target) -> Callable[[bytes, int, int], bytes]:
    """Changes as people and converters make them (lines, figures, pieces), and libFuzzer's own on bytes."""

    def mutate(data: bytes, limit: int, seed: int) -> bytes:
        chance = random.Random(seed)  # noqa: S311 -- no secret
        if chance.random() < 0.3:
            return bytes(atheris.Mutate(data, limit))
        text = data.decode("utf-8", "surrogateescape")
        changes = _OF_MARKUP if chance.random() < text.count("<") / 50 else _CHANGES
        for _ in range(chance.randint(1, 4)):
            text = chance.choice(changes)(text, target, chance)
        return text.encode("utf-8", "surrogateescape")[:limit]

    return mutate


def _insert(text: str, target: Target, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(target.tokens) + text[at:]


def _cut(text: str, _: Target, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + text[at + chance.choice((1, 2, 5, 20, 200)) :]


def _copy(text: str, _: Target, chance: random.Random) -> str:
    at, to = chance.randint(0, len(text)), chance.randint(0, len(text))
    return text[:to] + text[at : at + chance.choice((1, 5, 40, 400))] + text[to:]


def _figure(text: str, _: Target, chance: random.Random) -> str:
    places = [index for index, character in enumerate(text) if character.isdigit()]
    if not places:
        return text
    at = chance.choice(places)
    return (
        text[:at]
        + chance.choice(("", "0", "9", "-1", "12345678901234567890", "０", "一", "②", "⅓", "1e5", "1,000", "٣"))
        + text[at + 1 :]
    )


def _swap(text: str, _: Target, chance: random.Random) -> str:
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _element(text: str, _: Target, chance: random.Random) -> str:
    """An element of the markup left out, doubled, put elsewhere or inside another: tags stay balanced."""
    tags = list(_OPENING.finditer(text))
    if not tags:
        return text
    first = chance.choice(tags)
    end = _closing(text, first)
    element, rest = text[first.start() : end], text[: first.start()] + text[end:]
    to = chance.choice([tag.start() for tag in _OPENING.finditer(rest)] or [0])
    match chance.randrange(4):
        case 0:
            return rest
        case 1:
            return text[:end] + element + text[end:]
        case 2:
            return rest[:to] + element + rest[to:]
        case _:
            return text[: first.end()] + element + text[first.end() :]


_OPENING = re.compile(r"<([a-z:A-Z]+)(?: [^<>]*)?(?<!/)>")


def _closing(text: str, opening: re.Match[str]) -> int:
    """Where the element that begins here ends; the tag's own end where it is never closed."""
    depth = 0
    for tag in re.compile(rf"<(/?){re.escape(opening[1])}(?: [^<>]*)?(?<!/)>").finditer(text, opening.start()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return opening.end()


_CHANGES = (_insert, _cut, _copy, _figure, _swap)
_OF_MARKUP = (_element, _element, _element, _figure, _insert)

if __name__ == "__main__":
    main()
