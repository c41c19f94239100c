"""A printed label names its row by the form's words, by accepted ones, without its number, or nearly."""

from __future__ import annotations

import pytest
from drafts import edition
from hypothesis import given
from hypothesis import strategies as st
from strategies import text

from linter.recognise.labels import SURE, Hit, align, unnumbered
from linter.recognise.vocabulary import vocabulary
from linter.text.views import squash

FORM = edition("2021").form("applications")
ROWS = vocabulary(FORM).rows
IDS = [row.id for band in FORM.bands for row in band.rows]


def names(printed: str) -> list[tuple[str, str]]:
    return [(IDS[hit.index], hit.match) for hit in ROWS.hits(squash(printed))]


@pytest.mark.parametrize("edition_id", ["2014", "2019", "2021"])
def test_every_official_label_is_its_own_row_or_a_repeated_one(edition_id):
    for form in edition(edition_id).forms:
        rows = [row for band in form.bands for row in band.rows]
        for index, row in enumerate(rows):
            hits = vocabulary(form).rows.hits(squash(row.label))
            assert (index, "exact") in [(hit.index, hit.match) for hit in hits]
            assert {rows[hit.index].label for hit in hits} == {row.label}


@pytest.mark.parametrize(
    ("printed", "row", "match"),
    [
        ("2. 重复申请", "handled.declined.repeated", "exact"),
        ("2．重 复\n申 请", "handled.declined.repeated", "exact"),
        ("重复申请", "handled.declined.repeated", "accepted"),
        ("3.重复申请", "handled.declined.repeated", "accepted"),
        ("2.逾期不缴费", "handled.other.unpaid", "accepted"),
        ("（二）部分公开", "handled.partial", "accepted"),
        ("2.重复申请（含同一申请人的申请）", "handled.declined.repeated", "accepted"),
        ("（五）不予处理2.重复申请", "handled.declined.repeated", "accepted"),
        ("三、本年度办理结果（一）予以公开", "handled.granted", "accepted"),
        ("（四）无 1.本机关不掌握相关政府信息", "handled.unable.not_held", "accepted"),
        ('3.危及"三安全一稳定"', "handled.refused.safety", "exact"),
        ("2.其他法律行政止公开", "handled.refused.forbidden", "altered"),
        ("1.申请人无正当理由逾期不补证、行政机关不再处理其政府信息公开申请", "handled.other.not_corrected", "altered"),
    ],
)
def test_labels_as_published(printed, row, match):
    assert names(printed) == [(row, match)]


@pytest.mark.parametrize("printed", ["", "自然人", "公开", "本年度办理结果", "申请人情况", "政府信息公开工作年度报告"])
def test_other_texts_name_no_row(printed):
    assert not names(printed)


def test_a_miswritten_label_is_never_sure():
    assert 0 < ROWS.likeness(squash("2.其他法律行政止公开")) < SURE


def test_another_number_is_another_label():
    """3.政务微博… and 4.政务微信… differ in one character."""
    rows = vocabulary(edition("2014").form("statistics")).rows
    assert len(rows.hits(squash("3.政务微博公开政府信息数"))) == 1
    assert not rows.hits(squash("7.政务微勃公开政府信息数"))


@given(text)
def test_any_text_has_hits_of_known_rows_only(printed):
    for hit in ROWS.hits(squash(printed)):
        assert 0 <= hit.index < len(IDS)
        assert 0 < hit.score <= 1


@given(st.sampled_from(["1.", "（一）", "三、", "12."]), st.text("公开申请处理", min_size=1))
def test_the_number_is_no_part_of_the_words(number, words):
    assert unnumbered(squash(number + words)) == squash(words)


HITS = st.lists(
    st.lists(st.integers(0, 8), max_size=2, unique=True).map(lambda rows: [Hit(row, 1.0, "exact") for row in rows]),
    max_size=10,
)


@given(HITS)
def test_aligned_rows_keep_the_order_of_the_form(hits):
    chosen = [hit.index for hit in align(hits, [0.0] * len(hits)) if hit]
    assert chosen == sorted(set(chosen))


@given(st.lists(st.integers(0, 8), max_size=8))
def test_alignment_finds_the_longest_run_in_order(rows):
    chosen = [hit for hit in align([[Hit(row, 1.0, "exact")] for row in rows], [0.0] * len(rows)) if hit]
    longest = [0]
    for end, row in enumerate(rows):
        longest.append(1 + max((longest[n + 1] for n in range(end) if rows[n] < row), default=0))
    assert len(chosen) == max(longest)


def test_of_two_rows_with_one_label_the_one_with_figures_is_taken():
    hit = [Hit(3, 1.0, "exact")]
    assert align([hit, hit], [0.0, 0.05]) == [None, hit[0]]
