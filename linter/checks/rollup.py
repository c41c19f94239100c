"""Every cell of a government's report is the sum over its members' (format-facts §9, F117)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase

from linter.checks.figures import figures, why_unknown
from linter.checks.settings import Settings
from linter.model.edition import Kind
from linter.model.finding import Check, Fact, Problem, Severity, Unchecked, Value
from linter.model.report import AgencyKind, Number, Place, Report, Term, cell_paths

_FIELDS = frozenset({"cell", "stated", "computed", "difference", "parts", "members"})
_WHOLE = frozenset({"member", "count", "cells"})
FIELDS: Mapping[str, frozenset[str]] = {"": _FIELDS, "left-out": _WHOLE, "twice": _WHOLE}
"""`parts`: the members' figures as terms; `members`: those that are not 0, each as a text ``name figure``."""
