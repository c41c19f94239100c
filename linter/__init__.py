"""gouji: a compliance linter for draft 政府信息公开工作年度报告.

``from linter import check`` is the library: ``check(path_or_bytes, …) -> Result`` (docs/library.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linter.version import __version__

if TYPE_CHECKING:
    from linter.library import check
    from linter.options import Options

__all__ = ["Options", "__version__", "check"]


def __getattr__(name: str) -> Any:
    """`check` and `Options`, imported when first asked for: the command's start does not pay for them."""
    if name == "check":
        from linter.library import check  # noqa: PLC0415 -- see above

        return check
    if name == "Options":
        from linter.options import Options  # noqa: PLC0415 -- see above

        return Options
    raise AttributeError(f"module 'linter' has no attribute {name!r}")
