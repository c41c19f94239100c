"""``python -m linter`` and the command ``gouji``."""

from __future__ import annotations


def main() -> None:
    """Runs the command line."""
    from linter.cli.app import app  # noqa: PLC0415 -- imported when the command starts, not with the package

    app()


if __name__ == "__main__":
    main()
