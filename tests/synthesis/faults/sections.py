"""Sections that are wrong: dropped, moved, renamed, emptied, numbered out of turn."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from synthesis.draft import Block, Draft, Heading, Paragraph
from synthesis.faults.fault import PROSE, Fault, Maker
from synthesis.prose import NUMERALS


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
    return Fault(
        draft=kept,
        rules=frozenset({"S01"}),
        paths=(f"section/{heading.section}",),
        beside=_GONE,
    )


def _section_moved(draft: Draft, rng: random.Random) -> Fault | None:
    found = _sections(draft)
    if not found:
        return None
    index = rng.randrange(len(found) - 1)
    (begin, middle, first), (_, end, second) = found[index : index + 2]
    blocks = (*draft.blocks[:begin], *draft.blocks[middle:end], *draft.blocks[begin:middle], *draft.blocks[end:])
    paths = (f"section/{first.section}", f"section/{second.section}")
    kept = replace(draft, blocks=_renumbered(blocks) if rng.random() < 0.6 else blocks)
    return Fault(draft=kept, rules=frozenset({"S03"}), paths=paths, beside=frozenset({"S06", "S07"}))


def _section_renamed(draft: Draft, rng: random.Random) -> Fault | None:
    found = _sections(draft)
    if not found:
        return None
    begin, _, heading = rng.choice(found)
    names = {
        "overview": ("整体工作概况", "基本情况"), "disclosure": ("主动公开工作情况", "政府信息主动公开工作"),
        "applications": ("依申请公开工作情况", "受理政府信息公开申请情况"),
        "litigation": ("行政复议诉讼情况", "复议和诉讼情况"),
        "problems": ("工作中的问题与下一步打算", "存在的不足"), "other": ("其他情况", "需要说明的事项"),
    }[heading.section]  # fmt: skip
    text = f"{heading.text.split('、', 1)[0]}、{rng.choice(names)}"
    renamed = draft.with_block(draft.blocks[begin], replace(heading, text=text))
    return Fault(
        draft=renamed,
        rules=frozenset({"S04", "S01"}),
        paths=(f"section/{heading.section}",),
        beside=frozenset({"S01", "S04", "S05", "S07", "S11", "S12"}),
    )


def _section_emptied(draft: Draft, rng: random.Random) -> Fault | None:
    found = _sections(draft)
    if not found:
        return None
    begin, end, heading = rng.choice(found)
    kept = replace(draft, blocks=(*draft.blocks[: begin + 1], *draft.blocks[end:]))
    return Fault(
        draft=kept,
        rules=frozenset({"S05", "S11", "S12"}),
        paths=(f"section/{heading.section}", heading.section),
        beside=_GONE | {"S05", "S12"},
    )


def _number_repeated(draft: Draft, rng: random.Random) -> Fault | None:
    """A section with the number of the one before, or of the one after."""
    heads = [block for block in draft.blocks if isinstance(block, Heading) and block.level == 1]
    index = rng.randrange(1, len(heads))
    number = NUMERALS[index - 1 if rng.random() < 0.5 else index + 1]
    text = f"{number}、{heads[index].text.split('、', 1)[1]}"
    changed = draft.with_block(heads[index], replace(heads[index], text=text))
    return Fault(
        draft=changed,
        rules=frozenset({"S06"}),
        paths=("section",),
        near=text,
        beside=frozenset({"S07"}),
    )


MAKERS: Mapping[str, Maker] = {
    "section dropped": _section_dropped,
    "section moved": _section_moved,
    "section renamed": _section_renamed,
    "section emptied": _section_emptied,
    "number out of turn": _number_repeated,
}
