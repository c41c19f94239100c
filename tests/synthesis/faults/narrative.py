"""Prose that contradicts the forms or itself: figures, lists, percentages, claims."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from synthesis.draft import Draft, marks
from synthesis.faults.fault import PROSE, Fault, Maker
from synthesis.faults.text import around, inserted, passages
from synthesis.slips import wrong


def _figure_changed(keys: tuple[str, ...], rules: frozenset[str], draft: Draft, rng: random.Random) -> Fault | None:
    found = [
        (block, key, value, start, end)
        for block in passages(draft)
        for key, value, start, end in marks(block.text)
        if key.split(":")[0] in keys
    ]
    if not found:
        return None
    block, key, value, start, end = rng.choice(found)
    readings = set(key.partition(":")[2].split("|")) | {value}
    slips = [
        wrong(rng, value.replace(".", "")),
        wrong(rng, value.replace(".", "")),
        str(int(float(value) * 2) + rng.randint(3, 9)),
    ]
    if "." in value:
        cut = len(value) - value.index(".") - 1
        slips = [f"{int(slip) / 10**cut:.{cut}f}" for slip in slips[:2]]
    near_to = 10 ** -(len(value) - value.index(".") - 1) if "." in value else 1
    share = key.startswith("percent")
    other = [
        slip
        for slip in slips
        if slip not in readings
        and not (share and any(abs(float(slip) - float(one)) <= 1.01 * near_to for one in readings if one))
    ]
    if not other:
        return None
    text = block.text[:start] + other[0] + block.text[end:]
    near = around(text, start, start + len(other[0]))
    return Fault(
        draft=draft.with_block(block, replace(block, text=text)),
        rules=rules,
        near=near,
        beside=PROSE | {"W01"},
    )


def _denied(draft: Draft, rng: random.Random) -> Fault | None:
    """A sentence that says none where the tables have some."""
    said: list[str] = []
    statistics = draft.edition == "2014"
    received = "statistics/received/count" if statistics else "applications/new/total"
    if draft.figures[received]:
        said += ["全年未收到政府信息公开申请。", f"{draft.year}年没有收到政府信息公开申请。"]
    reviews = "statistics/reviews/count" if statistics else "litigation/review/total"
    if draft.figures[reviews]:
        said += ["全年未发生因政府信息公开引发的行政复议案件。", "没有因政府信息公开被申请行政复议的情况。"]
    if not statistics and draft.figures["applications/carried_out/total"]:
        said += ["收到的政府信息公开申请均已全部办结。"]
    if not said:
        return None
    sentence = rng.choice(said)
    return inserted(draft, sentence, frozenset({"N04", "N06"}), rng, sentence[:-1])


def _claimed(draft: Draft, rng: random.Random) -> Fault | None:
    if draft.edition != "2014" or draft.figures["statistics/reading_points/count"]:
        return None
    sentence = rng.choice(("建立了政府信息查阅点，方便群众查询。", "设立了政府信息查阅室。"))
    return inserted(draft, sentence, frozenset({"N05"}), rng, "查阅")


MAKERS: Mapping[str, Maker] = {
    "figure in the prose": partial(_figure_changed, ("table",), PROSE),
    "part of a list": partial(_figure_changed, ("part", "whole"), frozenset({"N02"})),
    "percentage": partial(_figure_changed, ("percent",), frozenset({"N03"})),
    "none said of some": _denied,
    "some said of none": _claimed,
}
