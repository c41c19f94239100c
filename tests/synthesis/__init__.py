"""Honest synthetic reports of every edition, publisher and format, and faults put into them (docs/proof.md)."""

from __future__ import annotations

from synthesis.draft import EDITIONS, FORMATS, KINDS, Draft, Edition, Format, Kind
from synthesis.reports import Synthetic, compose, honest

__all__ = ["EDITIONS", "FORMATS", "KINDS", "Draft", "Edition", "Format", "Kind", "Synthetic", "compose", "honest"]
