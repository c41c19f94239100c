"""Where in the prose a fault can be put, and how to find the place again."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from synthesis.draft import Draft, Heading, Paragraph, marks
from synthesis.faults.fault import PROSE, Fault


def passages(draft: Draft, *roles: str) -> list[Paragraph]:
    """The paragraphs of prose, without the sign-off."""
    return [
        block
        for block in draft.blocks
        if isinstance(block, Paragraph) and block.role not in ("signature", "date") and len(block.text) > 12
        and (not roles or block.role in roles)
    ]  # fmt: skip


def around(text: str, start: int, end: int) -> str:
    """What is printed there and a little to both sides, without blanks and marks."""
    plain = re.sub("\ue000[^\ue001]*\ue001|\ue002|\\s", "", text[max(start - 30, 0) : end])
    return plain[-10:]


def bodies(draft: Draft) -> list[Paragraph]:
    """The paragraphs of the first part, where sentences of any kind may stand."""
    first = next(number for number, block in enumerate(draft.blocks) if isinstance(block, Heading))
    stop = next(
        (
            number
            for number, block in enumerate(draft.blocks)
            if isinstance(block, Heading) and block.level == 1 and number > first
        ),
        None,
    )
    return [block for block in draft.blocks[first:stop] if isinstance(block, Paragraph) and block.text.endswith("。")]


def inserted(draft: Draft, sentence: str, rules: frozenset[str], rng: random.Random, near: str) -> Fault:
    """A sentence put at the end of a paragraph of the body."""
    block = rng.choice(bodies(draft))
    changed = draft.with_block(block, replace(block, text=block.text + sentence))
    return Fault(draft=changed, rules=rules, near=near, beside=PROSE)


_LISTED = re.compile(r".{0,3}[（）][一二三四五六七八九]?[）]?")
"""A bracket of a number at the head of a paragraph: without it the number is another kind of number."""


def _spots(draft: Draft, words: Sequence[str]) -> Iterator[tuple[Paragraph, str, int]]:
    """Every place of one of the words in the prose, outside marked stretches."""
    for block in passages(draft):
        held = [(start, end) for _, _, start, end in marks(block.text)]
        for word in words:
            for found in re.finditer(re.escape(word), block.text):
                listed = _LISTED.match(block.text[max(found.start() - 3, 0) : found.end() + 3])
                if not listed and not any(start <= found.start() < end for start, end in held):
                    yield block, word, found.start()


def edited(
    draft: Draft,
    rng: random.Random,
    edits: Mapping[str, str],
    rules: frozenset[str],
    beside: frozenset[str] = frozenset(),
) -> Fault | None:
    """One occurrence of a text written otherwise."""
    spots = list(_spots(draft, tuple(edits)))
    if not spots:
        return None
    block, word, at = rng.choice(spots)
    text = block.text[:at] + edits[word] + block.text[at + len(word) :]
    near = around(text, at, at + len(edits[word])) if edits[word] else ""
    paths = () if near else ("",)
    return Fault(
        draft=draft.with_block(block, replace(block, text=text)),
        rules=rules,
        near=near,
        paths=paths,
        beside=beside,
    )
