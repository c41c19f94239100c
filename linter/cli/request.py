"""What was typed after ``gouji check``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The options as given; None or empty where nothing was, so that the configuration decides."""

    paths: tuple[str, ...]
    formats: tuple[str, ...] = ()
    """Each ``format`` or ``format=file``."""
    output: Path | None = None
    force: bool = False
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    severity: tuple[str, ...] = ()
    fail_on: str | None = None
    edition: str | None = None
    year: int | None = None
    agency_kind: str | None = None
    previous: Path | None = None
    members: Path | None = None
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    baseline: Path | None = None
    use_baseline: bool = True
    write_baseline: Path | None = None
    prune_baseline: bool = False
    language: str | None = None
    jobs: int | None = None
    cache: bool = True
    quiet: bool = False
    verbose: bool = False
    strict: bool | None = None
    stdin_name: str = "stdin.txt"
    config: Path | None = None
    use_config: bool = True
    show_config: bool = False
    watch: bool = False
    color: str = "auto"

    def called(self, path: str) -> str:
        """What the draft at `path` goes by: standard input by the name given to it."""
        return self.stdin_name if path == "-" else path
