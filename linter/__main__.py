"""``python -m linter`` and the command ``gouji``."""

from __future__ import annotations

import gc

SELDOM = 50_000
"""Objects made between two searches for rings of garbage. Results hold none: at Python's 700, unpacking a cached one
takes twice as long.
"""


def main() -> None:
    """Runs the command line."""
    gc.set_threshold(SELDOM)
    from linter.cli.app import app  # noqa: PLC0415 -- imported when the command starts, not with the package

    app()


if __name__ == "__main__":
    main()
