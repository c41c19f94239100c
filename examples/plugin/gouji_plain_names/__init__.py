"""An example plug-in of gouji: a kind of check with its rule pack, and an output format."""

from __future__ import annotations

from pathlib import Path

PACK = Path(__file__).with_name("rules.toml")
"""The rule pack, for ``rules = ["…"]`` in gouji.toml: ``python -m gouji_plain_names`` prints where it is."""
