"""Where the data lies: `rules/` and `grammar/` inside the package as installed, beside it in a checkout."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@cache
def folder(name: Literal["rules", "grammar"]) -> Traversable:
    """The folder of that name: `linter/_data` in a wheel, else beside `linter/`.

    Beside `linter/` only where `pyproject.toml` stands too: a wheel that lost its data must not read another
    distribution's `rules` (django-rules installs one). Raises FileNotFoundError.
    """
    package = files("linter")
    packaged = package / "_data" / name
    if packaged.is_dir():
        return packaged
    checkout = package / ".."
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    raise FileNotFoundError(f"{name}/ was not packaged with linter")
