"""The configuration: found, read strictly, merged per file, shown so that it reads back as the same."""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.config.files import find_config, template
from linter.config.model import DEADLINES, GRADES, LEVELS, THRESHOLDS, Config, PerFile, Settings
from linter.config.names import check_names
from linter.config.reading import load_config, no_config
from linter.config.showing import show
from linter.editions import load_editions
from linter.globs import matches, relative
from linter.loading import LoadError
from linter.model.report import AgencyKind
from linter.packs import load_rules
from linter.readers.markdown import read_markdown
from linter.waivers.directives import directives
from linter.waivers.side_file import check_rules, load_suppressions

DOCS = Path(__file__).parent.parent / "docs" / "configuration.md"


def written(folder: Path, text: str, name: str = "gouji.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def loaded(folder: Path, text: str) -> Config:
    return load_config(written(folder, text))


def faults(path: Path) -> list[str]:
    with pytest.raises(LoadError) as caught:
        load_config(path)
    assert caught.value.name == path.name
    return [str(fault) for fault in caught.value.faults]


# --- Which files a pattern means -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "path", "meant"),
    [
        ("年报.docx", "年报.docx", True),
        ("年报.docx", "教育局/2023/年报.docx", True),
        ("*.docx", "教育局/年报.docx", True),
        ("*.docx", "年报.pdf", False),
        ("教育局/*.docx", "教育局/年报.docx", True),
        ("教育局/*.docx", "教育局/2023/年报.docx", False),
        ("教育局/**/*.docx", "教育局/2023/年报.docx", True),
        ("教育局/**/*.docx", "教育局/年报.docx", True),
        ("教育局/**", "教育局/2023/年报.docx", True),
        ("教育局/", "教育局/2023/年报.docx", True),
        ("教育局", "市本级/教育局/年报.docx", True),
        ("/教育局", "市本级/教育局/年报.docx", False),
        ("./教育局/*.md", "教育局/年报.md", True),
        ("教育局\\*.md", "教育局/年报.md", True),
        ("年报?.md", "年报1.md", True),
        ("年报?.md", "年报.md", False),
        ("〔2024〕[3]号.md", "〔2024〕[3]号.md", True),
        ("a.md", "aXmd", False),
        ("年报", "年报稿.md", False),
    ],
)
def test_a_pattern_means_these_files_and_no_others(pattern, path, meant):
    assert matches(pattern, path) is meant


@given(st.text("ab./*?[年", max_size=12), st.text("ab./年", max_size=12))
def test_a_pattern_without_wildcards_means_its_own_path(pattern, path):
    matches(pattern, path)  # no pattern is an error
    plain = path.strip("./")
    assert not plain or matches(f"/{plain}", plain)


def test_a_path_is_seen_from_the_folder_with_slashes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert relative("教育局/年报.md", tmp_path) == "教育局/年报.md"
    assert relative(str(tmp_path / "年报.md"), tmp_path / "配置") == "../年报.md"
    assert relative("-", tmp_path) == "-"


# --- Found and read ------------------------------------------------------------------------------------------------


def test_the_nearest_configuration_upward_counts(tmp_path):
    outer, inner = tmp_path / "机关", tmp_path / "机关" / "教育局" / "草稿"
    inner.mkdir(parents=True)
    assert find_config(inner) is None or tmp_path not in find_config(inner).parents

    top = written(outer, "")
    assert find_config(inner) == top

    near = written(inner.parent, "[tool.gouji]\n", "pyproject.toml")
    assert find_config(inner) == near

    nearer = written(inner.parent, "")
    assert find_config(inner) == nearer, "gouji.toml comes before pyproject.toml"


def test_a_pyproject_of_other_tools_is_passed_over(tmp_path):
    top = written(tmp_path, "")
    inner = tmp_path / "inner"
    written(inner, '[tool.other]\nname = "gouji"\n', "pyproject.toml")
    assert find_config(inner) == top

    broken = written(inner, "[tool.gouji\n", "pyproject.toml")
    assert find_config(inner) == broken, "load_config says what is wrong with it"
    assert len(faults(broken)) == 1


def test_our_table_of_a_pyproject_is_read_and_no_other_is_judged(tmp_path):
    path = written(tmp_path, '[project]\nname = "x"\n[tool.gouji]\nignore = ["W06"]\n', "pyproject.toml")
    assert load_config(path).settings.ignore == ("W06",)

    wrong = written(tmp_path, "[project]\n[tool.gouji]\nignored = []\n", "pyproject.toml")
    assert faults(wrong) == ["tool.gouji.ignored: unknown key, did you mean 'ignore'?"]

    without = written(tmp_path, "[project]\n", "pyproject.toml")
    assert faults(without) == ["tool.gouji: missing"]


def test_every_key_is_read(tmp_path):
    config = loaded(
        tmp_path,
        """
lang = "en"
fail-on = "warning"
strict = true
format = ["console", "sarif=out.sarif"]
exclude = ["old/"]
jobs = 2
cache = false
rules = ["packs"]
editions = ["ours.toml"]
baseline = "known.json"
suppressions = "quiet.toml"
edition = "2021"
year = 2023
agency-kind = "department"
agency-name = "云川县教育局"
deadline = "2024-01-20"
select = ["C", "P0*"]
ignore = ["C07"]
severity = { C05 = "note", unbalanced-row = "off" }
deadlines = { department = "01-20", before-2019 = "03-01" }
thresholds = { copied-text = 60, jump = 10 }
[[per-file]]
files = ["旧/*.md"]
edition = "2019"
""",
    )

    assert config == Config(
        folder=tmp_path,
        file=tmp_path / "gouji.toml",
        sources=config.sources,
        lang="en",
        fail_on="warning",
        strict=True,
        format=("console", "sarif=out.sarif"),
        exclude=("old/",),
        jobs=2,
        cache=False,
        rules=(tmp_path / "packs",),
        editions=(tmp_path / "ours.toml",),
        baseline=tmp_path / "known.json",
        suppressions=tmp_path / "quiet.toml",
        settings=Settings(
            edition="2021",
            year=2023,
            agency_kind=AgencyKind.DEPARTMENT,
            agency_name="云川县教育局",
            deadline=datetime.date(2024, 1, 20),
            select=("C", "P0*"),
            ignore=("C07",),
            severity={"C05": "note", "unbalanced-row": "off"},
            deadlines={"department": "01-20", "before-2019": "03-01"},
            thresholds={"copied-text": 60, "jump": 10},
        ),
        per_file=(PerFile(("旧/*.md",), Settings(edition="2019")),),
    )


def test_an_empty_file_says_no_more_than_no_file(tmp_path):
    path = written(tmp_path, "")

    assert replace(load_config(path), file=None) == no_config(tmp_path)


def test_the_side_file_of_suppressions_is_taken_where_it_stands(tmp_path):
    assert loaded(tmp_path, "").suppressions is None

    side = written(tmp_path, "", "gouji-suppressions.toml")
    assert loaded(tmp_path, "").suppressions == side
    assert no_config(tmp_path).suppressions == side


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('ignroe = ["C07"]', "ignroe: unknown key, did you mean 'ignore'?"),
        ("ignore = [7]", "ignore[0]: expected text, found a whole number"),
        ('strict = "yes"', "strict: expected true or false, found text"),
        ('fail-on = "errors"', "fail-on: unknown 'errors', did you mean 'error'?; expected one of"),
        ("year = 23", "year: expected 2008 to 2099, found 23"),
        ("year = 99999", "year: expected 2008 to 2099, found 99999"),
        ("jobs = -1", "jobs: expected 0 or more, found -1"),
        ('deadline = "2024-02-30"', 'deadline: expected a day as "2027-01-31", found \'2024-02-30\''),
        ('[severity]\nC02 = "warn"', "severity.C02: unknown 'warn', did you mean 'warning'?; expected one of"),
        ("[severity]\nC02 = []", "severity.C02: unknown []"),
        ('[deadlines]\ndepartments = "01-31"', "deadlines.departments: unknown key, did you mean 'department'?"),
        ('[deadlines]\ndepartment = "02-29"', 'deadlines.department: expected a day of the year as "01-31"'),
        ("[deadlines]\ndepartment = 131", 'deadlines.department: expected a day of the year as "01-31"'),
        ("[thresholds]\njump = 1", "thresholds.jump: expected a whole number from 2 to 1000000, found 1"),
        ("[thresholds]\ncopied-text = 0.8", "thresholds.copied-text: expected a whole number from 1 to 100, found 0.8"),
        ("[thresholds]\njump = true", "thresholds.jump: expected a whole number"),
        ("[thresholds]\njumps = 5", "thresholds.jumps: unknown key, did you mean 'jump'?"),
        ("[[per-file]]\nyear = 2020", "per-file[0].files: missing"),
        ("[[per-file]]\nfiles = []", "per-file[0].files: empty"),
        ('[[per-file]]\nfiles = ["a"]\nstrict = true', "per-file[0].strict: unknown key"),
        ('[[per-file]]\nfiles = ["a"]\nagency-kind = "town"', "per-file[0].agency-kind: unknown 'town'"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_path(tmp_path, text, said):
    found = faults(written(tmp_path, text))

    assert len(found) == 1
    assert found[0].startswith(said)


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    found = faults(written(tmp_path, 'ignroe = []\nfail-on = "x"\n[[per-file]]\nyears = 2020\n'))

    assert {fault.partition(":")[0] for fault in found} == {
        "ignroe",
        "fail-on",
        "per-file[0].years",
        "per-file[0].files",
    }


def test_a_name_that_no_rule_and_no_edition_bears_is_an_error_with_the_nearest_one(tmp_path):
    config = loaded(
        tmp_path,
        """
edition = "2020"
select = ["C", "C0*", "C02", "unbalanced-row", "Q"]
ignore = ["unbalanced-rows"]
[severity]
C99 = "off"
[[per-file]]
files = ["a"]
ignore = ["C07", "doubled-words"]
""",
    )

    with pytest.raises(LoadError) as caught:
        check_names(config, load_rules(), load_editions())

    assert [str(fault) for fault in caught.value.faults] == [
        "select[4]: unknown rule 'Q'",
        "ignore[0]: unknown rule 'unbalanced-rows', did you mean 'unbalanced-row'?",
        "severity.C99: unknown rule 'C99', did you mean 'C09'?",
        "edition: unknown edition '2020'; expected one of auto, 2014, 2019, 2021",
        "per-file[0].ignore[1]: unknown rule 'doubled-words', did you mean 'doubled-word'?",
    ]


# --- For one draft -------------------------------------------------------------------------------------------------


def test_what_matches_a_draft_is_laid_over_the_general_settings_in_order(tmp_path):
    config = loaded(
        tmp_path,
        """
lang = "en"
year = 2023
select = ["C", "W"]
ignore = ["W06"]
severity = { "C0*" = "note", C02 = "error" }
deadlines = { department = "01-20" }
[[per-file]]
files = ["2019/", "旧*.md"]
edition = "2019"
select = ["S"]
ignore = ["S08", "W06"]
severity = { "C0*" = "warning" }
deadlines = { government = "03-01" }
thresholds = { jump = 9 }
[[per-file]]
files = ["2019/教育局.md"]
year = 2019
agency-kind = "department"
deadline = "2020-02-10"
""",
    )

    plain = config.options_for(tmp_path / "新.md")
    assert (plain.edition, plain.year, plain.language, plain.ignore) == ("auto", 2023, "en", ("W06",))
    assert plain.facts == {"deadline-department": "01-20"}

    old = config.options_for(tmp_path / "2019" / "水务局.md")
    assert (old.edition, old.year, old.ignore) == ("2019", 2023, ("W06", "S08"))
    assert (plain.select, old.select) == (("C", "W"), ("S",))
    assert list(old.severity.items()) == [("C02", "error"), ("C0*", "warning")], "the later grade is the last"
    assert old.facts == {"deadline-department": "01-20", "deadline-government": "03-01", "jump": 9}

    both = config.options_for(str(tmp_path / "2019" / "教育局.md"))
    assert (both.edition, both.year, both.agency_kind) == ("2019", 2019, AgencyKind.DEPARTMENT)
    assert both.facts["deadline"] == datetime.date(2020, 2, 10)


def test_the_folder_of_the_configuration_and_not_the_present_one_counts(tmp_path, monkeypatch):
    config = loaded(tmp_path / "drafts", '[[per-file]]\nfiles = ["/a.md"]\nyear = 2020\n')

    for present, path in ((tmp_path, "drafts/a.md"), (tmp_path / "drafts", "a.md"), (tmp_path / "drafts", "./a.md")):
        monkeypatch.chdir(present)
        assert config.options_for(path).year == 2020
    monkeypatch.chdir(tmp_path)
    assert config.options_for("a.md").year is None


def test_what_is_excluded(tmp_path):
    config = loaded(tmp_path, 'exclude = ["归档/", "*初稿*"]')

    assert config.excludes(tmp_path / "归档" / "a.md")
    assert config.excludes(tmp_path / "教育局" / "年报初稿2.docx")
    assert not config.excludes(tmp_path / "教育局" / "年报.docx")


# --- Shown ---------------------------------------------------------------------------------------------------------

names = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=6)
tokens = st.lists(names, max_size=3, unique=True).map(tuple)
settings = st.builds(
    Settings,
    edition=st.none() | names,
    year=st.none() | st.integers(2008, 2099),
    agency_kind=st.none() | st.sampled_from(AgencyKind),
    agency_name=st.none() | names,
    deadline=st.none() | st.dates(datetime.date(2008, 1, 1), datetime.date(2099, 1, 1)),
    select=tokens,
    ignore=tokens,
    severity=st.dictionaries(names, st.sampled_from(GRADES), max_size=3),
    deadlines=st.dictionaries(st.sampled_from(DEADLINES), st.just("02-28"), max_size=3),
    thresholds=st.dictionaries(st.sampled_from(sorted(THRESHOLDS)), st.integers(2, 100), max_size=2),
)
paths = st.text("abc年报-", min_size=1, max_size=6).map(Path)
HERE = Path(__file__).parent
configs = st.builds(
    Config,
    folder=st.just(HERE),
    settings=settings,
    per_file=st.lists(st.builds(PerFile, tokens.filter(bool), settings), max_size=2).map(tuple),
    lang=st.none() | st.sampled_from(["zh", "en"]),
    fail_on=st.sampled_from(LEVELS),
    strict=st.booleans(),
    rules=st.lists(paths.map(lambda path: HERE / path), max_size=2).map(tuple),
    editions=st.lists(paths.map(lambda path: HERE / path), max_size=2).map(tuple),
    exclude=tokens,
    format=tokens,
    jobs=st.integers(0, 8),
    cache=st.booleans(),
    baseline=st.none() | paths.map(lambda path: HERE / path),
    suppressions=st.none() | paths.map(lambda path: HERE / path),
)


@given(configs)
def test_what_is_shown_reads_back_as_the_same(tmp_path_factory, config):
    path = written(tmp_path_factory.getbasetemp() / "shown", show(config))
    found = load_config(path)

    def moved(old: Path | None) -> Path | None:
        return old and path.parent / old.name

    assert found == replace(
        config,
        folder=path.parent,
        file=path,
        sources=found.sources,
        per_file=tuple(special for special in config.per_file if special.settings != Settings()),
        rules=tuple(map(moved, config.rules)),
        editions=tuple(map(moved, config.editions)),
        baseline=moved(config.baseline),
        suppressions=moved(config.suppressions),
    )


def test_what_is_shown_says_where_each_value_comes_from(tmp_path):
    told = show(loaded(tmp_path, 'ignore = ["W06"]\n[severity]\nC02 = "note"\n')).splitlines()

    assert told[0] == f"# {tmp_path / 'gouji.toml'}"
    assert 'ignore = ["W06"]  # gouji.toml' in told
    assert '"C02" = "note"  # gouji.toml' in told
    assert 'fail-on = "error"  # default' in told
    assert "# year: not set" in told


def test_what_others_lay_over_the_configuration_is_shown_as_theirs(tmp_path):
    typed = PerFile(("**",), Settings(year=2020), "command line")
    config = replace(loaded(tmp_path, ""), per_file=(typed, PerFile(("**",), Settings(), "command line")))

    assert config.options_for("anywhere/a.md").year == 2020
    assert config.options_for("../../a.md").year == 2020
    assert config.options_for("-").year == 2020
    assert show(config).splitlines()[-3:] == ["[[per-file]]  # command line", 'files = ["**"]', "year = 2020"]


# --- The template and the reference --------------------------------------------------------------------------------


def uncommented(text: str) -> str:
    return re.sub(r"^# (?=[\w-]+ = |\[)", "", text, flags=re.MULTILINE)


def test_the_template_as_it_is_written_changes_nothing(tmp_path):
    config = loaded(tmp_path, template())

    assert replace(config, file=None) == no_config(tmp_path)


def test_the_template_names_every_key_with_a_value_that_is_valid_and_else_the_default(tmp_path):
    config = loaded(tmp_path, uncommented(template()))
    table = tomllib.loads(uncommented(template()))
    default = no_config(tmp_path)

    assert set(table) == every_key()
    check_names(config, load_rules(), load_editions())
    assert set(table["deadlines"]) == set(DEADLINES)
    assert set(table["thresholds"]) == set(THRESHOLDS)
    for name in ("fail_on", "strict", "format", "exclude", "jobs", "cache", "rules", "editions"):
        assert getattr(config, name) == getattr(default, name)
    assert config.settings.edition == "auto"


def every_key() -> set[str]:
    """All keys, taken from what the reader asks for."""
    shown = show(no_config(Path()))
    single = set(re.findall(r"^(?:# )?([\w-]+)(?:: not set| = )", shown, re.MULTILINE))
    return {*single, "severity", "deadlines", "thresholds", "per-file"}


def test_the_defaults_of_the_template_for_thresholds_and_deadlines_are_those_of_the_rules():
    told = tomllib.loads(uncommented(template()))
    by_name = {rule.name: rule for rule in load_rules()}

    assert told["thresholds"]["copied-text"] == by_name["copied-text"].settings["threshold"]
    assert told["thresholds"]["jump"] == by_name["implausible-jump"].settings["factor"]
    late = by_name["late-report"].settings
    assert told["deadlines"] == {key: late[key.replace("-", "_")] for key in DEADLINES}


def test_the_reference_describes_every_key():
    text = DOCS.read_text(encoding="utf-8")

    described = set(re.findall(r"`\[*([\w-]+)\]*`", text))
    assert every_key() | set(DEADLINES) | set(THRESHOLDS) <= described


def test_the_examples_of_the_reference_are_valid(tmp_path):
    configuration, side = re.findall(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)

    config = loaded(tmp_path, configuration)
    check_names(config, load_rules(), load_editions())
    assert config.settings_for(tmp_path / "2019" / "a.docx").edition == "2019"
    suppressions = load_suppressions(written(tmp_path, side, "gouji-suppressions.toml"))
    check_rules(suppressions, load_rules())
    assert len(suppressions.entries) == 2


def test_the_directives_of_the_reference_are_understood():
    (text,) = re.findall(r"```markdown\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)

    found = directives(read_markdown(text.encode(), "a.md"))

    assert [item.rules for item in found] == [("S04",), ("N01", "N06"), ("W06",)]
    assert all(item.reason for item in found)
    assert [item.until for item in found] == [None, datetime.date(2027, 1, 31), None]


@pytest.mark.parametrize(
    ("said", "pages"),
    [
        (("Each draft is held to the configuration nearest above it; the one nearest above the current folder says how "
          "the run goes (lang, format, jobs, cache)."), ("README.md", "docs/configuration.md", "rules/help.toml")),
        ("每份草稿按其上最近的一份配置核对；怎样运行（lang、format、jobs、cache）由当前文件夹之上最近的一份决定。",
         ("README.zh.md", "rules/help.toml")),
    ],
)  # fmt: skip
def test_which_configuration_counts_is_said_in_the_same_words_everywhere(said, pages):
    for page in pages:
        text = " ".join((DOCS.parents[1] / page).read_text(encoding="utf-8").replace("`", "").split())
        assert said in text, page
