"""What a text quotes: titles, quotations, document numbers. They keep their wording and their years for good."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|“[^“”]{0,80}”|〔[^〔〕]*〕")


def quoted(text: str) -> tuple[range, ...]:
    """Where `text` quotes, marks included: 《…》 with 《…》 inside it, “…” up to 80 characters, 〔…〕."""
    return tuple(range(*found.span()) for found in _QUOTED.finditer(text))
