"""What was typed after ``gouji check``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The options as given; None or empty where nothing was, so that the configuration decides."""

    paths: tuple[str, ...]
    formats: tuple[str, ...]
    output: Path | None
    force: bool
    select: tuple[str, ...] | None
    ignore: tuple[str, ...] | None
    severity: tuple[str, ...]
    fail_on: str | None
    edition: str | None
    year: int | None
    agency_kind: str | None
    previous: Path | None
    members: Path | None
    baseline: Path | None
    write_baseline: Path | None
    language: str | None
    jobs: int | None
    cache: bool
    quiet: bool
    verbose: bool
    strict: bool | None
    stdin_name: str
    config: Path | None
    use_config: bool
    show_config: bool
    statistics: bool
    watch: bool
    color: str
