"""What the terminal that standard output goes to shows: colours, and how wide a line may be."""

from __future__ import annotations

import os
import sys
from shutil import get_terminal_size


def colour(choice: str = "auto") -> bool:
    """Whether to paint, for ``always``, ``never`` or ``auto``: a terminal that can, whose owner has not said no
    (no-color.org).
    """
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width(otherwise: int) -> int:
    """Cells of a line of the terminal; `otherwise` where there is none."""
    return get_terminal_size((otherwise, 24)).columns
