"""``python -m gouji_plain_names``: the path of the rule pack."""

from __future__ import annotations

import sys

from gouji_plain_names import PACK

sys.stdout.write(f"{PACK}\n")
