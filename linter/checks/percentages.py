"""占 p% follows from the figures printed beside it, and a change against last year from the two years' figures."""

from __future__ import annotations
