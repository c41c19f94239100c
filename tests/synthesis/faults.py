"""Faults put into honest drafts, each with what must be found, where, and which cells are to blame."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from synthesis.author import BUREAUS, YEARS
from synthesis.draft import Block, Draft, Heading, Number, Paragraph, Sheet, Title, marks
from synthesis.figures import APPLICANTS, CASES, ENDS, OUTCOMES, TITLES_2014, laws
from synthesis.prose import NUMERALS
from synthesis.reports import compose
from synthesis.sheets import figures_of, with_spare, without_row
from synthesis.slips import SLIPS, doubled, dropped, swapped, wrong

PROSE = frozenset({"N01", "N02", "N03", "N04", "N05", "N06"})
"""What may contradict a figure that the prose repeats."""
LOOSE = frozenset({"C07", "C09", "T05", "T10", "T09", "Y04"})
"""What a changed figure may raise beside its sums."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A draft with a fault.

    `rules`: each would be the finding ("" none: nothing in the report contradicts it, so nobody can notice).
    `paths`: where, each the beginning of a path; `near`: or the text there, without blanks. `beside`: rules that may
    speak too. `cells`: the figures to blame and what they should be; `determined`: the relations leave no other answer.
    """

    kind: str
    draft: Draft
    rules: frozenset[str]
    paths: tuple[str, ...] = ()
    near: str = ""
    beside: frozenset[str] = frozenset()
    cells: Mapping[str, Number] = field(default_factory=dict)
    determined: bool = False
    previous: Draft | None = None
    doubt: bool = False
    """An answer that the form could not be checked will do: nobody can see which column is gone."""


Maker = Callable[[Draft, random.Random], "Fault | None"]
"""A fault of one kind at random; None where the draft has no room for it."""


# ---------------------------------------------------------------- figures


def _changed(kind: str, draft: Draft, figures: Mapping[str, str], *, determined: bool | None = None) -> Fault | None:
    """Cells printed otherwise. Every relation that breaks by it is a finding."""
    stated = {**draft.figures, **figures}
    moved = {path: draft.figures[path] for path, text in figures.items() if str(draft.figures[path]) != text}
    if not moved:
        return None
    broken = [law for law in laws(draft.edition) if set(law.cells) & set(moved) and not law.holds(stated)]
    crossed = all(sum(path in law.cells for law in broken) > 1 for path in moved)
    return Fault(
        kind=kind,
        draft=draft.with_figures(figures),
        rules=frozenset(law.rule for law in broken),
        paths=tuple(path for law in broken for path in law.cells),
        beside=PROSE | LOOSE | {law.rule for law in laws(draft.edition)},
        cells=moved,
        determined=(len(moved) == 1 and crossed) if determined is None else determined,
    )


def _counted(draft: Draft) -> list[str]:
    """The cells of counts that a relation of the edition contains."""
    known = dict.fromkeys(path for law in laws(draft.edition) for path in law.cells)
    return [path for path in known if str(draft.figures[path]).isdigit()]


def _slip(kind: str, draft: Draft, rng: random.Random) -> Fault | None:
    found = _counted(draft)
    rng.shuffle(found)
    for path in found[:60]:
        number = str(draft.figures[path])
        if number == "0" and rng.random() < 0.9:
            continue
        slipped = SLIPS[kind](rng, number)
        if slipped is not None and slipped != number:
            return _changed(kind, draft, {path: slipped})
    return None


def _split(draft: Draft, rng: random.Random) -> Fault | None:
    """26 and 0 typed as 2 and 6."""
    for row in _shuffled(rng, _application_rows(draft)):
        for left, right in zip(APPLICANTS, (*APPLICANTS[1:], "total"), strict=True):
            here, there = f"applications/{row}/{left}", f"applications/{row}/{right}"
            number = str(draft.figures[here])
            if len(number) > 1 and draft.figures[there] == 0:
                at = rng.randint(1, len(number) - 1)
                return _changed("number split", draft, {here: number[:at], there: str(int(number[at:]))})
    return None


def _application_rows(draft: Draft) -> tuple[str, ...]:
    return () if draft.edition == "2014" else ("new", "carried_in", *OUTCOMES[draft.edition], "handled.total", "carried_out")


def _shuffled(rng: random.Random, items: Sequence[str]) -> list[str]:
    return rng.sample(items, len(items))


def _rows_swapped(draft: Draft, rng: random.Random) -> Fault | None:
    rows = _application_rows(draft)
    if not rows:
        return None
    index = rng.randrange(len(rows) - 1)
    upper, lower = rows[index : index + 2]
    columns = (*APPLICANTS, "total")
    figures = {f"applications/{upper}/{column}": str(draft.figures[f"applications/{lower}/{column}"]) for column in columns}
    figures |= {f"applications/{lower}/{column}": str(draft.figures[f"applications/{upper}/{column}"]) for column in columns}
    return _changed("rows swapped", draft, figures)


def _cells_swapped(draft: Draft, rng: random.Random) -> Fault | None:
    """Two neighbours of a row in each other's place."""
    for row in _shuffled(rng, _application_rows(draft)):
        columns = (*APPLICANTS, "total")
        at = rng.randrange(len(columns) - 1)
        here, there = (f"applications/{row}/{column}" for column in columns[at : at + 2])
        if draft.figures[here] != draft.figures[there]:
            return _changed("cells swapped", draft, {here: str(draft.figures[there]), there: str(draft.figures[here])})
    return None


def _row_shifted(draft: Draft, rng: random.Random) -> Fault | None:
    """A row's figures one column to the right, a nought in the first."""
    for row in _shuffled(rng, _application_rows(draft)):
        paths = [f"applications/{row}/{column}" for column in (*APPLICANTS, "total")]
        moved = ["0", *(str(draft.figures[path]) for path in paths[:-1])]
        if any(str(draft.figures[path]) != text for path, text in zip(paths, moved, strict=True)):
            return _changed("row shifted", draft, dict(zip(paths, moved, strict=True)))
    return None


def _row_zeroed(draft: Draft, rng: random.Random) -> Fault | None:
    """A row never filled in."""
    for row in _shuffled(rng, _application_rows(draft)):
        paths = [f"applications/{row}/{column}" for column in (*APPLICANTS, "total")]
        if any(draft.figures[path] for path in paths):
            return _changed("row left at 0", draft, dict.fromkeys(paths, "0"))
    return None


def _column_blanked(draft: Draft, rng: random.Random) -> Fault | None:
    rows = _application_rows(draft)
    if not rows:
        return None
    column = rng.choice((*APPLICANTS, "total"))
    made = _changed("column blanked", draft, {f"applications/{row}/{column}": "0" for row in rows})
    blank = draft.with_figures({f"applications/{row}/{column}": "" for row in rows})
    rules = (made.rules if made else frozenset()) | {"T05"}
    return Fault(
        kind="column blanked", draft=blank, rules=rules, paths=("applications",), doubt=True,
        beside=PROSE | LOOSE | {"C01", "C02", "C03"},
    )  # fmt: skip


def _litigation_shifted(draft: Draft, rng: random.Random) -> Fault | None:
    """The whole line of reviews and lawsuits one cell to the right."""
    if draft.edition == "2014":
        return None
    paths = [f"litigation/{case}/{end}" for case in CASES for end in (*ENDS, "total")]
    moved = ["0", *(str(draft.figures[path]) for path in paths[:-1])]
    return _changed("row shifted", draft, dict(zip(paths, moved, strict=True)))


def _two_slips(draft: Draft, rng: random.Random) -> Fault | None:
    figures = {}
    for path in rng.sample(_counted(draft), 12):
        number = str(draft.figures[path])
        if number != "0" and len(figures) < 2:
            figures[path] = wrong(rng, number)
    return _changed("two digits wrong", draft, figures) if len(figures) == 2 else None


def _unreadable_cell(draft: Draft, rng: random.Random) -> Fault | None:
    path = rng.choice(_counted(draft))
    text, rule = rng.choice((("若干", "T06"), ("约", "T06"), ("-3", "T07"), ("2.5", "T07")))
    return Fault(
        kind="no count in a cell", draft=draft.with_figures({path: text}), rules=frozenset({rule}), paths=(path,),
        beside=PROSE | LOOSE | {law.rule for law in laws(draft.edition)},
    )  # fmt: skip


def _title_filled(draft: Draft, rng: random.Random) -> Fault | None:
    if draft.edition != "2014":
        return None
    path = f"statistics/title.{rng.choice(TITLES_2014)}/count"
    filled = draft.with_figures({path: str(rng.randint(100, 9000))})
    return Fault(kind="title row filled", draft=filled, rules=frozenset({"T08", "C09"}), paths=(path,), beside=frozenset({"C09", "T08"}))


# ---------------------------------------------------------------- forms


def _rows_of(sheet: Sheet) -> list[str]:
    return [box.path for line in sheet.rows for box in line if box.path.count("/") == 1]


def _sheets(draft: Draft) -> list[Sheet]:
    return [block for block in draft.blocks if isinstance(block, Sheet) and block.form]


def _row_lost(draft: Draft, rng: random.Random) -> Fault | None:
    sheet = rng.choice([sheet for sheet in _sheets(draft) if _rows_of(sheet)])
    row = rng.choice(_rows_of(sheet))
    return Fault(
        kind="row lost", draft=draft.with_block(sheet, without_row(sheet, row)), rules=frozenset({"T01"}), paths=(row,),
        beside=PROSE | LOOSE | {law.rule for law in laws(draft.edition)},
    )  # fmt: skip


def _cell_spare(draft: Draft, rng: random.Random) -> Fault | None:
    sheet = draft.sheet("applications")
    if sheet is None:
        return None
    row = rng.choice(_rows_of(sheet))
    spare = with_spare(sheet, row, str(rng.randint(1, 99)))
    laws_hit = frozenset({"C01", "C02", "C03"})
    return Fault(
        kind="cell too many", draft=draft.with_block(sheet, spare), rules=frozenset({"T09"}) | laws_hit, paths=(row,),
        beside=PROSE | LOOSE | laws_hit,
    )  # fmt: skip


_TYPOS = {"公": "么", "信": "倍", "申": "甲", "政": "攻", "请": "清", "果": "呆", "复": "夏", "未": "末", "件": "伴", "本": "木", "属": "屈", "理": "埋"}


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
        kind="label mistyped", draft=changed, rules=frozenset({"T02"}), paths=(box.path,), near=text,
        beside=frozenset({"W04", "W01", "W02", "W03"}),
    )  # fmt: skip


def _header_typo(draft: Draft, rng: random.Random) -> Fault | None:
    others = {
        "本年制发件数": "本年制作件数", "本年废止件数": "本年废除件数", "现行有效件数": "现行有效数", "结果纠正": "结果更正",
        "尚未审结": "尚末审结", "科研机构": "科研单位", "法律服务机构": "法律机构", "本年新公开数量": "本年公开数量",
        "本年处理决定数量": "本年处理数量", "对外公开总数量": "对外公开数量", "上一年项目数量": "上年项目数量",
    }  # fmt: skip
    found = [(sheet, box) for sheet in _sheets(draft) for line in sheet.rows for box in line if box.text in others]
    if not found:
        return None
    sheet, chosen = rng.choice(found)
    text = others[chosen.text]
    changed = draft.with_boxes(sheet.form, lambda box: replace(box, text=text) if box is chosen else box)
    return Fault(kind="header mistyped", draft=changed, rules=frozenset({"T03"}), paths=(sheet.form,), near=text)


def _table_dropped(draft: Draft, rng: random.Random) -> Fault | None:
    sheet = rng.choice(_sheets(draft))
    return Fault(
        kind="table dropped", draft=draft.with_block(sheet), rules=frozenset({"S11", "S12", "S05"}),
        paths=(sheet.form, f"section/{sheet.form}"), beside=frozenset({"S05", "S12", "S11"}) | PROSE,
    )  # fmt: skip


def _old_form(draft: Draft, rng: random.Random) -> Fault | None:
    if draft.edition == "2014":
        return None
    other = {"2019": "2021", "2021": "2019"}[draft.edition]
    year = rng.choice(YEARS[draft.edition])
    if rng.random() < 0.2:
        other = "2014"
    made = compose(draft.seed, edition=draft.edition, kind=draft.kind, year=year, form=other)  # type: ignore[arg-type]
    return Fault(
        kind="form of another year", draft=made, rules=frozenset({"S15"}), paths=("",),
        beside=frozenset({"S01", "S02", "S03", "S04", "S09", "S10", "P04"}) if other != draft.edition else frozenset(),
    )  # fmt: skip


# ---------------------------------------------------------------- sections


def _sections(draft: Draft) -> list[tuple[int, int, Heading]]:
    """Begin and end (exclusive) of every section that the edition prescribes."""
    begins = [number for number, block in enumerate(draft.blocks) if isinstance(block, Heading) and block.level == 1]
    end = len(draft.blocks)
    while isinstance(last := draft.blocks[end - 1], Paragraph) and last.role in ("signature", "date"):
        end -= 1
    found = []
    for begin, stop in zip(begins, [*begins[1:], end], strict=True):
        heading = draft.blocks[begin]
        if isinstance(heading, Heading) and heading.section:
            found.append((begin, stop, heading))
    return found


def _renumbered(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The headings of the first level numbered from 一 again."""
    count = 0
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            text = f"{NUMERALS[count]}、{block.text.split('、', 1)[1]}"
            made.append(replace(block, text=text))
            count += 1
        else:
            made.append(block)
    return tuple(made)


_GONE = frozenset({"S06", "S07", "S08", "S09", "S10", "S11", "S03"}) | PROSE


def _section_dropped(draft: Draft, rng: random.Random) -> Fault | None:
    found = _sections(draft)
    if not found:
        return None
    begin, end, heading = rng.choice(found)
    blocks = (*draft.blocks[:begin], *draft.blocks[end:])
    kept = replace(draft, blocks=_renumbered(blocks) if rng.random() < 0.6 else blocks)
    return Fault(kind="section dropped", draft=kept, rules=frozenset({"S01"}), paths=(f"section/{heading.section}",), beside=_GONE)


def _section_moved(draft: Draft, rng: random.Random) -> Fault | None:
    found = _sections(draft)
    if not found:
        return None
    index = rng.randrange(len(found) - 1)
    (begin, middle, first), (_, end, second) = found[index : index + 2]
    blocks = (*draft.blocks[:begin], *draft.blocks[middle:end], *draft.blocks[begin:middle], *draft.blocks[end:])
    paths = (f"section/{first.section}", f"section/{second.section}")
    kept = replace(draft, blocks=_renumbered(blocks) if rng.random() < 0.6 else blocks)
    return Fault(kind="section moved", draft=kept, rules=frozenset({"S03"}), paths=paths, beside=frozenset({"S06", "S07"}))


def _section_renamed(draft: Draft, rng: random.Random) -> Fault | None:
    found = _sections(draft)
    if not found:
        return None
    begin, _, heading = rng.choice(found)
    names = {
        "overview": ("整体工作概况", "基本情况"), "disclosure": ("主动公开工作情况", "政府信息主动公开工作"),
        "applications": ("依申请公开工作情况", "受理政府信息公开申请情况"), "litigation": ("行政复议诉讼情况", "复议和诉讼情况"),
        "problems": ("工作中的问题与下一步打算", "存在的不足"), "other": ("其他情况", "需要说明的事项"),
    }[heading.section]  # fmt: skip
    text = f"{heading.text.split('、', 1)[0]}、{rng.choice(names)}"
    renamed = draft.with_block(draft.blocks[begin], replace(heading, text=text))
    return Fault(
        kind="section renamed", draft=renamed, rules=frozenset({"S04", "S01"}), paths=(f"section/{heading.section}",),
        beside=frozenset({"S01", "S04", "S05", "S07", "S11", "S12"}),
    )  # fmt: skip


def _section_emptied(draft: Draft, rng: random.Random) -> Fault | None:
    found = _sections(draft)
    if not found:
        return None
    begin, end, heading = rng.choice(found)
    kept = replace(draft, blocks=(*draft.blocks[: begin + 1], *draft.blocks[end:]))
    return Fault(
        kind="section emptied", draft=kept, rules=frozenset({"S05", "S11", "S12"}), paths=(f"section/{heading.section}", heading.section),
        beside=_GONE | {"S05", "S12"},
    )  # fmt: skip


def _number_repeated(draft: Draft, rng: random.Random) -> Fault | None:
    """A section with the number of the one before, or of the one after."""
    heads = [block for block in draft.blocks if isinstance(block, Heading) and block.level == 1]
    index = rng.randrange(1, len(heads))
    number = NUMERALS[index - 1 if rng.random() < 0.5 else index + 1]
    text = f"{number}、{heads[index].text.split('、', 1)[1]}"
    changed = draft.with_block(heads[index], replace(heads[index], text=text))
    return Fault(kind="number out of turn", draft=changed, rules=frozenset({"S06"}), paths=("section",), near=text, beside=frozenset({"S07"}))


# ---------------------------------------------------------------- dates


_DAY = re.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日")
_END = re.compile(r"12 ?月 ?31 ?日")


def _periods(draft: Draft) -> list[Paragraph]:
    return [block for block in draft.blocks if isinstance(block, Paragraph) and block.role == "period"]


def _period_wrong(draft: Draft, rng: random.Random) -> Fault | None:
    found = _periods(draft)
    if not found:
        return None
    text, year = found[0].text, draft.year
    start = next(match for match in _DAY.finditer(text) if match[2] == "1" and match[3] == "1")
    end = next(match for match in _END.finditer(text, start.end()))
    head, middle, tail = text[: start.start()], text[start.end() : end.start()], text[end.end() :]
    first, last = start[0], end[0]
    how = rng.choice(("last year", "day", "start", "backwards", "month"))
    if how == "last year":
        first = first.replace(str(year), str(year - 1), 1)
        middle = middle.replace(str(year), str(year - 1), 1)
    elif how == "day":
        last = last.replace("31", "30")
    elif how == "month":
        last = last.replace("12", "11").replace("31", "30")
    elif how == "start":
        first = f"{year}年1月2日" if " " not in first else f"{year} 年 1 月 2 日"
    elif str(year) in middle:
        middle = middle.replace(str(year), str(year - 1), 1)
    else:
        first = first.replace(str(year), str(year + 1), 1)
    changed = head + first + middle + last + tail
    return Fault(
        kind="period wrong", draft=draft.with_block(found[0], replace(found[0], text=changed)), rules=frozenset({"P02"}),
        paths=("period",), beside=frozenset({"P01"}),
    )  # fmt: skip


def _impossible(draft: Draft, rng: random.Random) -> Fault | None:
    found = [block for block in draft.blocks if isinstance(block, Paragraph) and block.role in ("period", "date")]
    if not found:
        return None
    block = rng.choice(found)
    if block.role == "period":
        bad = rng.choice(("12月32日", "13月31日", "11月31日", "2月30日"))
        text = _END.sub(bad, block.text, count=1)
    else:
        bad = rng.choice(("2月30日", "3月32日", "13月5日", "1月0日"))
        text = re.sub(r"\d{1,2} ?月 ?\d{1,2} ?日", bad, block.text)
        if text == block.text:
            return None
    changed = draft.with_block(block, replace(block, text=text))
    return Fault(
        kind="date impossible", draft=changed, rules=frozenset({"P03"}), paths=("",), near=bad,
        beside=frozenset({"P01", "P02", "P04", "P05", "P06"}),
    )  # fmt: skip


def _dated(kind: str, rule: str, draft: Draft, rng: random.Random) -> Fault | None:
    found = [block for block in draft.blocks if isinstance(block, Paragraph) and block.role == "date"]
    if not found:
        return None
    strict = draft.kind == "department" and draft.year >= 2019
    month = rng.randint(2 if strict else 4, 11)
    year = draft.year + 1
    if rule == "P05":
        month, year = rng.randint(1, 12), draft.year
    text = f"{year}年{month}月{rng.randint(1, 28)}日"
    changed = draft.with_block(found[0], replace(found[0], text=text))
    return Fault(kind=kind, draft=changed, rules=frozenset({rule}), paths=("date",), near=text)


# ---------------------------------------------------------------- prose


def _passages(draft: Draft, *roles: str) -> list[Paragraph]:
    """The paragraphs of prose, without the sign-off."""
    return [
        block
        for block in draft.blocks
        if isinstance(block, Paragraph) and block.role not in ("signature", "date") and len(block.text) > 12
        and (not roles or block.role in roles)
    ]  # fmt: skip


def _around(text: str, start: int, end: int) -> str:
    """What is printed there and a little to both sides, without blanks and marks."""
    plain = re.sub("\ue000[^\ue001]*\ue001|\ue002|\\s", "", text[max(start - 30, 0) : end])
    return plain[-10:]


def _figure_changed(kind: str, keys: tuple[str, ...], rules: frozenset[str], draft: Draft, rng: random.Random) -> Fault | None:
    found = [
        (block, key, value, start, end)
        for block in _passages(draft)
        for key, value, start, end in marks(block.text)
        if key.split(":")[0] in keys
    ]
    if not found:
        return None
    block, key, value, start, end = rng.choice(found)
    readings = set(key.partition(":")[2].split("|")) | {value}
    slips = [wrong(rng, value.replace(".", "")), wrong(rng, value.replace(".", "")), str(int(float(value) * 2) + rng.randint(3, 9))]
    if "." in value:
        cut = len(value) - value.index(".") - 1
        slips = [f"{int(slip) / 10**cut:.{cut}f}" for slip in slips[:2]]
    near_to = 10 ** -(len(value) - value.index(".") - 1) if "." in value else 1
    share = key.startswith("percent")
    other = [
        slip
        for slip in slips
        if slip not in readings and not (share and any(abs(float(slip) - float(one)) <= 1.01 * near_to for one in readings if one))
    ]
    if not other:
        return None
    text = block.text[:start] + other[0] + block.text[end:]
    near = _around(text, start, start + len(other[0]))
    return Fault(
        kind=kind, draft=draft.with_block(block, replace(block, text=text)), rules=rules, near=near, beside=PROSE | {"W01"},
    )  # fmt: skip


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
    return _inserted("none said of some", draft, sentence, frozenset({"N04", "N06"}), rng, sentence[:-1])


def _inserted(kind: str, draft: Draft, sentence: str, rules: frozenset[str], rng: random.Random, near: str) -> Fault:
    """A sentence put at the end of a paragraph of the body."""
    bodies = _bodies(draft)
    block = rng.choice(bodies)
    changed = draft.with_block(block, replace(block, text=block.text + sentence))
    return Fault(kind=kind, draft=changed, rules=rules, near=near, beside=PROSE)


def _bodies(draft: Draft) -> list[Paragraph]:
    """The paragraphs of the first part, where sentences of any kind may stand."""
    first = next(number for number, block in enumerate(draft.blocks) if isinstance(block, Heading))
    stop = next((number for number, block in enumerate(draft.blocks) if isinstance(block, Heading) and block.level == 1 and number > first), None)
    return [block for block in draft.blocks[first:stop] if isinstance(block, Paragraph) and block.text.endswith("。")]


def _claimed(draft: Draft, rng: random.Random) -> Fault | None:
    if draft.edition != "2014" or draft.figures["statistics/reading_points/count"]:
        return None
    sentence = rng.choice(("建立了政府信息查阅点，方便群众查询。", "设立了政府信息查阅室。"))
    return _inserted("some said of none", draft, sentence, frozenset({"N05"}), rng, "查阅")


_LISTED = re.compile(r".{0,3}[（）][一二三四五六七八九]?[）]?")
"""A bracket of a number at the head of a paragraph: without it the number is another kind of number."""
_WORDS = ("发布", "工作", "信息", "要求", "办理", "审核", "栏目", "制度", "网站", "公开", "落实", "规范", "加强", "完善")


def _spots(draft: Draft, words: Sequence[str]) -> Iterator[tuple[Paragraph, str, int]]:
    """Every place of one of the words in the prose, outside marked stretches."""
    for block in _passages(draft):
        held = [(start, end) for _, _, start, end in marks(block.text)]
        for word in words:
            for found in re.finditer(re.escape(word), block.text):
                listed = _LISTED.match(block.text[max(found.start() - 3, 0) : found.end() + 3])
                if not listed and not any(start <= found.start() < end for start, end in held):
                    yield block, word, found.start()


def _edited(
    kind: str, draft: Draft, rng: random.Random, edits: Mapping[str, str], rules: frozenset[str], beside: frozenset[str] = frozenset()
) -> Fault | None:
    """One occurrence of a text written otherwise."""
    spots = list(_spots(draft, tuple(edits)))
    if not spots:
        return None
    block, word, at = rng.choice(spots)
    text = block.text[:at] + edits[word] + block.text[at + len(word) :]
    near = _around(text, at, at + len(edits[word])) if edits[word] else ""
    paths = () if near else ("",)
    return Fault(kind=kind, draft=draft.with_block(block, replace(block, text=text)), rules=rules, near=near, paths=paths, beside=beside)


def _word_doubled(draft: Draft, rng: random.Random) -> Fault | None:
    return _edited("word doubled", draft, rng, {word: word * 2 for word in _WORDS}, frozenset({"W01"}), PROSE)


def _bracket_lost(draft: Draft, rng: random.Random) -> Fault | None:
    return _edited("bracket lost", draft, rng, {"）": "", "》": "", "（": "", "《": ""}, frozenset({"W03"}), frozenset({"W02"}))


def _quote_lost(draft: Draft, rng: random.Random) -> Fault | None:
    return _edited("quote lost", draft, rng, {"”": "", "“": ""}, frozenset({"W02"}))


def _miswritten(draft: Draft, rng: random.Random) -> Fault | None:
    edits = {"政府信息": "攻府信息", "人民共和国": "人民共合国", "国务院": "国务员", "行政复议": "行政复仪", "行政诉讼": "行政诉松"}
    return _edited("name miswritten", draft, rng, edits, frozenset({"W04"}), PROSE | {"S14", "S10", "S02", "S09"})


def _placeholder(draft: Draft, rng: random.Random) -> Fault | None:
    edits = {"。": rng.choice(("【待补充】。", "（待核实）。", "，共XX件。", "，涉及××部门。", "TODO。"))}
    return _edited("placeholder left", draft, rng, edits, frozenset({"W05"}), PROSE)


def _identity(rng: random.Random) -> str:
    """A number that follows GB 11643: area, birth date, sequence, check digit (MOD 11-2)."""
    body = f"{rng.choice(('110105', '320102', '510104'))}19{rng.randint(50, 99)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(0, 999):03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def _card(rng: random.Random) -> str:
    """A bank card number that passes the check of Luhn."""
    body = rng.choice(("622202", "622848", "621700")) + "".join(str(rng.randint(0, 9)) for _ in range(12))
    total = 0
    for index, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if index % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def _personal(draft: Draft, rng: random.Random) -> Fault | None:
    number, rule, sentence = rng.choice(
        (
            (identity := _identity(rng), "D01", f"申请人张某（身份证号{identity}）已收到答复。"),
            (mobile := f"1{rng.choice('3578')}{rng.randint(0, 9)}{rng.randint(10000000, 99999999)}", "D02", f"联系人李老师，手机{mobile}。"),
            (card := _card(rng), "D03", f"款项存入银行卡{card}。"),
        )
    )
    return _inserted("personal data", draft, sentence, frozenset({rule}), rng, number)


def _secret(draft: Draft, rng: random.Random) -> Fault | None:
    text = rng.choice(("秘密★1年", "内部资料 注意保存", "（征求意见稿）", "内部资料，不得外传", "机密★长期"))
    made = replace(draft, blocks=(Paragraph(text), *draft.blocks))
    return Fault(kind="secrecy mark", draft=made, rules=frozenset({"D04"}), paths=("",), near=text.replace(" ", ""), beside=frozenset({"S13", "S14"}))


def _foreign(draft: Draft, rng: random.Random) -> Fault | None:
    """Another body's name in the sign-off."""
    signed = [block for block in draft.blocks if isinstance(block, Paragraph) and block.role == "signature"]
    if not signed:
        return None
    others = [f"{place}{bureau}" for place in ("桐岭县", "砚山湖区") for bureau in BUREAUS[:6]]
    name = rng.choice([other for other in others if other[-3:] not in draft.agency])
    changed = draft.with_block(signed[0], replace(signed[0], text=name))
    return Fault(kind="another body's name", draft=changed, rules=frozenset({"S14"}), paths=("",), near=name)


def _title_other(draft: Draft, rng: random.Random) -> Fault | None:
    title = next(block for block in draft.blocks if isinstance(block, Title) and "报告" in block.text)
    words = rng.choice(("政府信息公开年度工作报告", "政务信息公开年度报告", "政府信息公开年度报告"))
    text = title.text.replace("政府信息公开工作年度报告", words)
    if text == title.text:
        return None
    return Fault(kind="title nonstandard", draft=draft.with_block(title, replace(title, text=text)), rules=frozenset({"S13"}), paths=("",), near=words)


def _title_year(draft: Draft, rng: random.Random) -> Fault | None:
    """The year of the title is another than the period's."""
    if not _periods(draft):
        return None
    title = next(block for block in draft.blocks if isinstance(block, Title) and str(draft.year) in block.text)
    text = title.text.replace(str(draft.year), str(draft.year - 1))
    return Fault(
        kind="another year in the title", draft=draft.with_block(title, replace(title, text=text)), rules=frozenset({"P02"}), paths=("period",),
        beside=frozenset({"S15", "P04", "P07"}) | PROSE,
    )  # fmt: skip


def _stray_year(draft: Draft, rng: random.Random) -> Fault | None:
    year = draft.year - rng.randint(3, 6)
    sentence = rng.choice((f"{year}年，进一步优化了栏目设置。", f"{year}年共开展检查4次。"))
    return _inserted("stray year", draft, sentence, frozenset({"P07"}), rng, f"{year}年")


def _fee_gone(draft: Draft, rng: random.Random) -> Fault | None:
    fees = [block for block in draft.blocks if isinstance(block, Paragraph) and block.role == "fee"]
    if not fees:
        return None
    changed = draft.with_block(fees[0], Paragraph("无其他需要报告的事项。"))
    for block in [block for block in changed.blocks if isinstance(block, Heading) and "信息处理费" in block.text]:
        changed = changed.with_block(block, replace(block, text="（二）其他事项"))
    return Fault(kind="fee not stated", draft=changed, rules=frozenset({"S09"}), paths=("",))


def _unaccounted(draft: Draft, rng: random.Random) -> Fault | None:
    told = [block for block in draft.blocks if isinstance(block, Paragraph) and block.role == "accountability"]
    if not told or draft.edition == "2014" or draft.kind not in ("government", "township"):
        return None
    return Fault(kind="accountability not stated", draft=draft.with_block(told[0]), rules=frozenset({"S10"}), paths=("",))


# ---------------------------------------------------------------- last year


def _previous(draft: Draft, rng: random.Random) -> Draft | None:
    """An honest report of the year before that hands on what this one begins with."""
    if draft.year in (2014, 2019):
        return None
    edition = draft.edition if draft.year != 2021 else "2019"
    before = compose(draft.seed + 1, edition=edition, kind=draft.kind, year=draft.year - 1)
    if draft.edition == "2014":
        return before
    return _handing_on(before, draft)


def _handing_on(before: Draft, draft: Draft) -> Draft:
    """Last year's draft with its 结转 and its stock as this year's begins; sums follow."""
    figures = dict(before.figures)
    for column in (*APPLICANTS, "total"):
        out = int(draft.figures[f"applications/carried_in/{column}"])
        drift = out - int(figures[f"applications/carried_out/{column}"])
        figures[f"applications/carried_out/{column}"] = out
        figures[f"applications/new/{column}"] = int(figures[f"applications/new/{column}"]) + max(drift, 0)
        figures[f"applications/handled.granted/{column}"] = int(figures[f"applications/handled.granted/{column}"]) + max(-drift, 0)
        figures[f"applications/handled.total/{column}"] = int(figures[f"applications/handled.total/{column}"]) + max(-drift, 0)
    for row in ("new", "handled.granted", "handled.total"):
        figures[f"applications/{row}/total"] = sum(int(figures[f"applications/{row}/{column}"]) for column in APPLICANTS)
    if before.edition == draft.edition == "2021":
        made, repealed, valid = (int(draft.figures[f"disclosure/normative/{column}"]) for column in ("made", "repealed", "valid"))
        figures["disclosure/normative/valid"] = valid - made + repealed
        figures["disclosure/normative/made"] = min(int(figures["disclosure/normative/made"]), valid - made + repealed)
    if before.edition == draft.edition == "2019":
        for row in ("permits", "services", "penalties", "coercion", "fees"):
            figures[f"disclosure/{row}/items"] = draft.figures[f"disclosure/{row}/items"]
            figures[f"disclosure/{row}/change"] = 0
    return replace(before.with_figures({path: str(value) for path, value in figures.items()}), figures=figures)


def _carry_broken(draft: Draft, rng: random.Random) -> Fault | None:
    before = _previous(draft, rng)
    if before is None or draft.edition == "2014":
        return None
    column = rng.choice(APPLICANTS)
    path = f"applications/carried_out/{column}"
    more = rng.randint(1, 9)
    stated = {
        f"applications/{row}/{name}": str(int(before.figures[f"applications/{row}/{name}"]) + more)
        for row in ("carried_out", "new")
        for name in (column, "total")
    }
    return Fault(
        kind="carry-over broken", draft=draft, previous=before.with_figures(stated), rules=frozenset({"Y01"}),
        paths=(path.replace("carried_out", "carried_in"), "applications/carried_in/total"), beside=frozenset({"Y04", "N03"}),
    )  # fmt: skip


def _stock_broken(draft: Draft, rng: random.Random) -> Fault | None:
    before = _previous(draft, rng)
    if before is None or before.edition != "2021" or draft.edition != "2021":
        return None
    path = "disclosure/normative/valid"
    stated = {path: str(int(before.figures[path]) + rng.randint(1, 30))}
    return Fault(
        kind="stock broken", draft=draft, previous=before.with_figures(stated), rules=frozenset({"Y02"}), paths=("disclosure/normative",),
        beside=frozenset({"Y04", "N03"}),
    )  # fmt: skip


def _stale(draft: Draft, rng: random.Random) -> Fault | None:
    """Paragraphs of last year's report left as they were."""
    before = _previous(draft, rng)
    if before is None:
        return None
    stale = [block for block in _bodies(before) if len(block.text) > 60]
    if not stale:
        return None
    texts = [block.text for block in stale]
    body = _bodies(draft)
    made = draft
    for block, text in zip(body, texts, strict=False):
        made = made.with_block(block, replace(block, text=text))
    return Fault(
        kind="last year's text left", draft=made, previous=before, rules=frozenset({"Y03", "N01", "N04", "N06", "P07"}), paths=("",),
        beside=PROSE | {"Y03", "Y04", "S06", "S08", "S10", "S02", "P07"},
    )  # fmt: skip


# ---------------------------------------------------------------- the list


_TABLE = frozenset({"N01", "N02", "N03", "N04", "N05", "N06"})

MAKERS: Mapping[str, Maker] = {
    **{kind: partial(_slip, kind) for kind in SLIPS},
    "number split": _split,
    "cells swapped": _cells_swapped,
    "rows swapped": _rows_swapped,
    "row shifted": _row_shifted,
    "line shifted": _litigation_shifted,
    "row left at 0": _row_zeroed,
    "two digits wrong": _two_slips,
    "column blanked": _column_blanked,
    "no count in a cell": _unreadable_cell,
    "title row filled": _title_filled,
    "row lost": _row_lost,
    "cell too many": _cell_spare,
    "label mistyped": _label_typo,
    "header mistyped": _header_typo,
    "table dropped": _table_dropped,
    "form of another year": _old_form,
    "section dropped": _section_dropped,
    "section moved": _section_moved,
    "section renamed": _section_renamed,
    "section emptied": _section_emptied,
    "number out of turn": _number_repeated,
    "period wrong": _period_wrong,
    "another year in the title": _title_year,
    "date impossible": _impossible,
    "date late": partial(_dated, "date late", "P04"),
    "date premature": partial(_dated, "date premature", "P05"),
    "figure in the prose": partial(_figure_changed, "figure in the prose", ("table",), _TABLE),
    "part of a list": partial(_figure_changed, "part of a list", ("part", "whole"), frozenset({"N02"})),
    "percentage": partial(_figure_changed, "percentage", ("percent",), frozenset({"N03"})),
    "none said of some": _denied,
    "some said of none": _claimed,
    "word doubled": _word_doubled,
    "bracket lost": _bracket_lost,
    "quote lost": _quote_lost,
    "name miswritten": _miswritten,
    "placeholder left": _placeholder,
    "personal data": _personal,
    "secrecy mark": _secret,
    "another body's name": _foreign,
    "title nonstandard": _title_other,
    "stray year": _stray_year,
    "fee not stated": _fee_gone,
    "accountability not stated": _unaccounted,
    "carry-over broken": _carry_broken,
    "stock broken": _stock_broken,
    "last year's text left": _stale,
}


def faulty(seed: int, kind: str, base: Draft) -> Fault | None:
    """A fault of this kind in the draft; None where there is no room for it."""
    made = MAKERS[kind](base, random.Random(f"{seed} {kind}"))
    return replace(made, kind=kind) if made else None
