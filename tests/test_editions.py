"""The published forms as data: whole, without contradiction, and true to the blank form and to real reports."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections import Counter
from copy import deepcopy
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter import editions as module
from linter.editions import load_edition, load_editions
from linter.loading import LoadError, read
from linter.model.edition import ColumnSpec, Edition, FormSpec, Identity, Kind, RowSpec

ROOT = Path(__file__).parent.parent
REPORTS = ROOT.parent / "shared" / "reports"
EDITIONS = {edition.id: edition for edition in load_editions()}
FORMS = [pytest.param(form, id=f"{edition.id}-{form.id}") for edition in EDITIONS.values() for form in edition.forms]

Figures = dict[tuple[str, str], int]


def source(year: str) -> str:
    return (ROOT / "rules" / "editions" / f"{year}.toml").read_text("utf-8")


def squash(text: str) -> str:
    return re.sub(r"\s", "", text)


# ------------------------------------------------------------ the forms


@pytest.mark.parametrize(
    ("year", "form", "rows", "cells"),
    [
        ("2014", "statistics", 65, 65),
        ("2019", "disclosure", 8, 22),
        ("2019", "applications", 23, 161),
        ("2019", "litigation", 3, 15),
        ("2021", "disclosure", 6, 10),
        ("2021", "applications", 25, 175),
        ("2021", "litigation", 3, 15),
    ],
)
def test_a_form_has_the_rows_and_cells_of_the_printed_one(year, form, rows, cells):
    spec = EDITIONS[year].form(form)

    assert rows == sum(len(band.rows) for band in spec.bands)
    assert cells == len(list(spec.places()))


@pytest.mark.parametrize(
    ("year", "edition"),
    [
        (2013, set()),
        (2014, {"2014"}),
        (2018, {"2014"}),
        (2019, {"2019"}),
        (2020, {"2019"}),
        (2021, {"2021"}),
        (2030, {"2021"}),
    ],
)
def test_a_report_year_has_one_edition(year, edition):
    assert edition == {item.id for item in EDITIONS.values() if item.serves(year)}


def test_a_title_row_takes_no_figure_whatever_its_column_does():
    money = ColumnSpec(id="amount", label="金额", kind=Kind.MONEY)
    kinds = [RowSpec(id="row", label="行", kind=kind).takes(money) for kind in (Kind.TITLE, Kind.COUNT)]
    assert kinds == [Kind.TITLE, Kind.MONEY]


@pytest.mark.parametrize("form", FORMS)
def test_ids_and_labels_tell_cells_apart(form):
    rows = [row for band in form.bands for row in band.rows]
    cells = Counter((row.id, column.id) for _, row, column in form.places())

    assert max(cells.values()) == 1
    assert len({row.id for row in rows}) == len(rows)
    for band in form.bands:
        for items in (band.rows, band.columns):
            labels = [(*item.group, squash(label)) for item in items for label in (item.label, *item.also)]
            assert len(set(labels)) == len(labels)


def test_a_meaning_shared_by_editions_has_one_id():
    """The rows and columns of 2019 that 2021 kept are called the same and labelled the same."""
    for form in ("applications", "litigation"):
        old, new = EDITIONS["2019"].form(form), EDITIONS["2021"].form(form)
        kept = {row.id: row.label for band in new.bands for row in band.rows}
        for band in old.bands:
            assert all(kept.get(row.id, row.label) == row.label for row in band.rows)
            assert band.columns == new.bands[0].columns


def test_marks_belong_to_one_edition():
    """A text that marks an edition is in the wording of that edition alone."""

    def wording(edition: Edition) -> str:
        return "\n".join(
            text
            for form in edition.forms
            for band in form.bands
            for item in (*band.rows, *band.columns)
            for text in (item.label, *item.group)
        )

    for edition in EDITIONS.values():
        others = [wording(other) for other in EDITIONS.values() if other is not edition]
        for mark in chain.from_iterable(form.marks for form in edition.forms):
            assert not any(mark in other for other in others), mark
            assert mark in wording(edition) or mark == "统计指标"


def lines(edition: Edition) -> list[str]:
    """The edition, a line for each thing it holds, readable alone."""
    found = [f"section {section.id}: {section.title} | {' | '.join(section.also)}" for section in edition.sections]
    found += [f"content {content.id}: {content.title} | {' | '.join(content.patterns)}" for content in edition.contents]
    for form in edition.forms:
        found += [f"{form.id} mark: {mark}" for mark in form.marks]
        for band in form.bands:
            where = f"{form.id} {band.title}".rstrip()
            for name, items in (("column", band.columns), ("row", band.rows)):
                for item in items:
                    labels = " | ".join((" › ".join((*item.group, item.label)), *item.also))
                    found.append(
                        f"{where} {name} {item.id}: {labels} ({item.kind.value if item.kind else 'as the row'})"
                    )
        found += [f"{form.id} {item.id} over {item.over}: {item.holds}" for item in form.identities]
    return found


def test_what_2021_changed_is_what_the_golden_file_says():
    """Copied mistakes between two editions would show here; to renew the file, write `changed` into it and read it."""
    golden = Path(__file__).parent / "golden" / "editions-2019-2021.txt"
    diff = difflib.unified_diff(lines(EDITIONS["2019"]), lines(EDITIONS["2021"]), "2019", "2021", lineterm="", n=0)
    changed = "".join(f"{line}\n" for line in diff if not line.startswith("@@"))

    assert golden.read_text("utf-8") == changed


def test_every_word_of_an_id_stands_in_the_glossary():
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    known = {word for quoted in re.findall(r"`([^`]+)`", glossary) for word in re.split(r"[./]", quoted)}
    words = {
        word
        for edition in EDITIONS.values()
        for form in edition.forms
        for band in form.bands
        for item in (*edition.sections, *edition.contents, form, *band.rows, *band.columns)
        for word in item.id.split(".")
    }

    assert words <= known, words - known


# ------------------------------------------------------------ the identities


def total(figures: Figures, terms: tuple[str, ...], identity: Identity, scope: str) -> int:
    if identity.over == "columns":
        return sum(figures[term, scope] for term in terms)
    return sum(figures[scope, term] for term in terms)


def broken(form: FormSpec, figures: Figures) -> set[str]:
    """The identities that the figures break, evaluated in the plainest way."""
    compare = {"==": int.__eq__, ">=": int.__ge__, "<=": int.__le__}
    return {
        identity.id
        for identity in form.identities
        for scope in (identity.columns if identity.over == "columns" else identity.rows)
        if not compare[identity.relation](
            total(figures, identity.left.terms, identity, scope),
            total(figures, identity.right.terms, identity, scope),
        )
    }


@st.composite
def balanced(draw, form: FormSpec) -> Figures:
    """A form filled in as an honest clerk would: details first, then every sum."""
    figures = {
        (row.id, column.id): draw(st.integers(0, 99)) for _, row, column in form.places() if row.kind is not Kind.TITLE
    }
    ids = [row.id for band in form.bands for row in band.rows]
    if form.id == "applications":
        results = [row for row in ids if row.startswith("handled.") and row != "handled.total"]
        for column in ("natural", "business", "research", "welfare", "legal", "other"):
            done = figures["handled.total", column] = sum(figures[row, column] for row in results)
            figures["carried_in", column] = draw(st.integers(0, done))
            figures["new", column] = done + figures["carried_out", column] - figures["carried_in", column]
    if form.id in ("applications", "litigation"):
        for row in ids:
            figures[row, "total"] = sum(figures[row, column.id] for column in form.bands[0].columns[:-1])
    elif form.id == "disclosure":
        for row, column in list(figures):
            if column in ("public_total", "valid"):
                figures[row, column] += figures[row, "published" if column == "public_total" else "made"]
            if column == "change":
                figures[row, column] -= draw(st.integers(0, figures[row, "items"] + figures[row, column]))
    else:
        heads = [*ids, "channels"]
        parts = {head: [row for row in ids if re.fullmatch(rf"{re.escape(head)}\.\w+", row)] for head in heads}
        sums = {head: sum(figures.get((row, "count"), 0) for row in below) for head, below in parts.items()}
        sums["answered"] += sums["answered.refused"] - figures["answered.refused", "count"]
        for head in ("received", "concluded", "answered.refused", "answered", "reviews", "lawsuits", "staff"):
            figures[head, "count"] = sums[head]
        most = max(figures[row, "count"] for row in parts["channels"])
        figures["disclosed", "count"] = draw(st.integers(most, sums["channels"]))
        figures["normative.made", "count"] = draw(st.integers(0, 50))
        least = min(figures["normative.made", "count"], figures["disclosed", "count"])
        figures["disclosed.normative", "count"] = draw(st.integers(0, least))
        answers = max(figures["responses.social", "count"], figures["responses.other", "count"])
        figures["responses", "count"] = draw(st.integers(answers, sums["responses"]))
        for led in ("responses.briefings", "responses.interviews"):
            figures[f"{led}.led", "count"] = draw(st.integers(0, figures[led, "count"]))
    return figures


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
def test_every_identity_holds_on_a_form_built_to_hold(form, data):
    assert set() == broken(form, data.draw(balanced(form)))


@pytest.mark.parametrize("form", [item for item in FORMS if item.values[0].id in ("applications", "litigation")])
@given(data=st.data())
def test_no_figure_of_applications_or_litigation_can_change_alone(form, data):
    figures = data.draw(balanced(form))
    place = data.draw(st.sampled_from(sorted(figures)))
    figures[place] += data.draw(st.integers(1, 9))

    assert broken(form, figures)


@pytest.mark.parametrize(
    ("figure", "value", "expected"),
    [
        ("disclosed", 100, {"channels-upper"}),
        ("disclosed", 29, {"channels-lower-website"}),
        ("channels.wechat", 31, {"channels-lower-wechat"}),
        ("disclosed.normative", 6, {"normative-made"}),
        ("responses", 9, {"responses-upper"}),
        ("responses", 0, {"responses-lower-social"}),
        ("responses.briefings.led", 1, {"briefings-lead"}),
        ("responses.interviews.led", 1, {"interviews-lead"}),
        ("received.fax", 1, {"received"}),
        ("concluded.extended", 1, {"concluded"}),
        ("answered.refused.privacy", 1, {"refused"}),
        ("answered.partial", 1, {"answered"}),
        ("reviews", 1, {"reviews-pending"}),
        ("reviews.other", 1, {"reviews"}),
        ("lawsuits", 2, {"lawsuits-pending"}),
        ("lawsuits.upheld", 1, {"lawsuits"}),
        ("staff", 0, {"staff"}),
        ("trainees", 5, set()),
        ("fees", 5, set()),
    ],
)
def test_a_slip_in_the_2014_table_breaks_its_identity(figure, value, expected):
    form = EDITIONS["2014"].form("statistics")
    figures = {(row.id, "count"): 0 for _, row, _ in form.places()}
    figures |= {("disclosed", "count"): 30, ("channels.website", "count"): 30, ("normative.made", "count"): 5}
    figures |= {("disclosed.normative", "count"): 5, ("responses", "count"): 1, ("responses.social", "count"): 1}
    figures |= {("staff", "count"): 2, ("staff.full_time", "count"): 1, ("staff.part_time", "count"): 1}
    assert set() == broken(form, figures)

    assert expected == broken(form, figures | {(figure, "count"): value})


def test_a_wildcard_stands_for_one_step():
    """答复数 is the sum of its eight rows, not also of the grounds of refusal below the fourth."""
    answered = next(item for item in EDITIONS["2014"].form("statistics").identities if item.id == "answered")

    assert len(answered.right.terms) == 8
    assert "answered.refused" in answered.right.terms


# ------------------------------------------------------------ headings and contents


@pytest.mark.parametrize("year", ["2019", "2021"])
def test_a_section_is_known_by_its_wordings_and_no_other_is(year):
    for section in EDITIONS[year].sections:
        for title in (section.title, *section.also):
            meant = {
                other.id
                for other in EDITIONS[year].sections
                if any(re.search(pattern, squash(title)) for pattern in other.patterns)
            }
            assert {section.id} == meant, title


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("2023年政务公开工作总体情况", "overview"),
        ("概述", "overview"),
        ("本年度主动公开政务信息情况", "disclosure"),
        ("受理和答复政府信息公开申请情况", "applications"),
        ("依申请公开政府信息情况", "applications"),
        ("行政复议及行政诉讼情况", "litigation"),
        ("因政府信息公开被申请行政复议、提起行政诉讼情况", "litigation"),
        ("政府信息公开行政法复议、行政诉讼情况", "litigation"),
        ("存在的问题与改进思路", "problems"),
        ("存在的主要不足和下一步打算", "problems"),
        ("其他事项", "other"),
        ("需要报告的其他情况", "other"),
        ("需要说明的事项", "other"),
        ("工作亮点", None),
        ("重点领域信息公开情况", None),
        ("建议提案办理结果公开情况", None),
        ("附件", None),
    ],
)
def test_a_renamed_heading_still_means_its_section(heading, section):
    found = {
        spec.id for spec in EDITIONS["2021"].sections if any(re.search(pattern, heading) for pattern in spec.patterns)
    }

    assert found == ({section} if section else set())


def states(edition: str, content: str, text: str) -> bool:
    patterns = next(item.patterns for item in EDITIONS[edition].contents if item.id == content)
    return any(re.search(pattern, text) for pattern in patterns)


STATED = {
    "applications": [
        "2016年，云川县共收到政府信息公开申请12件，均已办结。",
        "全年未收到公民、法人和其他组织的政府信息公开申请。",
        "本年度没有依申请公开事项。",
        "2017年,我局无依申请公开政府信息的情况。",
        "受理依申请公开3件，按时答复3件。",
        "办理政府信息依申请公开事项5件。",
        "2015年我局共接到申请公开信息2件。",
        "依申请公开政府信息0件。",
        "全年没有公民、法人或其他组织申请公开政府信息。",
        "收到信息公开申请三件。",
        "未发生依申请公开情况。",
        "不予公开信息情况：不予公开0件。",
        "本年度政府信息公开申请数为零。",
        "收到要求公开政府信息的申请7件。",
    ],
    "fees": [
        "各部门依申请提供政府信息暂不收费。",
        "我局不存在任何政府信息公开收费和减免情况。",
        "本年度未收取任何费用。",
        "2016年未向申请人收取检索、复制、邮寄等费用。",
        "政府信息公开收费0元。",
        "全年没有收费及减免情况。",
        "没有收取任何信息公开费用。",
        "2017年共收取检索费、复制费120元。",
        "依申请公开信息收取的费用为零。",
        "对申请公开政府信息的群众未收取费用。",
        "未就政府信息公开收取费用。",
    ],
    "litigation": [
        "2018年未出现因信息公开申请行政复议、提起行政诉讼的情况。",
        "未发生因信息公开而产生的行政复议或行政诉讼；",
        "行政复议2件，行政诉讼1件。",
        "全年无行政复议、行政诉讼。",
        "共发生1起政府信息公开行政诉讼案件。",
        "因政府信息公开被申请行政复议0件。",
        "政府信息公开行政复议为零。",
        "发生行政复议一件。",
    ],
    "problems": [
        "但还存在信息公开数量偏少、内容不全面、渠道比较单一等问题。",
        "政府信息公开渠道有待拓宽。",
        "问题主要是人员不足。",
    ],
    "disclosure": ["通过不同渠道公开各类信息230条。", "全区主动公开政府信息3460条。", "政府信息主动公开工作扎实推进。"],
}

MENTIONED = {
    "applications": [
        "畅通依申请公开渠道，规范办理流程。",
        "下一步，进一步规范依申请公开工作。",
        "行政服务中心共受理申请136437件。",
        "未收到有关政府信息公开行政复议、提起行政诉讼的申请。",
        "未发生因政府信息公开申请行政复议的情况。",
        "没有因信息公开申请引起行政复议的案件。",
        "严格执行《政府信息依申请公开工作办法》。",
        "受理行政许可申请35件。",
        "凡涉密信息一律不得公开。",
    ],
    "fees": [
        "实施内容、收费情况等关键信息全部对外公开。",
        "将便民措施印成办事指南，公众免费取阅。",
        "公布行政事业性收费目录。",
        "及时公开信息，不断规范涉企收费。",
        "公开教育收费信息，规范学校收费行为。",
        "取消不合理收费项目12项。",
    ],
    "litigation": [
        "规范办理行政复议、行政诉讼案件。",
        "《中华人民共和国行政诉讼法》",
        "有效降低行政复议、行政诉讼发生率和纠错率。",
    ],
    "problems": ["严肃查处违反规定的行为。"],
    "disclosure": ["微信公众号订阅量5381人次。", "收到来信842件。"],
}


@pytest.mark.parametrize("width", ["full", "half"])
@pytest.mark.parametrize(("content", "text"), [(key, text) for key, texts in STATED.items() for text in texts])
def test_a_sentence_that_states_the_fact_covers_the_item(content, text, width):
    assert states("2014", content, text if width == "full" else text.translate(str.maketrans("，；：", ",;:")))


@pytest.mark.parametrize(("content", "text"), [(key, text) for key, texts in MENTIONED.items() for text in texts])
def test_a_sentence_that_only_mentions_the_matter_covers_nothing(content, text):
    assert not states("2014", content, text)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("2023年，未收取信息处理费。", True),
        ("全年收取信息处理费2笔，共计230元。", True),
        ("无收取信息处理费情况。", True),
        ("本年度未向申请人收取任何费用。", True),
        ("严格落实《政府信息公开信息处理费管理办法》。", False),
        ("行政事业性收费230万元。", False),
        ("无其他需要报告的事项。", False),
    ],
)
def test_the_processing_fee_is_stated_or_not(text, stated):
    assert stated is states("2021", "processing_fee", text)


# ------------------------------------------------------------ strict loading


def faults(text: str) -> list[str]:
    with pytest.raises(LoadError) as caught:
        load_edition(text, "form.toml")
    return str(caught.value).splitlines()


def test_an_identity_that_names_an_unknown_row_is_pointed_at():
    assert faults(source("2021").replace("new + carried_in ==", "new + caried_in ==")) == [
        "form.toml: forms[1].identities[0].holds: unknown 'caried_in', did you mean 'carried_in'?",
        "    new + caried_in == handled.total + carried_out",
        "          ^^^^^^^^^",
    ]


def test_an_identity_beyond_the_language_is_pointed_at():
    assert faults(source("2021").replace("new + carried_in ==", "new + 2 * carried_in ==")) == [
        "form.toml: forms[1].identities[0].holds: expected name",
        "    new + 2 * carried_in == handled.total + carried_out",
        "          ^",
    ]


def test_an_identity_over_cells_that_no_row_has_together_is_refused():
    assert faults(
        source("2021").replace('"valid >= made"', '"valid >= decisions"'),
    ) == ["form.toml: forms[0].identities[0].holds: no row has all these cells"]


def test_a_tolerance_is_a_number():
    text = source("2021").replace('holds = "valid >= made"', 'holds = "valid >= made", tolerance = "little"')

    assert faults(text) == ["form.toml: forms[0].identities[0].tolerance: expected a decimal number, found 'little'"]


def test_an_identity_between_cells_names_row_and_column():
    text = source("2021").replace(
        'over = "rows", holds = "valid >= made"',
        'over = "cells", holds = "normative/valid >= regulations/made"',
    )
    identity = load_edition(text, "form.toml").form("disclosure").identities[0]

    assert (identity.left.terms, identity.right.terms) == (("normative/valid",), ("regulations/made",))


def test_a_faulty_row_is_one_fault_and_its_identities_are_not_blamed():
    found = faults(source("2021").replace('id = "carried_in", label', 'id = "carried_in", lable'))

    assert found == ["form.toml: forms[1].bands[0].rows[1].lable: unknown key, did you mean 'label'?"]


def test_a_row_given_twice_and_a_broken_pattern_are_refused():
    text = source("2021").replace('id = "carried_out"', 'id = "new"').replace("'复议.*诉讼'", "'复议(.*诉讼'")

    assert faults(text) == [
        "form.toml: sections[3].patterns[0]: no regular expression: missing ), unterminated subpattern",
        "    复议(.*诉讼",
        "      ^",
        "form.toml: forms[1].bands[0].rows: 'new' stands twice",
    ]


def test_a_form_in_a_section_that_is_not_there_is_refused():
    assert faults(
        source("2021").replace('section = "disclosure"\nmarks', 'section = "disclosures"\nmarks'),
    ) == ["form.toml: forms[0].section: unknown 'disclosures', did you mean 'disclosure'?"]


def test_an_edition_of_the_users_own_joins_ours_and_may_not_hide_one(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(source("2014").replace('"2014"', '"qinghe"'), "utf-8")
    assert [edition.id for edition in load_editions([own])] == ["2014", "qinghe", "2019", "2021"]

    own.write_text(source("2014"), "utf-8")
    with pytest.raises(LoadError, match="several editions are called '2014'"):
        load_editions([own])


def spots(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of every value in a TOML document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return (
        [path, *chain.from_iterable(spots(item, (*path, key)) for key, item in items)]
        if path
        else list(
            chain.from_iterable(spots(item, (key,)) for key, item in items),
        )
    )


WHOLE = {year: tomllib.loads(source(year)) for year in EDITIONS}


@given(st.sampled_from(sorted(WHOLE)), st.data(), st.sampled_from([None, 7, "?", [], {}, True, [{}], "junk"]))
def test_a_damaged_edition_is_refused_with_a_reason_or_still_whole(year, data, junk):
    """No damage at one place is an error of another kind than LoadError; a wrong type is found where it stands."""
    table = deepcopy(WHOLE[year])
    *above, last = data.draw(st.sampled_from(spots(table)))
    parent = table
    for step in above:
        parent = parent[step]
    before = parent[last]
    if junk is None:
        del parent[last]
    else:
        parent[last] = junk

    try:
        read(table, module._edition)
    except LoadError as error:
        assert error.faults  # noqa: PT017 - either way is right
    else:
        assert junk is None or type(junk) is type(before)


# ------------------------------------------------------------ against what was published


def report(name: str) -> str:
    path = REPORTS / name
    if not path.exists():
        pytest.skip("the real reports are not here")
    return path.read_text("utf-8")


def test_the_blank_form_of_2021_has_these_labels_and_no_others():
    """Every cell of the official blank form that is not empty is a label of the edition, and the other way round."""
    docx = pytest.importorskip("docx")
    path = REPORTS / "2021-form-blank.docx"
    if not path.exists():
        pytest.skip("the real reports are not here")
    document = docx.Document(str(path))
    printed = {squash(cell.text) for table in document.tables for row in table.rows for cell in row.cells} - {""}
    corners = {"信息内容", "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"}
    known = {
        squash(text)
        for form in EDITIONS["2021"].forms
        for band in form.bands
        for item in (*band.rows, *band.columns)
        for text in (item.label, *item.group, band.title)
    } - {""}
    headings = {squash(paragraph.text)[2:] for paragraph in document.paragraphs if "、" in paragraph.text[:2]}

    assert printed - corners == known
    assert headings == {section.title for section in EDITIONS["2021"].sections}


@pytest.mark.parametrize(
    ("name", "year", "deviant"),
    [
        ("2018-shapotou-office-affairs.txt", "2014", set()),
        ("2017-ningxia-service-centre.txt", "2014", {"budget"}),
        ("2017-ningxia-office-affairs.txt", "2014", {"meetings"}),
        ("2019-ningxia-general-office.txt", "2019", set()),
        ("2019-pingtan-district.txt", "2019", set()),
        ("2020-pingtan-district.txt", "2019", set()),
        ("2022-pingtan-district.txt", "2021", set()),
        ("2023-pingtan-district.txt", "2021", set()),
        (
            "2024-hongze-district.txt",
            "2021",
            {
                "handled.refused.forbidden",
                "handled.other.not_corrected",
                "handled.other.unpaid",
                "handled.other.rest",
            },
        ),
    ],
)
def test_real_reports_print_these_labels(name, year, deviant):
    """Every row label stands in the report, character for character, but for the deviations known of it."""
    text = squash(report(name)).translate(str.maketrans("():,", "（）：，"))
    rows = {row.id: row.label for form in EDITIONS[year].forms for band in form.bands for row in band.rows}

    assert deviant == {row for row, label in rows.items() if squash(label) not in text}


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("2017-ningxia-office-affairs.txt", {"applications", "fees", "litigation"}),
        ("2017-ningxia-service-centre.txt", {"fees"}),
        ("2018-shapotou-office-affairs.txt", set()),
        ("2013-pingtan-county.txt", {"fees"}),
        ("2015-pingtan-district.txt", set()),
        ("2016-pingtan-district.txt", set()),
    ],
)
def test_real_reports_before_2019_state_these_items(name, missing):
    """On the prose between the first heading and the table, its lines joined."""
    body = re.split(r"\n\s*附件\d*\s*\n|指标名称", re.split(r"\n\s*一、", report(name), maxsplit=1)[1])[0]

    assert missing == {item.id for item in EDITIONS["2014"].contents if not states("2014", item.id, squash(body))}
