"""Which report is whose last year."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.editions import load_editions
from linter.readers.markdown import read_markdown
from linter.recognise import recognise
from linter.runs.series import Imprint, find_previous, imprint_of, publisher_key

EDITIONS = load_editions()


def report(name: str, year: int) -> Imprint:
    text = f"# {name}{year}年政府信息公开工作年度报告\n\n## 一、总体情况\n\n{year}年，依法公开政府信息。\n"
    return imprint_of(recognise(read_markdown(text.encode(), f"{name}-{year}.md"), EDITIONS))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("青禾市人民政府", "青禾市"),
        ("青禾市政府", "青禾市人民政府"),
        ("青禾市人民政府办公室", "青禾市政府办公室"),
        ("青禾市 水务局", "青禾市水务局"),
        ("云川县发展和改革委员会", "云川县发展改革委"),
        ("云川经济开发区管理委员会", "云川经济开发区"),
        ("城东街道办事处", "城东街道"),
        ("柳溪镇人民政府", "柳溪镇"),
        ("宁夏回族自治区水利厅", "自治区水利厅"),
        ("宁夏水利厅", "自治区水利厅"),
        ("自治区人民政府外事办公室", "自治区外事办公室"),
    ],
)
def test_one_body_under_two_names_has_one_key(name, other):
    assert publisher_key(name) == publisher_key(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("青禾市人民政府", "青禾市人民政府办公室"),
        ("云川县水务局", "青禾市水务局"),
        ("青禾市政务服务中心", "青禾市政府采购中心"),
        ("云川经济开发区管委会", "云川经济开发区管委会办公室"),
        ("柳溪镇", "柳溪乡"),
    ],
)
def test_different_bodies_have_different_keys(name, other):
    assert publisher_key(name) != publisher_key(other)


NAMES = st.builds(
    "{}{}".format,
    st.sampled_from(["青禾市", "云川县", "宁夏回族自治区", "内蒙古自治区", "自治区", "柳溪镇"]),
    st.sampled_from(
        ["", "人民政府", "人民政府办公室", "水务局", "发展和改革委员会", "人力资源和社会保障厅", "政府采购中心"]
    ),
)


@given(NAMES)
def test_a_key_is_its_own_key(name):
    assert publisher_key(publisher_key(name)) == publisher_key(name)


@given(NAMES, st.data())
def test_spaces_and_brackets_in_a_name_do_not_matter(name, data):
    at = data.draw(st.integers(0, len(name)))
    mark = data.draw(st.sampled_from([" ", "\u3000", "（", "）", "·"]))
    assert publisher_key(name[:at] + mark + name[at:]) == publisher_key(name)


def test_the_years_of_one_agency_find_each_other_among_others():
    files = [report(name, year) for name in ("青禾市水务局", "云川县水务局") for year in (2021, 2022, 2023)]
    for file in files:
        found = find_previous(file, files)
        assert (found is None) == (file.year == 2021)
        assert found is None or (found.publisher, found.year) == (file.publisher, (file.year or 0) - 1)


def test_a_year_that_is_missing_leaves_a_gap():
    assert find_previous(report("青禾市水务局", 2022), [report("青禾市水务局", 2020)]) is None


def test_a_name_without_its_place_is_found_when_only_one_body_can_be_meant():
    short = report("水务局", 2022)
    assert find_previous(report("青禾市水务局", 2023), [short]) is short
    assert find_previous(report("水务局", 2023), [report("青禾市水务局", 2022), report("云川县水务局", 2022)]) is None


def test_the_full_name_goes_before_the_short_one():
    full, short = report("青禾市水务局", 2022), report("水务局", 2022)
    assert find_previous(report("青禾市水务局", 2023), [short, full]) is full


def test_bodies_of_two_autonomous_regions_are_not_mixed_up():
    assert find_previous(report("宁夏回族自治区水利厅", 2023), [report("广西壮族自治区水利厅", 2022)]) is None
    own = report("自治区水利厅", 2022)
    assert find_previous(report("宁夏回族自治区水利厅", 2023), [own]) is own


def test_a_report_is_never_its_own_last_year_and_a_nameless_one_has_none():
    own = report("青禾市水务局", 2023)
    assert find_previous(own, [own]) is None
    assert find_previous(report("", 2023), [report("", 2022)]) is None
