"""Golden queries at the gate: a load that makes answers worse is not served."""

import io
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.console import Console

from indexer import run
from indexer.failures import GateError, IndexerError
from indexer.golden import asking
from indexer.golden.comparison import ALL, GoldenReport
from indexer.golden.kept import file_of
from indexer.lease import lease
from indexer.progress import Progress
from indexer.report import RunReport
from indexer.settings import OFF, ROOT, SAMPLE_GOLDEN, Settings
from mappings.golden import GoldenAnswer
from tests.conftest import run_indexer
from tests.indexer.conftest import BOOKS, CARE, WELDING, Catalogue, quiet
from tests.indexer.test_commands import served_meta
from tests.indexer.test_kills import killed_at

QUERIES: list[tuple[str, str, str, str, dict[int, list[str]]]] = [
    ("en-welding", "skill", "en", "MIG welding beads", {3: ["maple.W-1"]}),
    ("en-lifting", "job_title", "en", "personal support worker", {3: ["maple.C-1"]}),
    ("en-payroll", "skill", "en", "payroll of a small shop", {3: ["maple.B-1"]}),
    ("fr-secours", "skill", "fr", "premiers soins", {3: ["grands-pins.P-1"]}),
]
KEYS = ("id", "class", "language", "text", "grades")
# Each row has the text of another: nothing is missing and every row is good, yet learners find the wrong course.
MIXED_UP = [(one[0], *other[1:]) for one, other in ((WELDING, CARE), (CARE, BOOKS), (BOOKS, WELDING))]


def written(folder: Path, *queries: tuple[Any, ...]) -> Path:
    path = folder / "own-golden.yml"
    rows = [dict(zip(KEYS, one, strict=True)) for one in queries]
    path.write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    return path


@pytest.fixture
def judged(catalogue: Catalogue) -> Catalogue:
    """The catalogue, served, with golden queries for what comes next."""
    path = written(catalogue.folder, *QUERIES)
    catalogue.settings = catalogue.settings.model_copy(update={"golden": str(path)})
    catalogue.load()
    return catalogue


def golden_of(report: RunReport) -> GoldenReport:
    assert report.golden is not None
    return report.golden


def means(report: RunReport) -> dict[str, tuple[float | None, float]]:
    return {row.language: (row.before, row.after) for row in golden_of(report).rows if row.query_class == ALL}


def last_report(catalogue: Catalogue) -> RunReport:
    return RunReport.model_validate_json(catalogue.report_file("report.json"))


def dry_run(catalogue: Catalogue) -> str:
    """What it prints."""
    shown = io.StringIO()
    run.dry_run(catalogue.settings, Progress(Console(file=shown, width=200)))
    return shown.getvalue()


@pytest.mark.slow
def test_a_load_that_makes_answers_worse_is_refused_unless_forced(judged: Catalogue) -> None:
    before, documents = judged.indices(), judged.documents()
    judged.feed("maple.csv", MIXED_UP)
    with pytest.raises(
        GateError, match=r"golden queries lost more nDCG@10 than GOLDEN_LOSS=0\.005: en \d\.\d+ \(1\.000"
    ):
        judged.load()
    assert (judged.indices(), judged.documents()) == (before, documents)
    refused = last_report(judged)
    assert refused.outcome == "refused"
    assert means(refused)["fr"] == (1, 1)
    assert {one.id for one in golden_of(refused).moved} <= {"en-welding", "en-lifting", "en-payroll"}
    told = judged.report_file("report.md")
    assert "## Golden queries / Requêtes de référence" in told
    assert "en-welding “MIG welding beads” 1.00 → " in told
    assert golden_of(judged.load(force=True)).moved
    assert judged.documents()["maple.W-1"]["en"]["title"] == CARE[1]


@pytest.mark.slow
def test_a_harmless_load_passes_and_what_it_answered_serves_when_its_index_can_be_read_no_more(
    judged: Catalogue,
) -> None:
    judged.feed("maple.csv", [(*WELDING[:5], "475", *WELDING[6:]), CARE, BOOKS])
    report = judged.load()
    assert means(report) == {"en": (1, 1), "fr": (1, 1)}
    assert (golden_of(report).note, golden_of(report).moved) == (None, ())
    foreign = {**served_meta(judged), "fingerprint": "of another contract"}
    judged.engine.indices.put_mapping(index=judged.served()[0], body={"_meta": foreign})
    judged.feed("maple.csv", MIXED_UP)
    with pytest.raises(GateError, match="golden queries lost"):
        dry_run(judged)
    assert means(last_report(judged))["en"][0] == 1
    file_of(judged.settings).unlink()
    assert "its answers were not kept: nothing to compare with" in dry_run(judged)
    assert judged.indices() >= set(judged.served())


@pytest.mark.slow
def test_a_new_term_above_a_judged_one_is_loaded(judged: Catalogue) -> None:
    term = ("W-0", f"{WELDING[1]} – Winter 2027", *WELDING[2:])
    judged.feed("maple.csv", [term, WELDING, CARE, BOOKS])
    assert means(judged.load()) == {"en": (1, 1), "fr": (1, 1)}
    assert judged.documents()["maple.W-1"]["course"] == "maple.W-0"
    judged.feed("maple.csv", [WELDING, CARE, BOOKS])
    report = judged.load()
    assert (means(report), golden_of(report).gone) == ({"en": (1, 1), "fr": (1, 1)}, 0)


@pytest.mark.slow
def test_a_dry_run_prints_the_difference_and_leaves_no_index(judged: Catalogue) -> None:
    before = judged.indices()
    judged.feed("maple.csv", [(*WELDING[:5], "475", *WELDING[6:]), CARE, BOOKS])
    printed = dry_run(judged)
    assert "golden: 4 queries asked of the new index and of the served one" in printed
    assert "  all             en           3    1.000    1.000   +0.000" in printed
    assert judged.indices() == before
    assert golden_of(last_report(judged)).totals


@pytest.mark.slow
def test_a_dry_run_killed_while_it_asks_leaves_what_the_next_run_removes(judged: Catalogue) -> None:
    before, served = judged.indices(), judged.served()
    assert killed_at(judged, "golden", "dry-run")
    assert judged.served() == served
    assert len(judged.indices()) == len(before) + 1
    judged.settings = judged.settings.model_copy(update={"golden": OFF})
    judged.load()
    assert judged.indices() == {*served, *judged.served()}


def test_a_first_load_asks_nothing_and_says_so(judged: Catalogue) -> None:
    assert golden_of(last_report(judged)).note == "first_load"
    assert "nothing is served yet to compare with" in judged.report_file("report.md")
    shown = run_indexer("report", **judged.environment)
    assert "golden: nothing is served yet to compare with" in shown.stdout


def test_queries_that_judge_none_of_the_listings_warn_and_pass(judged: Catalogue) -> None:
    written(judged.folder, ("en-1", "skill", "en", "welding", {3: ["elsewhere.W-1"]}))
    report = judged.load()
    assert (golden_of(report).note, golden_of(report).absent) == ("judges_none", 1)
    assert "the golden queries judge none of these listings; set GOLDEN" in dry_run(judged)


def test_a_dry_run_without_golden_queries_builds_nothing_and_needs_no_lease(judged: Catalogue) -> None:
    with lease(judged.settings.state, judged.prefix):
        report, _ = run.dry_run(judged.settings, quiet(), golden=False)
    assert report.golden is None
    with lease(judged.settings.state, judged.prefix), pytest.raises(IndexerError, match="another run is writing"):
        run.dry_run(judged.settings, quiet())


def test_a_wrong_file_of_golden_queries_is_named_before_anything_is_read(judged: Catalogue) -> None:
    before = judged.indices()
    path = written(judged.folder, QUERIES[0], ("en-2", "magic", "en", "x", {3: ["a"]}))
    with pytest.raises(IndexerError, match=r"own-golden\.yml, query 2 \(en-2\): class"):
        judged.load()
    path.unlink()
    with pytest.raises(IndexerError, match=r"the golden queries own-golden\.yml are not there"):
        run.dry_run(judged.settings, quiet())
    assert judged.indices() == before


@pytest.mark.parametrize(
    ("reader", "seconds", "words"),
    [
        ("search_api.nowhere", 300, "No module named search_api.nowhere"),
        ("this", 300, "the reader ended before all were answered"),  # prints what are no answers
        ("search_api.golden", 0, "the reader took longer than 0 s"),
    ],
)
def test_a_reader_that_fails_or_takes_too_long_changes_nothing_that_is_served(
    judged: Catalogue, monkeypatch: pytest.MonkeyPatch, reader: str, seconds: int, words: str
) -> None:
    before, served = judged.indices(), judged.served()
    monkeypatch.setattr(asking, "READER", reader)
    monkeypatch.setattr(asking, "SECONDS_TO_START", seconds)
    monkeypatch.setattr(asking, "SECONDS_A_QUERY", 0)
    with pytest.raises(IndexerError, match=f"could not be asked: .*{words}; to load without them, set GOLDEN=off"):
        judged.load()
    assert (judged.indices(), judged.served()) == (before, served)
    assert last_report(judged).outcome == "failed"


def test_answers_that_cannot_be_kept_are_said_and_take_nothing_from_the_load(
    judged: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_of(judged.settings).mkdir()
    shown = io.StringIO()
    answers = {"q": GoldenAnswer(index="x", query="q", ids=(), declined=False)}
    monkeypatch.setattr("indexer.golden.judging._known", lambda run: run.answers.update(answers) or GoldenReport())
    run.index(judged.settings, Progress(Console(file=shown, width=200)))
    assert f"golden-{judged.prefix}.json cannot be written" in shown.getvalue()


def test_the_sample_catalogue_has_its_queries_and_others_have_none_unless_told() -> None:
    assert Settings(golden="", sources=Path("data/sources.yml")).golden_file == ROOT / SAMPLE_GOLDEN
    assert Settings(golden="", sources=Path("own/sources.yml")).golden_file is None
    assert Settings(golden="own.yml", sources=Path("own/sources.yml")).golden_file == ROOT / "own.yml"
    assert Settings(golden=OFF).golden_file is None
