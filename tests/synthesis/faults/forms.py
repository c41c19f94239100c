"""Forms that are wrong: rows lost, cells too many, labels and headers mistyped, the form of another year."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from synthesis.author import YEARS
from synthesis.draft import Draft, Sheet
from synthesis.faults.fault import LOOSE, PROSE, Fault, Maker
from synthesis.figures import laws
from synthesis.reports import compose
from synthesis.sheets import with_spare, without_row


def _rows_of(sheet: Sheet) -> list[str]:
    return [box.path for line in sheet.rows for box in line if box.path.count("/") == 1]


def _sheets(draft: Draft) -> list[Sheet]:
    return [block for block in draft.blocks if isinstance(block, Sheet) and block.form]


def _row_lost(draft: Draft, rng: random.Random) -> Fault | None:
    sheet = rng.choice([sheet for sheet in _sheets(draft) if _rows_of(sheet)])
    row = rng.choice(_rows_of(sheet))
    return Fault(
        draft=draft.with_block(sheet, without_row(sheet, row)),
        rules=frozenset({"T01"}),
        paths=(row,),
        beside=PROSE | LOOSE | {law.rule for law in laws(draft.edition)},
    )


def _cell_spare(draft: Draft, rng: random.Random) -> Fault | None:
    sheet = draft.sheet("applications")
    if sheet is None:
        return None
    row = rng.choice(_rows_of(sheet))
    spare = with_spare(sheet, row, str(rng.randint(1, 99)))
    laws_hit = frozenset({"C01", "C02", "C03"})
    return Fault(
        draft=draft.with_block(sheet, spare),
        rules=frozenset({"T09"}) | laws_hit,
        paths=(row,),
        beside=PROSE | LOOSE | laws_hit,
    )


_TYPOS = {
    "公": "么",
    "信": "倍",
    "申": "甲",
    "政": "攻",
    "请": "清",
    "果": "呆",
    "复": "夏",
    "未": "末",
    "件": "伴",
    "本": "木",
    "属": "屈",
    "理": "埋",
}


def _typo(rng: random.Random, text: str) -> str | None:
    """A character lost, typed twice, or another of much the same shape."""
    places = [at for at, char in enumerate(text) if "\u4e00" <= char <= "\u9fff" and at > 2]
    if len(places) < 3:
        return None
    at = rng.choice(places)
    alike = [place for place in places if text[place] in _TYPOS]
    if alike and rng.random() < 0.5:
        at = rng.choice(alike)
        return text[:at] + _TYPOS[text[at]] + text[at + 1 :]
    return text[:at] + text[at + 1 :]


def _label_typo(draft: Draft, rng: random.Random) -> Fault | None:
    sheet = rng.choice(_sheets(draft))
    labels = [box for line in sheet.rows for box in line if box.path.count("/") == 1 and len(box.text) > 6]
    if not labels:
        return None
    box = rng.choice(labels)
    text = _typo(rng, box.text)
    if text is None:
        return None
    changed = draft.with_boxes(sheet.form, lambda one: replace(one, text=text) if one.path == box.path else one)
    return Fault(
        draft=changed,
        rules=frozenset({"T02"}),
        paths=(box.path,),
        near=text,
        beside=frozenset({"W04", "W01", "W02", "W03"}),
    )


def _header_typo(draft: Draft, rng: random.Random) -> Fault | None:
    others = {
        "本年制发件数": "本年制作件数", "本年废止件数": "本年废除件数", "现行有效件数": "现行有效数",
        "结果纠正": "结果更正",
        "尚未审结": "尚末审结", "科研机构": "科研单位", "法律服务机构": "法律机构", "本年新公开数量": "本年公开数量",
        "本年处理决定数量": "本年处理数量", "对外公开总数量": "对外公开数量", "上一年项目数量": "上年项目数量",
    }  # fmt: skip
    found = [(sheet, box) for sheet in _sheets(draft) for line in sheet.rows for box in line if box.text in others]
    if not found:
        return None
    sheet, chosen = rng.choice(found)
    text = others[chosen.text]
    changed = draft.with_boxes(sheet.form, lambda box: replace(box, text=text) if box is chosen else box)
    return Fault(draft=changed, rules=frozenset({"T03"}), paths=(sheet.form,), near=text)


def _table_dropped(draft: Draft, rng: random.Random) -> Fault | None:
    sheet = rng.choice(_sheets(draft))
    return Fault(
        draft=draft.with_block(sheet),
        rules=frozenset({"S11", "S12", "S05"}),
        paths=(sheet.form, f"section/{sheet.form}"),
        beside=frozenset({"S05", "S12", "S11"}) | PROSE,
    )


def _old_form(draft: Draft, rng: random.Random) -> Fault | None:
    if draft.edition == "2014":
        return None
    other = {"2019": "2021", "2021": "2019"}[draft.edition]
    year = rng.choice(YEARS[draft.edition])
    if rng.random() < 0.2:
        other = "2014"
    made = compose(draft.seed, edition=draft.edition, kind=draft.kind, year=year, form=other)  # type: ignore[arg-type]
    return Fault(
        draft=made,
        rules=frozenset({"S15"}),
        paths=("",),
        beside=frozenset({"S01", "S02", "S03", "S04", "S09", "S10", "P04"}) if other != draft.edition else frozenset(),
    )


MAKERS: Mapping[str, Maker] = {
    "row lost": _row_lost,
    "cell too many": _cell_spare,
    "label mistyped": _label_typo,
    "header mistyped": _header_typo,
    "table dropped": _table_dropped,
    "form of another year": _old_form,
}
