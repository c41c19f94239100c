"""The annotated copy: comments where they belong, every other byte as it was, and other programs can open it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from types import MappingProxyType
from xml.etree.ElementTree import Element

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_files import NAMESPACES, STRICT, Heading, docx, merged_table, paragraph, report_docx, run, text, zipped

from linter.formats.word_comments import WordNote, annotate, write_docx
from linter.model.document import Span, Unreadable
from linter.model.edition import Edition
from linter.model.finding import Finding, Result, Rule, Severity, Words
from linter.model.outline import Outline
from linter.model.report import AgencyKind, Place, Publisher, Report
from linter.readers.docx import read_docx

FORM = Path(__file__).parents[2] / "shared" / "reports" / "2021-form-blank.docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REPORT = report_docx(
    [
        Heading("青禾市民政局2023年政府信息公开工作年度报告", 0),
        Heading("一、总体情况"),
        "本年办理申请 12 件。",
        [["新收", "12", ""], ["总计", "13", "0"]],
    ]
)


def archive(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def comments(data: bytes) -> list[tuple[str, str, list[str]]]:
    """Author, initials and paragraphs, as python-docx reads them."""
    found = python_docx.Document(io.BytesIO(data)).comments
    return [(item.author, item.initials, [line.text for line in item.paragraphs]) for item in found]


def commented(data: bytes) -> list[str | None]:
    """The text that each of our comments stands beside, as our reader sees it; None: a blank paragraph."""
    document = read_docx(data, "x")
    spans = [item.span for item in document.notices if item.kind == "comment" and item.detail == "gouji"]
    return [document.text[span.start : span.end] if span else None for span in spans]


def root(data: bytes, name: str) -> Element:
    """A part, parsed by other means than ours."""
    return etree.fromstring(archive(data).read(name))


def stored(data: bytes, name: str) -> bytes:
    """A member's header and packed bytes as they stand in the archive."""
    members = sorted(archive(data).infolist(), key=lambda item: item.header_offset)
    starts = [item.header_offset for item in members] + [archive(data).start_dir]
    at = [item.filename for item in members].index(name)
    return data[starts[at] : starts[at + 1]]


def test_a_comment_stands_beside_its_paragraph():
    data = annotate(
        REPORT, [WordNote(3, ("说了 12，表为 13", "核对第四表")), WordNote(7, ("第二条",)), WordNote(None, ("缺节",))]
    )

    assert comments(data) == [
        ("gouji", "勾", ["说了 12，表为 13", "核对第四表"]),
        ("gouji", "勾", ["第二条"]),
        ("gouji", "勾", ["缺节"]),
    ]
    assert commented(data) == ["青禾市民政局2023年政府信息公开工作年度报告", "本年办理申请 12 件。", "总计"]
    assert read_docx(data, "x").text == read_docx(REPORT, "x").text


def test_several_comments_on_one_paragraph_stay_several_and_in_order():
    data = annotate(REPORT, [WordNote(2, ("甲",)), WordNote(3, ("乙",)), WordNote(2, ("丙",))])

    assert [lines for _, _, lines in comments(data)] == [["甲"], ["乙"], ["丙"]]
    assert commented(data) == ["一、总体情况", "一、总体情况", "本年办理申请 12 件。"]


def test_only_the_parts_that_must_change_do_and_all_others_stay_byte_for_byte():
    data = annotate(REPORT, [WordNote(2, ("甲",))])
    before, after = archive(REPORT), archive(data)

    assert [item.filename for item in after.infolist()] == [*before.namelist(), "word/comments.xml"]
    assert [item.date_time for item in after.infolist()][:-1] == [item.date_time for item in before.infolist()]
    changed = {name for name in before.namelist() if stored(REPORT, name) != stored(data, name)}
    assert changed == {"[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"}
    marks = rb'<w:commentRange(?:Start|End) w:id="0"/>|<w:r><w:commentReference w:id="0"/></w:r>'
    assert re.sub(marks, b"", after.read("word/document.xml")) == before.read("word/document.xml")
    assert after.testzip() is None


def test_without_notes_the_file_stays_as_it_is():
    assert annotate(REPORT, []) == REPORT


def test_the_same_notes_give_the_same_bytes_and_a_date_only_when_asked():
    note = [WordNote(1, ("甲",))]

    assert annotate(REPORT, note) == annotate(REPORT, note)
    assert b"w:date" not in archive(annotate(REPORT, note)).read("word/comments.xml")
    dated = annotate(REPORT, note, date="2024-01-15T08:00:00Z")
    assert b'w:date="2024-01-15T08:00:00Z"' in archive(dated).read("word/comments.xml")


def test_comments_join_those_that_are_there_and_take_free_ids():
    body = paragraph('<w:commentRangeStart w:id="1"/>' + run("甲") + '<w:r><w:commentReference w:id="1"/></w:r>')
    source = docx(
        body + text("乙"),
        comments=f'<w:comment w:id="1" w:author="李强">{text("请核对")}</w:comment>'
        f'<w:comment w:id="0" w:author="李强">{text("无处")}</w:comment>',
    )
    data = annotate(source, [WordNote(1, ("一",)), WordNote(2, ("二",))])

    assert [author for author, _, _ in comments(data)] == ["李强", "李强", "gouji", "gouji"]
    ids = [item.get(f"{W}id") for item in root(data, "word/comments.xml")]
    assert ids == ["1", "0", "2", "3"]
    assert stored(data, "[Content_Types].xml") == stored(source, "[Content_Types].xml")
    assert stored(data, "word/_rels/document.xml.rels") == stored(source, "word/_rels/document.xml.rels")


def test_annotating_the_annotated_copy_adds_to_it():
    twice = annotate(annotate(REPORT, [WordNote(2, ("甲",))]), [WordNote(2, ("乙",)), WordNote(3, ("丙",))])

    assert [lines for _, _, lines in comments(twice)] == [["甲"], ["乙"], ["丙"]]


@pytest.mark.parametrize(
    "blank",
    [
        "<w:p/>",
        '<w:p w:rsidR="00A1" />',
        "<w:p></w:p>",
        "<w:p><w:pPr/></w:p>",
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr></w:p>',
        "<w:p w:rsidR='a>b/'><w:pPr><w:rPr/></w:pPr></w:p>",
    ],
)
def test_blank_paragraphs_of_every_spelling_take_comments(blank):
    data = annotate(docx(text("甲") + blank + text("乙")), [WordNote(2, ("空",))])
    marked = list(root(data, "word/document.xml").iter(f"{W}p"))[1]

    names = [child.tag.removeprefix(W) for child in marked if child.tag != f"{W}pPr"]
    assert names == ["commentRangeStart", "commentRangeEnd", "r"]
    assert marked.find(f"{W}pPr") is None or marked[0].tag == f"{W}pPr"
    assert comments(data) == [("gouji", "勾", ["空"])]


def test_strict_documents_get_strict_comments():
    data = annotate(docx(text("甲"), namespace=STRICT), [WordNote(1, ("乙",))])

    assert root(data, "word/comments.xml").tag == f"{{{STRICT}}}comments"
    assert b'"http://purl.oclc.org/ooxml/officeDocument/relationships/comments"' in archive(data).read(
        "word/_rels/document.xml.rels"
    )
    assert commented(data) == ["甲"]


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_any_prefix_of_the_word_namespace_is_understood(prefix):
    declared = f'xmlns{":x" if prefix else ""}="{W[1:-1]}"'
    part = f"<{prefix}document {declared} {NAMESPACES}><{prefix}body><{prefix}p><{prefix}r><{prefix}t>甲</{prefix}t>"
    part += f"</{prefix}r></{prefix}p><{prefix}p/></{prefix}body></{prefix}document>"
    members = {name: archive(docx("")).read(name) for name in archive(docx("")).namelist()}
    source = zipped(members | {"word/document.xml": b"\xef\xbb\xbf" + part.encode()})
    data = annotate(source, [WordNote(1, ("一",)), WordNote(2, ("二",))])

    assert commented(data) == ["甲", None]


@pytest.mark.parametrize("name", ["word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"])
@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be"])
def test_parts_in_utf_16_are_utf_8_in_the_copy(name, mark):
    members = {member: archive(REPORT).read(member) for member in archive(REPORT).namelist()}
    content = re.sub(r"^<\?xml[^>]*>\s*", "", members[name].decode())
    part = f'\ufeff<?xml version="1.0" encoding="UTF-16" standalone="yes"?>\n{content}'
    source = zipped(members | {name: part.encode(mark)})
    data = annotate(source, [WordNote(3, ("乙",))])

    assert read_docx(source, "x").text == read_docx(data, "x").text
    assert commented(data) == ["本年办理申请 12 件。"]
    assert [lines for _, _, lines in comments(data)] == [["乙"]]


def test_a_copy_that_no_program_could_open_is_not_given():
    members = {member: archive(REPORT).read(member) for member in archive(REPORT).namelist()}
    part = re.sub(rb"^<\?xml[^>]*>\s*", b"", members["word/document.xml"])
    source = zipped(members | {"word/document.xml": b'<?xml version="1.0" encoding="UTF-16"?>' + part})

    with pytest.raises(Unreadable, match="damaged"):
        annotate(source, [WordNote(3, ("乙",))])


def test_what_is_no_archive_is_refused_as_the_reader_does():
    with pytest.raises(Unreadable, match="not-a-zip"):
        annotate(b"no zip", [WordNote(1, ("甲",))])


def test_a_comment_in_a_text_box_goes_to_the_paragraph_that_anchors_it():
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{text('框里')}</w:txbxContent></v:textbox></w:pict></w:r>"
    data = annotate(docx(text("甲") + paragraph(run("框外") + box)), [WordNote(3, ("乙",))])

    assert commented(data) == ["框外"]


def test_a_paragraph_that_does_not_exist_stands_for_the_title():
    assert commented(annotate(docx("<w:p/>" + text("题") + text("文")), [WordNote(99, ("乙",))])) == ["题"]


def test_what_xml_cannot_hold_is_left_out_and_the_rest_is_kept():
    (_, _, lines), = comments(annotate(REPORT, [WordNote(1, ('a<b & "c"\x00\x1f\ufffe\ud800', "  二 "))]))  # fmt: skip

    assert lines == ['a<b & "c"', "  二 "]


def test_archives_written_as_a_stream_or_with_a_comment_keep_their_form():
    buffer = io.BytesIO()
    streamed = Unseekable(buffer)
    with zipfile.ZipFile(streamed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in archive(REPORT).namelist():
            target.writestr(name, archive(REPORT).read(name))
        target.comment = b"draft"
    source = buffer.getvalue()
    data = annotate(source, [WordNote(2, ("甲",))])

    assert archive(data).testzip() is None
    assert archive(data).comment == b"draft"
    assert stored(data, "_rels/.rels") == stored(source, "_rels/.rels")
    assert comments(data) == [("gouji", "勾", ["甲"])]


class Unseekable(io.RawIOBase):
    """A stream that cannot go back: zip writers then put sizes behind the data."""

    def __init__(self, target: io.BytesIO) -> None:
        self._target = target

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        return self._target.write(data)


def test_a_document_with_a_dtd_is_refused():
    members = {name: archive(docx("")).read(name) for name in archive(docx("")).namelist()}
    attacked = zipped(members | {"word/document.xml": b'<!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>'})

    with pytest.raises(Unreadable, match="dtd"):
        annotate(attacked, [WordNote(1, ("甲",))])


@given(
    st.lists(st.tuples(st.one_of(st.none(), st.integers(1, 9)), st.lists(st.text(max_size=8), max_size=3)), max_size=6)
)
@settings(deadline=None, max_examples=60)
def test_any_notes_leave_the_text_and_its_places_as_they_were(drawn):
    notes = [WordNote(number, tuple(lines)) for number, lines in drawn]
    before, after = read_docx(REPORT, "x"), read_docx(annotate(REPORT, notes), "x")

    assert (after.text, after.blocks, after.segments) == (before.text, before.blocks, before.segments)
    assert len([item for item in after.notices if item.kind == "comment"]) == len(notes)


# --- findings --------------------------------------------------------------------------------------------------------

RULE = Rule(
    id="C02", name="unbalanced-results", family="sums", editions=("2021",), severity=Severity.ERROR,
    summary=Words("总计不等", "unbalanced"), why=Words("", ""), source="国办公开办函〔2021〕30号",
    messages=MappingProxyType({"": Words("", "")}), helps=MappingProxyType({"": Words("", "")}),
    check=lambda _: iter(()), kind="relations", settings=MappingProxyType({}), cases=(),
)  # fmt: skip


def finding(words: str, span: Span | None, rule: str = "C02") -> Finding:
    place = Place("applications/handled.total/natural", ("三、申请情况", "（七）总计"), span)
    return Finding(
        rule=rule, name="unbalanced-results", severity=Severity.ERROR, message=words, help="核对各项", place=place
    )


def result(*words_at: tuple[str, str | None]) -> Result:
    """Findings at the first place where a text stands; None: nowhere."""
    document = read_docx(REPORT, "a.docx")
    spans = [
        None if at is None else Span(document.text.index(at), document.text.index(at) + len(at)) for _, at in words_at
    ]
    edition = Edition(
        id="2021", title="", first_year=2021, last_year=None, source="", sections=(), contents=(), forms=()
    )
    report = Report(
        document=document, outline=Outline(None, (), ()), edition=edition, year=2023, sections={}, forms={},
        publisher=Publisher("青禾市民政局", AgencyKind.DEPARTMENT),
    )  # fmt: skip
    found = tuple(finding(words, span) for (words, _), span in zip(words_at, spans, strict=True))
    return Result(path="a.docx", report=report, findings=found, rules=(RULE,))


def test_findings_become_comments_with_what_where_how_and_why():
    data = write_docx(result(("总计 13，各项之和 12", "13"), ("缺少第五部分", None)), REPORT, "zh")

    rest = ["三、申请情况 › （七）总计", "核对各项", "C02 unbalanced-results · 国办公开办函〔2021〕30号"]
    assert [lines for _, _, lines in comments(data)] == [
        ["[错误] 总计 13，各项之和 12", *rest],
        ["[错误] 缺少第五部分", *rest],
    ]
    assert commented(data) == ["青禾市民政局2023年政府信息公开工作年度报告", "13"]


def test_the_copy_speaks_english_too_and_a_result_without_findings_changes_nothing():
    assert comments(write_docx(result(("x", "13")), REPORT, "en"))[0][2][0] == "[error] x"
    assert write_docx(result(), REPORT, "zh") == REPORT
    assert write_docx(Result(path="a.docx", report=None, error="damaged"), REPORT, "zh") == REPORT


# --- other programs --------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not FORM.exists(), reason="the real form is not here")
def test_the_official_form_takes_comments_on_every_paragraph():
    source = FORM.read_bytes()
    total = archive(source).read("word/document.xml").count(b"</w:p>")
    data = annotate(source, [WordNote(number, (f"第 {number} 段",)) for number in range(1, total + 1)])

    assert len(comments(data)) == total
    assert read_docx(data, "x").text == read_docx(source, "x").text


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_comments(tmp_path):
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{text('框里')}</w:txbxContent></v:textbox></w:pict></w:r>"
    source = docx(text("甲") + paragraph(run("框外") + box) + merged_table([["乙", ""]]) + "<w:p/>")
    notes = [WordNote(1, ("ONE", "two")), WordNote(3, ("BOX",)), WordNote(5, ("CELL",)), WordNote(6, ("EMPTY",))]
    (tmp_path / "draft.docx").write_bytes(annotate(source, notes))
    options = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", options, "--outdir", str(tmp_path), str(tmp_path / "draft.docx"),
        ],
        check=True, timeout=60, capture_output=True,
    )  # fmt: skip
    pdf = (tmp_path / "draft.pdf").read_bytes()

    shown = [
        bytes.fromhex(found.decode()).decode("utf-16")
        for found in re.findall(rb"/Subtype ?/Text\b[^\n]*/Contents ?<([0-9A-F]+)>", pdf)
    ]
    assert sorted(words.strip() for words in shown) == ["BOX", "CELL", "EMPTY", "ONE\ntwo"]
