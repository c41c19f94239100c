"""Which report is whose last year."""

from __future__ import annotations

from linter.editions import load_editions
from linter.readers.markdown import read_markdown
from linter.recognise import recognise
from linter.runs.series import Imprint, find_previous, imprint_of

EDITIONS = load_editions()


def report(name: str, year: int) -> Imprint:
    text = f"# {name}{year}年政府信息公开工作年度报告\n\n## 一、总体情况\n\n{year}年，依法公开政府信息。\n"
    return imprint_of(recognise(read_markdown(text.encode(), f"{name}-{year}.md"), EDITIONS))


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


def test_a_note_of_what_the_figures_cover_tells_two_reports_of_one_body_apart():
    own, whole = report("云川县人民政府（本级）", 2022), report("云川县人民政府（汇总）", 2022)
    assert find_previous(report("云川县人民政府（本级）", 2023), [whole, own]) is own


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
