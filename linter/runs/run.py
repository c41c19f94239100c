"""Many drafts checked, in the order given: one answer a file, whatever the number of processes, cached or not."""

from __future__ import annotations

import os
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from pickle import UnpicklingError
from shutil import which

from linter.checks import KINDS
from linter.editions import load_editions
from linter.library import check, read_bytes, unread
from linter.model.document import Unreadable
from linter.model.finding import Result
from linter.options import Options, chosen
from linter.packs import load_rules
from linter.runs.answer import Answer
from linter.runs.series import NAMELESS, Imprint, imprint_of
from linter.store.cache import key, user_cache
from linter.store.packing import Packing

ALONE = 16
"""Up to so many files one process is faster than starting others."""
_BATCH = 16
_AHEAD = 3
"""Batches under way per process: enough to keep them busy, few enough to keep memory flat."""
_WHOLE = 256
"""So many results of one process stay as they are (a third of a megabyte each), for packing them costs time."""
_QUICK = 1
"""zlib's level: a third of the size at a twentieth of a check's time."""
_PACKAGES = ("pypdfium2", "python_calamine")
"""What reads files for us where it is installed."""


def run(paths: Sequence[str], options: Options, *, jobs: int = 0, cache: bool = True) -> Iterator[Answer]:
    """The answers in the order of `paths`, the same for any `jobs` and `cache`.

    `jobs`: processes, 0 for as many as there are processors. `cache`: an unchanged draft is not checked again, under
    the same options, rules and program; what is kept lies in the user's cache folder. Raises LoadError.
    """
    desk = partial(_Desk, options, cache=cache)
    workers = min(jobs or os.cpu_count() or 1, len(paths) // ALONE + 1)
    if workers > 1:
        yield from _spread(paths, desk, workers)
    else:
        alone = desk()
        yield from (alone.answer(path, whole=number < _WHOLE) for number, path in enumerate(paths))


@dataclass(frozen=True, slots=True)
class _Packed:
    """A result as bytes, beside what is asked of it unopened."""

    path: str
    reason: str
    imprint: Imprint
    result: bytes


class _Desk:
    """Where a draft is looked up among those answered before, else checked, and its answer kept."""

    def __init__(self, options: Options, *, cache: bool) -> None:
        self._options = options
        self._rules = chosen(load_rules(options.rules), options)
        self._packing = Packing(load_editions(options.editions), also=(_Packed, Imprint))
        ours = all(rule.kind in KINDS for rule in self._rules)  # a plug-in's code may change without our knowing
        self._cache = user_cache() if cache and ours else None
        self._basis = key(repr(options), *_packs(options), *_brought_in()) if self._cache else ""

    def find(self, path: str) -> _Packed | None:
        """What was kept of a draft as it is now."""
        return self._kept(path, _content(path)) if self._cache else None

    def make(self, path: str) -> _Packed:
        """What is to be kept of a draft checked now."""
        content = _content(path)
        return self.keep(self._check(path, content), content)

    def answer(self, path: str, *, whole: bool) -> Answer:
        """A draft's answer; one that has to be checked now stays in memory `whole` or not."""
        content = _content(path)
        packed = self._kept(path, content)
        if packed is not None:
            return self.opened(packed)
        result = self._check(path, content)
        if not whole:
            return self.opened(self.keep(result, content))
        if self._cache:
            self.keep(result, content)
        return Answer(path, result.reason, _imprint(result), lambda: result)

    def opened(self, packed: _Packed) -> Answer:
        """The answer that the bytes say."""
        return Answer(packed.path, packed.reason, packed.imprint, partial(self._open, packed))

    def unread(self, path: str, error: Unreadable) -> _Packed:
        """What is said of a draft that gives no report."""
        return self.keep(unread(path, error, self._options), error)

    def keep(self, result: Result, content: bytes | Unreadable) -> _Packed:
        """The result as bytes, in the cache too unless the file could not be read: the reason may go away."""
        whole = self._packing.pack(replace(result, rules=()))
        packed = _Packed(result.path, result.reason, _imprint(result), zlib.compress(whole, _QUICK))
        lasting = result.report is not None or result.reason == "not-a-report"
        if self._cache and lasting and isinstance(content, bytes):
            self._cache.put(self._key(result.path, content), self._packing.pack(packed))
        return packed

    def _kept(self, path: str, content: bytes | Unreadable) -> _Packed | None:
        if self._cache is None or isinstance(content, Unreadable):
            return None
        kept = self._cache.get(self._key(path, content))
        try:
            return self._packing.unpack(kept, _Packed) if kept is not None else None
        except UnpicklingError:
            return None

    def _check(self, path: str, content: bytes | Unreadable) -> Result:
        if isinstance(content, Unreadable):
            return unread(path, content, self._options)
        return check(content, name=path, options=self._options)

    def _open(self, packed: _Packed) -> Result:
        try:
            result = self._packing.unpack(zlib.decompress(packed.result), Result)
        except (zlib.error, UnpicklingError):  # kept by another hand: not believed
            return check(packed.path, options=self._options)
        if result.report is None:
            return result
        edition = result.report.edition.id
        return replace(result, rules=tuple(rule for rule in self._rules if edition in rule.editions))

    def _key(self, path: str, data: bytes) -> str:
        return key(self._basis, path, data)


def _spread(paths: Sequence[str], open_desk: Callable[[], _Desk], workers: int) -> Iterator[Answer]:
    """Looked up here, checked by other processes, a bounded number of batches ahead."""
    from linter.runs.crew import Crew, Work  # noqa: PLC0415 -- only for many files

    desk = open_desk()

    def begin(batch: Sequence[str]) -> tuple[list[_Packed | None], Work[_Packed]]:
        found = [desk.find(path) for path in batch]
        return found, crew.begin([path for path, packed in zip(batch, found, strict=True) if packed is None])

    batches = (paths[start : start + _BATCH] for start in range(0, len(paths), _BATCH))
    with Crew(partial(_made, open_desk), workers) as crew:
        under_way = deque(map(begin, islice(batches, workers * _AHEAD)))
        while under_way:
            found, missing = under_way.popleft()
            made = (packed or desk.unread(path, Unreadable("ended")) for path, packed in crew.done(missing))
            under_way.extend(map(begin, islice(batches, 1)))
            yield from (desk.opened(packed or next(made)) for packed in found)


def _imprint(result: Result) -> Imprint:
    return imprint_of(result.report) if result.report is not None else NAMELESS


def _content(path: str) -> bytes | Unreadable:
    """The file's bytes, read once: what is looked up, checked and kept is the same."""
    try:
        return read_bytes(Path(path))
    except Unreadable as error:
        return error


def _made(open_desk: Callable[[], _Desk], paths: Sequence[str]) -> list[_Packed]:
    """What a process sends back."""
    desk = open_desk()
    return [desk.make(path) for path in paths]


def _packs(options: Options) -> Iterator[bytes]:
    """What the rules and editions of the user's own say."""
    for path in (*options.rules, *options.editions):
        files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        yield from (file.read_bytes() for file in files)


def _brought_in() -> Iterator[str]:
    """Which other programs read for us, by place and date: another version may read otherwise."""
    for name in _PACKAGES:
        found = find_spec(name)
        yield _dated(found.origin if found else None)
    yield _dated(which("soffice"))


def _dated(path: str | None) -> str:
    return f"{path} {Path(path).stat().st_mtime_ns}" if path else ""
