"""Settings of rules are read strictly: what is wrong is refused by its key, before any draft is read."""

from __future__ import annotations

import pytest

from linter.checks import announced_parts, deadline

DAYS = {"department": "01-31", "government": "03-31", "before_2019": "03-31"}


@pytest.mark.parametrize(
    ("kind", "settings", "told"),
    [
        (announced_parts, {}, "announces: missing"),
        (announced_parts, {"announces": "("}, r"announces: '\(' is no regular expression"),
        (announced_parts, {"announces": "共.部分"}, r"announces: expected a group \(\?P<count>…\)"),
        (deadline, {**DAYS, "department": "13-31"}, "department: expected MM-DD, found '13-31'"),
        (deadline, {**DAYS, "government": "02-29"}, "government: expected MM-DD, found '02-29'"),
        (deadline, {**DAYS, "want": "dated"}, "want: unknown key"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_key(kind, settings, told):
    with pytest.raises(ValueError, match=told):
        kind.bind(settings)
