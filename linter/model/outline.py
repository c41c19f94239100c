"""The section tree of a report, as the grammar reads it: no edition is known here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from linter.model.document import Span, Table


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as a person reads it: wrapped lines joined, spaces inside 「2017 年」 dropped, full width folded.

    `text` is a view; `offsets[i]` is the place in `Document.text` of ``text[i]``, and there is one offset more, the
    end of the last character. Checks search `text` and say where by `span`.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The span in `Document.text` of ``text[start:end]`` (the whole passage by default)."""
        end = len(self.text) if end is None else end
        if end <= start:
            return Span(self.offsets[start], self.offsets[start])
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `level` 1 一、 2 （一） 3 1. 4 （1）; `ordinal` its number, None without one.

    `text` is its wording without the number, `passage` the whole line; `run_in`: prose follows on the same line.
    `rest`: that prose, "" also where a long line does not say where its heading ends.
    """

    level: int
    ordinal: int | None
    text: str
    passage: Passage
    run_in: bool = False
    rest: str = ""

    @property
    def number(self) -> str:
        """The number as printed: （二）; "" without one."""
        return self.passage.text.partition(self.text)[0] if self.text else self.passage.text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it, up to the next heading of its level or a higher one."""

    heading: Heading
    blocks: tuple[Passage | Table, ...]
    children: tuple[Section, ...]

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def own(self) -> Iterator[Passage]:
        """The passages right under the heading, none of the sections below."""
        return (block for block in self.blocks if isinstance(block, Passage))

    def passages(self) -> Iterator[Passage]:
        """The prose of this section and of all below it; headings are not prose unless they run in."""
        for section in self.walk():
            if section.heading.run_in:
                yield section.heading.passage
            yield from section.own()

    def tables(self) -> Iterator[Table]:
        for section in self.walk():
            yield from (block for block in section.blocks if isinstance(block, Table))


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole report: cover and title, preamble, sections, sign-off, annexes.

    `above`: lines before the first heading that are not the report's but a site's: what stands over the title, its card
    of the document.
    `title` is the report's name as printed (its lines joined), None: none was found. `annexes`: what follows 附件,
    each a heading-less run of blocks. `signoff`: the publisher's name and the date at the end of the body.
    """

    title: Passage | None
    preamble: tuple[Passage | Table, ...]
    sections: tuple[Section, ...]
    signoff: tuple[Passage, ...] = ()
    annexes: tuple[tuple[Passage | Table, ...], ...] = ()
    above: tuple[Passage, ...] = ()

    def walk(self) -> Iterator[Section]:
        for section in self.sections:
            yield from section.walk()

    def front(self) -> Iterator[Passage]:
        """The passages of the preamble."""
        return (block for block in self.preamble if isinstance(block, Passage))

    def prose(self) -> Iterator[Passage]:
        """Every passage that is running text: preamble and sections, without title, sign-off, tables and annexes."""
        yield from self.front()
        for section in self.sections:
            yield from section.passages()

    def passages(self) -> Iterator[Passage]:
        """Every passage of the report in reading order, headings, title, sign-off and annexes included."""
        if self.title is not None:
            yield self.title
        yield from self.front()
        for section in self.walk():
            yield section.heading.passage
            yield from section.own()
        yield from self.signoff
        for annex in self.annexes:
            yield from (block for block in annex if isinstance(block, Passage))

    def tables(self) -> Iterator[Table]:
        yield from (block for block in self.preamble if isinstance(block, Table))
        for section in self.sections:
            yield from section.tables()
        for annex in self.annexes:
            yield from (block for block in annex if isinstance(block, Table))
