"""Whole reports: an author, his figures, his sections, his tables, in the order of the edition."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from synthesis import asides, prose
from synthesis.author import YEARS, Author, names
from synthesis.draft import Block, Box, Draft, Edition, Format, Heading, Kind, Paragraph, Sheet
from synthesis.figures import draw
from synthesis.forms import Wording, sheet
from synthesis.rendering import SUFFIX, render

SECTIONS = {
    "overview": ("总体情况", "总体情况", "政府信息公开总体情况"),
    "disclosure": ("主动公开政府信息情况",),
    "applications": ("收到和处理政府信息公开申请情况",),
    "litigation": (
        "政府信息公开行政复议、行政诉讼情况",
        "政府信息公开行政复议、行政诉讼情况",
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "政府信息公开行政复议及行政诉讼情况",
    ),
    "problems": ("存在的主要问题及改进情况", "存在的主要问题及改进情况", "政府信息公开工作存在的主要问题及改进情况"),
    "other": ("其他需要报告的事项",),
}


@dataclass(frozen=True, slots=True)
class Synthetic:
    """A report as a file: its bytes and name, the format, and the draft it was made of."""

    data: bytes
    name: str
    format: Format
    draft: Draft


def honest(seed: int, *, edition: Edition, kind: Kind, format: Format) -> Synthetic:  # noqa: A002 -- what it is
    """The honest report of this seed: the same bytes every time, the same draft in every format."""
    return printed_as(compose(seed, edition=edition, kind=kind), format)


def printed_as(made: Draft, style: Format) -> Synthetic:
    """The draft as a file."""
    return Synthetic(render(made, style), f"{made.agency}{made.year}.{SUFFIX[style]}", style, made)


def compose(
    seed: int,
    *,
    edition: Edition,
    kind: Kind,
    year: int | None = None,
    inherited: Mapping[str, int] | None = None,
    form: Edition | None = None,
) -> Draft:
    """The draft of this seed.

    `inherited`: cells that last year's report fixes. `form`: the edition whose tables are used.
    """
    rng = random.Random(f"{seed} {edition} {kind}")  # noqa: S311 -- chance, not secrecy
    chosen = rng.choice(YEARS[edition])
    name, full, place, us, everyone, above = names(rng, kind)
    figures = draw(rng, form or edition, kind, inherited)
    author = Author(rng, form or edition, kind, year or chosen, name, full, place, us, everyone, above, figures)
    blocks = _report_2014(author) if author.edition == "2014" else _report(author)
    return Draft(
        seed=seed,
        edition=edition,
        kind=kind,
        year=author.year,
        agency=full,
        blocks=tuple(blocks),
        figures=figures,
        traits=frozenset(author.traits),
    )


def _head(a: Author, index: int, section: str) -> Heading:
    return Heading(f"{prose.NUMERALS[index]}、{a.rng.choice(SECTIONS[section])}", 1, section)


def _report(a: Author) -> list[Block]:
    wording = Wording(a.rng)
    bodies: dict[str, list[Block]] = {
        "overview": prose.overview(a),
        "disclosure": [],
        "applications": [Paragraph(a.choose(*asides.applications(a)))] if a.chance(0.1) else [],
        "litigation": [Paragraph(prose.litigation_prose(a))] if a.chance(0.4, "V13 prose before the table") else [],
        "problems": prose.problems(a),
        "other": prose.other(a),
    }
    if a.chance(0.1, "V14 table of its own"):
        bodies["overview"].append(_proposals(a))
    blocks = [*prose.title(a), *prose.preamble(a)]
    for index, (section, body) in enumerate(bodies.items()):
        blocks += [_head(a, index, section), *body]
        if section in ("disclosure", "applications", "litigation"):
            blocks.append(sheet(section, a.edition, a.figures, wording))
    return blocks + prose.sign_off(a)


def _proposals(a: Author) -> Sheet:
    suggestions, proposals = a.few(), a.few()
    return Sheet(
        "",
        (
            (Box("类别"), Box("承办数（件）"), Box("办复数（件）")),
            (Box("人大代表建议"), Box(str(suggestions)), Box(str(suggestions))),
            (Box("政协委员提案"), Box(str(proposals)), Box(str(proposals))),
        ),
    )


def _report_2014(a: Author) -> list[Block]:
    parts: list[tuple[str, list[Block]]] = [
        (a.choose("概述", "总体工作情况", "工作开展情况"), prose.work_2014(a)),
        (a.choose("主动公开政府信息情况", "政府信息主动公开情况"), prose.disclosed_2014(a)),
        (a.choose("依申请公开政府信息情况", "政府信息依申请公开情况"), [Paragraph(prose.application_prose(a))]),
        (a.choose("政府信息公开的收费及减免情况", "收费及减免情况"), prose.fees_2014(a)),
        ("因政府信息公开申请行政复议、提起行政诉讼的情况", [Paragraph(prose.litigation_prose(a))]),
        (a.choose("存在的主要问题和改进措施", "存在问题及下一步打算"), prose.problems(a)),
    ]
    if a.chance(0.3, "V1-V3 local sections"):
        own = Paragraph(
            f"公开重大建设项目信息{a.few()}条，公共资源配置信息{a.few()}条；承办建议提案{a.few()}件，均已办复。"
        )
        parts.insert(2, (a.choose("重点领域信息公开情况", "建议提案办理结果公开情况"), [own]))
    blocks = [*prose.title(a), *prose.preamble(a)]
    for index, (text, body) in enumerate(parts):
        blocks += [Heading(f"{prose.NUMERALS[index]}、{text}", 1), *body]
    annex = f"{a.full}{a.choose(f'{a.year}年度', '')}政府信息公开情况统计表"
    blocks += [Paragraph(f"附件：{annex}"), *prose.sign_off(a), Paragraph("附件"), Paragraph(annex)]
    if a.full in annex and "年度" not in annex:
        blocks.append(Paragraph(f"（{a.year}年度）"))
    blocks.append(sheet("statistics", "2014", a.figures, Wording(a.rng)))
    if a.chance(0.1, "V6 English"):
        blocks.insert(-1, Paragraph("Annual Report on Government Information Disclosure"))
    return blocks
