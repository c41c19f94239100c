"""A draft in each format: what converters of text leave, Markdown, HTML and Word."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from html import escape
from unicodedata import east_asian_width

from word_files import Heading as WordHeading
from word_files import Item, Merged, report_docx

from synthesis.draft import Block, Box, Draft, Format, Heading, Paragraph, Sheet, Title, printed

SUFFIX: dict[Format, str] = {"tabs": "txt", "spaces": "txt", "markdown": "md", "docx": "docx", "html": "html"}


def render(draft: Draft, style: Format) -> bytes:
    """The draft's file."""
    rng = random.Random(draft.seed * 7 + 5)  # noqa: S311 -- chance, not secrecy
    if style == "docx":
        return report_docx(list(_word(draft.blocks, rng.random() < 0.5)))
    written = {"tabs": _tabs, "spaces": _spaces, "markdown": _markdown, "html": _html}[style](draft, rng)
    return written.encode()


def grid(sheet: Sheet) -> list[list[Box | None]]:
    """Every position of the table: a box where it begins, None where one that began elsewhere covers it."""
    width = sum(box.columns for box in sheet.rows[0])
    taken: dict[tuple[int, int], Box | None] = {}
    for down, row in enumerate(sheet.rows):
        across = 0
        for box in row:
            while (down, across) in taken:
                across += 1
            spots = [(down + low, across + right) for low in range(box.rows) for right in range(box.columns)]
            taken |= dict.fromkeys(spots)
            taken[down, across] = box
        width = max(width, across + 1)
    return [[taken.get((down, across)) for across in range(width)] for down in range(len(sheet.rows))]


# ---------------------------------------------------------------- text


def _tabs(draft: Draft, rng: random.Random) -> str:
    """What comes from Word by copy and paste: one line a paragraph, tabs between cells, gaps for merged ones."""
    gaps = rng.random() < 0.7
    apart = "\n\n" if rng.random() < 0.5 else "\n"
    parts = []
    for block in draft.blocks:
        if isinstance(block, Sheet):
            lines = []
            for row in grid(block):
                cells = ["" if box is None else box.text for box in row if gaps or box is not None]
                lines.append("\t".join(cells).rstrip("\t") if any(cells) else "")
            parts.append("\n".join(line for line in lines if line))
        else:
            parts.append(_line(block))
    return apart.join(parts) + "\n"


def _line(block: Title | Heading | Paragraph) -> str:
    indent = "　　" if isinstance(block, Paragraph) and block.role != "date" else ""
    return indent + printed(block.text)


def _spaces(draft: Draft, rng: random.Random) -> str:
    """What comes from a PDF with its layout kept: wrapped lines, tables in columns of blanks."""
    width = rng.choice((60, 72, 84))
    parts = []
    for block in draft.blocks:
        if isinstance(block, Sheet):
            parts.append("\n".join(_columns(grid(block))))
        else:
            lead = "" if isinstance(block, Title) else "  "
            parts.append("\n".join(_wrap(lead + printed(block.text), width)))
    return "\n".join(parts) + "\n"


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def _wrap(text: str, width: int) -> Iterator[str]:
    line = ""
    for char in text:
        if _wide(line + char) > width and char not in "，。；：、）》”":
            yield line
            line = ""
        line += char
    yield line


def _columns(rows: Sequence[Sequence[Box | None]]) -> Iterator[str]:
    """Columns as wide as their widest single cell, two blanks between."""
    count = len(rows[0])
    widths = [
        max((_wide(row[at].text) for row in rows if (box := row[at]) is not None and box.columns == 1), default=1)  # type: ignore[union-attr]
        for at in range(count)
    ]
    starts = [sum(width + 2 for width in widths[:at]) for at in range(count)]
    for row in rows:
        line = ""
        for at, box in enumerate(row):
            if box is not None:
                line += " " * max(starts[at] - _wide(line), 2 if line else 0) + box.text
        if line.strip():
            yield line.rstrip()


# ---------------------------------------------------------------- Markdown


def _markdown(draft: Draft, rng: random.Random) -> str:
    bold = rng.random() < 0.3
    return "\n\n".join(_markdown_block(block, bold) for block in draft.blocks) + "\n"


def _markdown_block(block: Block, bold: bool) -> str:
    if isinstance(block, Sheet):
        lines = ["| " + " | ".join("" if box is None else box.text for box in row) + " |" for row in grid(block)]
        rule = "|" + " --- |" * len(grid(block)[0])
        return "\n".join([lines[0], rule, *lines[1:]])
    text = printed(block.text)
    if isinstance(block, Title):
        return f"# {text}"
    if isinstance(block, Heading) and (block.level == 1 or not bold):
        return f"{'#' * (block.level + 1)} {text}"
    return f"**{text}**" if isinstance(block, Heading) else text


# ---------------------------------------------------------------- HTML


def _html(draft: Draft, rng: random.Random) -> str:
    marked = rng.random() < 0.5
    body = "\n".join(_html_block(block, marked) for block in draft.blocks)
    head = escape("".join(printed(block.text) for block in draft.blocks if isinstance(block, Title)))
    return (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>{head}</title></head>\n'
        f'<body>\n<div class="article">\n{body}\n</div>\n</body></html>\n'
    )


def _html_block(block: Block, marked: bool) -> str:
    if isinstance(block, Sheet):
        rows = "".join(f"<tr>{''.join(_html_box(box) for box in row)}</tr>\n" for row in block.rows)
        return f'<table border="1"><tbody>\n{rows}</tbody></table>'
    text = escape(printed(block.text), quote=False)
    if isinstance(block, Title):
        return f'<h1 style="text-align:center">{text}</h1>'
    if isinstance(block, Heading) and marked:
        return f"<h{block.level + 1}>{text}</h{block.level + 1}>"
    return f"<p><strong>{text}</strong></p>" if isinstance(block, Heading) else f"<p>　　{text}</p>"


def _html_box(box: Box) -> str:
    spans = f' rowspan="{box.rows}"' * (box.rows > 1) + f' colspan="{box.columns}"' * (box.columns > 1)
    return f"<td{spans}><p>{escape(box.text, quote=False)}</p></td>"


# ---------------------------------------------------------------- Word


def _word(blocks: Sequence[Block], styled: bool) -> Iterator[Item]:
    for block in blocks:
        if isinstance(block, Sheet):
            yield [[Merged(box.text, box.rows, box.columns) for box in row] for row in block.rows]
        elif isinstance(block, Title):
            yield WordHeading(printed(block.text), 0)
        elif isinstance(block, Heading) and styled:
            yield WordHeading(printed(block.text), block.level)
        else:
            yield printed(block.text)
