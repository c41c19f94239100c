"""Hand-made results for the tests of the formats: no reader, no engine, every kind of answer there is.

The agencies are invented. The figures are honest: the relations are worked out from the cells, and the faulty draft
is the clean one with one cell changed.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from linter.model.document import Document, Origin, Span
from linter.model.edition import Band, ColumnSpec, Edition, FormSpec, Identity, Kind, RowSpec, SectionSpec, Sum
from linter.model.finding import (
    Cause,
    Diagnosis,
    Finding,
    OpenQuestion,
    Result,
    Rule,
    Severity,
    Words,
)
from linter.model.outline import Heading, Outline, Passage, Section
from linter.model.report import (
    AgencyKind,
    DateMention,
    Form,
    FormCell,
    Label,
    Place,
    Publisher,
    Relation,
    Report,
    State,
    Term,
)
from linter.readers.builder import Builder, CellDraft

# --- The edition ---------------------------------------------------------------------------------------------------

ALL, BODIES = "申请人情况", "法人或其他组织"
COLUMNS = (
    ColumnSpec(id="natural", label="自然人", group=(ALL,)),
    ColumnSpec(id="business", label="商业企业", group=(ALL, BODIES)),
    ColumnSpec(id="research", label="科研机构", group=(ALL, BODIES)),
    ColumnSpec(id="charity", label="社会公益组织", group=(ALL, BODIES)),
    ColumnSpec(id="legal", label="法律服务机构", group=(ALL, BODIES)),
    ColumnSpec(id="other", label="其他", group=(ALL, BODIES)),
    ColumnSpec(id="total", label="总计", group=(ALL,)),
)
DONE = "三、本年度办理结果"
REFUSED, IMPOSSIBLE = (DONE, "（三）不予公开"), (DONE, "（四）无法提供")
HANDLED = (
    ("granted", "（一）予以公开", (DONE,)),
    ("partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", (DONE,)),
    ("secret", "1.属于国家秘密", REFUSED),
    ("forbidden", "2.其他法律行政法规禁止公开", REFUSED),
    ("safety", "3.危及“三安全一稳定”", REFUSED),
    ("third-party", "4.保护第三方合法权益", REFUSED),
    ("none-held", "1.本机关不掌握相关政府信息", IMPOSSIBLE),
    ("not-made", "2.没有现成信息需要另行制作", IMPOSSIBLE),
    ("other", "（六）其他处理", (DONE,)),
)
APPLICATIONS = FormSpec(
    id="applications",
    title="三、收到和处理政府信息公开申请情况",
    section="applications",
    bands=(
        Band(
            title="",
            columns=COLUMNS,
            rows=(
                RowSpec(id="new", label="一、本年新收政府信息公开申请数量"),
                RowSpec(id="carried_in", label="二、上年结转政府信息公开申请数量"),
                *(RowSpec(id=f"handled.{name}", label=label, group=group) for name, label, group in HANDLED),
                RowSpec(id="handled.total", label="（七）总计", group=(DONE,)),
                RowSpec(id="carried_out", label="四、结转下年度继续办理"),
            ),
        ),
    ),
    identities=(
        Identity(
            id="applications", over="columns", relation="==", source="表头注",
            left=Sum(("new", "carried_in")), right=Sum(("handled.total", "carried_out")),
            holds="new + carried_in == handled.total + carried_out",
        ),
        Identity(
            id="results", over="columns", relation="==", source="表式",
            left=Sum(tuple(f"handled.{name}" for name, _, _ in HANDLED)), right=Sum(("handled.total",)),
            holds="handled.* == handled.total",
        ),
        Identity(
            id="row", over="rows", relation="==", source="表式",
            left=Sum(("natural", "business", "research", "charity", "legal", "other")), right=Sum(("total",)),
            holds="natural + business + research + charity + legal + other == total",
        ),
    ),
)  # fmt: skip
OUTCOMES = (
    ("upheld", "结果维持"),
    ("corrected", "结果纠正"),
    ("other", "其他结果"),
    ("pending", "尚未审结"),
    ("total", "总计"),
)
LITIGATION = FormSpec(
    id="litigation",
    title="四、政府信息公开行政复议、行政诉讼情况",
    section="litigation",
    bands=(
        Band(
            title="",
            layout="line",
            columns=tuple(ColumnSpec(id=name, label=label) for name, label in OUTCOMES),
            rows=(
                RowSpec(id="review", label="行政复议"),
                RowSpec(id="direct", label="未经复议直接起诉", group=("行政诉讼",)),
                RowSpec(id="after", label="复议后起诉", group=("行政诉讼",)),
            ),
        ),
    ),
    identities=(
        Identity(
            id="litigation", over="rows", relation="==", source="表式",
            left=Sum(("upheld", "corrected", "other", "pending")), right=Sum(("total",)),
            holds="upheld + corrected + other + pending == total",
        ),
    ),
)  # fmt: skip
PUBLISHED = FormSpec(
    id="published",
    title="二、主动公开政府信息情况",
    section="published",
    bands=(
        Band(
            title="第二十条第（一）项",
            columns=(
                ColumnSpec(id="made", label="本年制发件数"),
                ColumnSpec(id="repealed", label="本年废止件数"),
                ColumnSpec(id="valid", label="现行有效件数"),
            ),
            rows=(RowSpec(id="rules", label="规章"), RowSpec(id="norms", label="行政规范性文件")),
        ),
        Band(
            title="第二十条第（八）项",
            columns=(ColumnSpec(id="amount", label="本年收费金额（单位：万元）", kind=Kind.MONEY),),
            rows=(RowSpec(id="fees", label="行政事业性收费"),),
        ),
    ),
)
EDITION = Edition(
    id="2021",
    title="2021 年版",
    first_year=2021,
    last_year=None,
    source="国办公开办函〔2021〕30号",
    sections=(
        SectionSpec(id="overview", title="总体情况"),
        SectionSpec(id="published", title="主动公开政府信息情况"),
        SectionSpec(id="applications", title="收到和处理政府信息公开申请情况"),
        SectionSpec(id="litigation", title="政府信息公开行政复议、行政诉讼情况"),
        SectionSpec(id="problems", title="存在的主要问题及改进情况"),
        SectionSpec(id="others", title="其他需要报告的事项"),
    ),
    contents=(),
    forms=(PUBLISHED, APPLICATIONS, LITIGATION),
)
STATISTICS = FormSpec(
    id="statistics",
    title="政府信息公开情况统计表",
    section="",
    bands=(
        Band(
            title="",
            columns=(ColumnSpec(id="value", label="统计数"),),
            rows=(
                RowSpec(id="disclosure", label="一、主动公开情况", unit="——", kind=Kind.TITLE),
                RowSpec(
                    id="disclosed",
                    label="（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）",
                    group=("一、主动公开情况",),
                    unit="条",
                ),
                RowSpec(id="fee", label="七、依申请公开信息收取的费用", unit="万元", kind=Kind.MONEY),
            ),
        ),
    ),
)

# --- The drafts ----------------------------------------------------------------------------------------------------

TITLE = "云川县人民政府2023年政府信息公开工作年度报告"
CLAIM = (
    "全年共收到政府信息公开申请 29 件，其中自然人 24 件、商业企业 3 件，同比增长 12.5%，上述申请均按规定时限办理答复。"
)
LONG = (
    "云川县认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，围绕县委、县政府中心工作，"
    "不断健全制度、拓展渠道、丰富内容，全年发布发布各类政府信息 1280 余条，较好保障了人民群众的知情权、参与权和监督权，"
    "为建设法治政府、服务型政府提供了有力支撑，各乡镇、各部门也结合实际开展了形式多样的政务公开活动。"
)
FIGURES = {
    "new": (24, 3, 0, 0, 0, 0, 27),
    "carried_in": (2, 0, 0, 0, 0, 0, 2),
    "handled.granted": (20, 2, 0, 0, 0, 0, 22),
    "handled.third-party": (3, 0, 0, 0, 0, 0, 3),
    "handled.none-held": (3, 1, 0, 0, 0, 0, 4),
    "handled.total": (26, 3, 0, 0, 0, 0, 29),
    "review": (1, 0, 0, 1, 2),
}
WRONG = FIGURES | {"handled.total": (20, 3, 0, 0, 0, 0, 29)}
"""One slip: （七）总计 × 自然人 20 for 26. It breaks three relations."""

Origins = Callable[[str, int, int, int], Origin]
"""(``paragraph`` or ``table``, its number, row, column) → origin."""


def _text(kind: str, number: int, row: int, column: int) -> Origin:
    return Origin(line=number * 20 + row, column=1 if kind == "paragraph" else column * 9 + 1)


def _word(kind: str, number: int, row: int, column: int) -> Origin:
    return Origin(paragraph=number) if kind == "paragraph" else Origin(table=number, row=row, cell=column)


def _pdf(kind: str, number: int, row: int, column: int) -> Origin:  # noqa: ARG001
    return Origin(page=1 + number // 4, line=number if kind == "paragraph" else row)


ORIGINS: Mapping[str, Origins] = {"markdown": _text, "text": _text, "docx": _word, "pdf": _pdf}


def draft(name: str, file_format: str, figures: Mapping[str, tuple[int, ...]], *, sections: int = 6) -> Report:
    """A report on the 2021 form with these figures (0 elsewhere), as a reader and the recogniser would give it."""
    origin = ORIGINS[file_format]
    builder = Builder(name, file_format)
    spans = {"title": builder.paragraph([(TITLE, origin("paragraph", 1, 0, 0))], 1)}
    spans["long"] = builder.paragraph([(LONG, origin("paragraph", 2, 0, 0))])
    spans["claim"] = builder.paragraph([(CLAIM, origin("paragraph", 3, 0, 0))])
    tables = {}
    for number, form in enumerate(EDITION.forms, 2):
        spans[form.section] = builder.paragraph([(form.title, origin("paragraph", number * 2, 0, 0))], 2)
        tables[form.id] = _table(
            builder, form, figures, lambda row, column, number=number: origin("table", number, row, column)
        )
    document = builder.document()
    forms = {form.id: _form(form, document, index) for index, form in enumerate(EDITION.forms)}
    passages = {key: _passage(document, span) for key, span in spans.items()}
    prose = (passages["long"], passages["claim"])
    found = {
        form.section: Section(Heading(1, index + 2, form.title[2:], passages[form.section]), (), ())
        for index, form in enumerate(EDITION.forms)
    }
    return Report(
        document=document,
        outline=Outline(passages["title"], prose, tuple(found.values())[:sections]),
        edition=EDITION,
        year=2023,
        publisher=Publisher("云川县人民政府", AgencyKind.GOVERNMENT, spans["title"]),
        sections=found,
        forms=forms,
        relations=tuple(relation for form in forms.values() for relation in _relations(form)),
        prose=prose,
        issued=DateMention(Span(0, 0), "2024年1月20日", 2024, 1, 20, datetime.date(2024, 1, 20)),
    )


def _passage(document: Document, span: Span) -> Passage:
    return Passage(document.text[span.start : span.end], tuple(range(span.start, span.end + 1)))


def _table(
    builder: Builder, form: FormSpec, figures: Mapping[str, tuple[int, ...]], origin: Callable[[int, int], Origin]
) -> None:
    drafts = []
    for number, (band, row) in enumerate(_rows(form)):
        texts = [
            row.label,
            *(_shown(form, row.id, index, figures) for index in range(len(band.columns))),
        ]
        drafts += [
            CellDraft(number, index, [(text, origin(number + 1, index + 1))]) for index, text in enumerate(texts)
        ]
    builder.table(drafts, physical=True)


def _rows(form: FormSpec) -> Iterator[tuple[Band, RowSpec]]:
    for band in form.bands:
        for row in band.rows:
            yield band, row


def _shown(form: FormSpec, row: str, index: int, figures: Mapping[str, tuple[int, ...]]) -> str:
    if form.id == "published":
        return {"rules": "/", "norms": "2", "fees": "12.40"}[row] if index == 0 else "——" if row == "rules" else ""
    return str(figures.get(row, (0,) * 7)[index])


def _form(spec: FormSpec, document: Document, index: int) -> Form:
    table = [block for block in document.blocks if hasattr(block, "cells")][index]
    found = list(table.rows())
    rows, cells = {}, {}
    for line, (band, row) in zip(found, _rows(spec), strict=True):
        rows[row.id] = Label(line[0].text, row.label, line[0].span, "exact")
        for cell, column in zip(line[1:], band.columns, strict=True):
            cells[row.id, column.id] = _cell(cell.text, cell.span)
    return Form(spec=spec, tables=(table,), span=table.span, rows=rows, columns={}, cells=cells)


def _cell(text: str, span: Span) -> FormCell:
    states = {"": State.BLANK, "/": State.SLASH, "——": State.DASH}
    if text in states:
        return FormCell(states[text], None, text, span)
    return FormCell(State.NUMBER, Decimal(text) if "." in text else int(text), text, span)


def _relations(form: Form) -> Iterator[Relation]:
    spec = form.spec
    for identity in spec.identities:
        band = spec.bands[0]
        scopes = [item.id for item in (band.columns if identity.over == "columns" else band.rows)]
        for scope in scopes:
            left, right = (_terms(form, identity, scope, side.terms) for side in (identity.left, identity.right))
            held = sum(term.value or 0 for term in left) == sum(term.value or 0 for term in right)
            yield Relation(
                form=spec.id, identity=identity, scope=scope, left=left, right=right, state="held" if held else "broken"
            )


def _terms(form: Form, identity: Identity, scope: str, names: tuple[str, ...]) -> tuple[Term, ...]:
    keys = [(name, scope) if identity.over == "columns" else (scope, name) for name in names]
    return tuple(Term(_place(form, row, column), form.cells[row, column].amount) for row, column in keys)


def _place(form: Form, row: str, column: str) -> Place:
    return form.place(form.spec.cells[f"{form.spec.id}/{row}/{column}"])


# --- The rules -----------------------------------------------------------------------------------------------------


def _rule(rule_id: str, name: str, severity: Severity, summary: str, english: str) -> Rule:
    return Rule(
        id=rule_id,
        name=name,
        family=rule_id[0],
        editions=("2021",),
        severity=severity,
        summary=Words(summary, english),
        why=Words("结转数跨年衔接，一处不平，以后各年都会错。", "The figures carry over to next year."),
        source="国办公开办函〔2021〕30号",
        messages=MappingProxyType({"": Words("", "")}),
        helps=MappingProxyType({"": Words("", "")}),
        check=lambda _: iter(()),
        kind="identity",
        settings=MappingProxyType({}),
        cases=(),
    )


RULES = (
    _rule("S01", "missing-section", Severity.ERROR, "缺少规定的部分", "a required section is absent"),
    _rule("C01", "unbalanced-applications", Severity.ERROR, "申请收支不平", "received and handled do not balance"),
    _rule("C02", "unbalanced-results", Severity.ERROR, "办理结果合计不符", "results do not add up"),
    _rule("C03", "unbalanced-row", Severity.ERROR, "行合计不符", "a row does not add up"),
    _rule("C04", "unbalanced-litigation", Severity.ERROR, "复议诉讼合计不符", "litigation does not add up"),
    _rule("N01", "narrative-table-mismatch", Severity.WARNING, "文字与表格不一致", "prose contradicts the form"),
    _rule("T05", "blank-cell", Severity.NOTE, "单元格空白", "cells left blank"),
    _rule("W01", "doubled-word", Severity.WARNING, "词语重复", "a doubled word"),
    _rule("Y01", "broken-carry-over", Severity.ERROR, "与上年结转不衔接", "carry-over is broken"),
    _rule("P04", "late-report", Severity.WARNING, "发布逾期", "published late"),
)
NAMES = {rule.id: rule for rule in RULES}


def _finding(rule: str, message: str, advice: str, place: Place, **more: object) -> Finding:
    base = NAMES[rule]
    return Finding(
        rule=rule, name=base.name, message=message, help=advice, place=place,
        fingerprint=f"{rule}:{place.path}", **{"severity": base.severity, **more},
    )  # fmt: skip


def _within(report: Report, text: str) -> Span:
    start = report.document.text.index(text)
    return Span(start, start + len(text))


def _balance(report: Report, cause: Cause) -> Iterator[Finding]:
    """What the broken relations of the one slip say."""
    cell = cause.places[0]
    group = {"cause": cause, "group": "applications-1"}
    related = tuple(report.place(f"applications/{row}/natural") for row in ("new", "carried_in", "carried_out"))
    yield _finding(
        "C01",
        "自然人一列：新收 24 + 上年结转 2 = 26，办理结果总计 20 + 结转下年度 0 = 20",
        "对照登记台账核对自然人一列的四个数",
        cell,
        related=related,
        values={"left": 26, "right": 20, "holds": "new + carried_in"},
        **group,
    )
    yield _finding(
        "C02",
        "自然人一列：各项办理结果之和应为 26，（七）总计实为 20",
        "逐项核对自然人一列的办理结果",
        cell,
        values={"stated": 20, "computed": 26, "terms": (Term(cell, 20),)},
        **group,
    )
    yield _finding(
        "C03",
        "（七）总计一行：各类申请人之和应为 23，总计实为 29",
        "核对（七）总计一行各栏",
        report.place("applications/handled.total/total"),
        **group,
    )


def faulty(path: str, file_format: str) -> Result:
    """A draft with one wrong cell (three findings, one cause), findings in the prose, and one absence."""
    report = draft(path, file_format, WRONG)
    cell = report.place("applications/handled.total/natural")
    cause = Cause((cell,), (20,), (26,), "digit")
    broken = tuple(relation for relation in report.relations if relation.state == "broken")
    claim = Place("section/overview", ("总体情况",), _within(report, "29 件"))
    return Result(
        path=path,
        report=report,
        findings=(
            _finding(
                "S01",
                "缺少“其他需要报告的事项”部分",
                "补写该部分；没有内容的写“无”，并说明信息处理费收取情况",
                Place("section/others", ("其他需要报告的事项",)),
            ),
            *_balance(report, cause),
            _finding(
                "N01",
                "文中称收到申请 29 件，表中新收总计为 27",
                "核对文字与表格；若 29 含上年结转，请写明“含上年结转 2 件”",
                claim,
                related=(report.place("applications/new/total"),),
                values={"stated": 29, "cell": 27, "words": ("收到", "新收")},
            ),
            _finding(
                "W01",
                "“发布发布”疑为重复",
                "删去多余的一处",
                Place("section/overview", ("总体情况",), _within(report, "发布发布")),
            ),
            _finding(
                "T05", "本表有 2 个单元格空白", "没有数据的填 0；不适用的按填表说明处理", report.place("published")
            ),
        ),
        unchecked=(
            OpenQuestion("Y01", "broken-carry-over", "没有提供上一年度报告（--previous）"),
            OpenQuestion("P04", "late-report", "报告没有落款日期", Place("signoff", ("落款",))),
        ),
        diagnoses=(Diagnosis("applications", broken, (cause,), unique=True),),
        rules=RULES,
        suppressed=(_finding("W01", "“重重”疑为重复", "删去多余的一处", claim, suppressed="引用文件原文"),),
    )


def ambiguous(path: str = "青禾市.md") -> Result:
    """One broken row that two changes would mend equally well."""
    report = draft(path, "markdown", FIGURES | {"review": (1, 0, 0, 1, 3)})
    total, pending = (report.place(f"litigation/review/{column}") for column in ("total", "pending"))
    broken = tuple(relation for relation in report.relations if relation.state == "broken")
    causes = (Cause((total,), (3,), (2,)), Cause((pending,), (1,), (2,)))
    return Result(
        path=path,
        report=report,
        findings=(
            _finding(
                "C04", "行政复议：各项结果之和为 2，总计实为 3", "对照复议决定书核对", total, group="litigation-1"
            ),
        ),
        diagnoses=(Diagnosis("litigation", broken, causes, unique=False),),
        rules=RULES,
    )


def clean(path: str = "草稿/云川县2023.md") -> Result:
    """A draft with nothing to say of it."""
    return Result(path=path, report=draft(path, "markdown", FIGURES), rules=RULES)


def only_unchecked(path: str = "云川县.txt") -> Result:
    """A draft without findings of which not everything could be checked."""
    report = draft(path, "text", FIGURES)
    return Result(
        path=path,
        report=report,
        unchecked=(
            OpenQuestion(
                "Y01",
                "broken-carry-over",
                "没有提供上一年度报告（--previous）",
                report.place("applications/carried_in/natural"),
            ),
            OpenQuestion(
                "Y01",
                "broken-carry-over",
                "没有提供上一年度报告（--previous）",
                report.place("applications/carried_in/total"),
            ),
            OpenQuestion("P04", "late-report", "报告没有落款日期"),
        ),
        rules=RULES,
    )


def unreadable(path: str = "草稿/坏 文件#1.docx") -> Result:
    """A file that is no report."""
    return Result(path=path, report=None, error="不是有效的 Word 文件（压缩包打不开）")


def every_kind() -> list[Result]:
    """All of them: text, Word and PDF with findings, two repairs, a clean, an unchecked and an unreadable one."""
    return [
        faulty("草稿/云川县2023.md", "markdown"),
        faulty("云川县.docx", "docx"),
        faulty("云川县.pdf", "pdf"),
        ambiguous(),
        clean(),
        only_unchecked(),
        unreadable(),
    ]
