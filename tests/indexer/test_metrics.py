"""What monitoring is told of loads."""

import datetime as dt
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from indexer.metrics import GAUGES, PREFIX, Ending, metrics_file, write_metrics
from tests.indexer.conftest import WELDING, Catalogue
from tests.indexer.test_commands import Command, command

__all__ = ["command"]

NOW = dt.datetime(2027, 1, 18, 3, 15, tzinfo=dt.UTC)
Figures = dict[tuple[str, str], float]


def figures(state: Path, prefix: str) -> Figures:
    """By gauge and source."""
    text = metrics_file(state, prefix).read_text(encoding="utf-8")
    return {
        (sample.name.removeprefix(PREFIX), sample.labels.get("source", "")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_load_says_all_that_its_gauges_promise(command: Command, catalogue: Catalogue) -> None:
    before = dt.datetime.now(dt.UTC).timestamp()
    catalogue.feed("maple.csv", [WELDING, ("", "No id", "", "", "", "", "")])
    command("index")
    found = figures(catalogue.settings.state, catalogue.prefix)
    assert {name for name, _ in found} == set(GAUGES)
    assert (found["last_exit_code", ""], found["listings", ""], found["overruled", ""]) == (0, 3, 0)
    assert (found["source_listings", "maple"], found["source_quarantined", "maple"]) == (1, 1)
    assert found["source_stale", "maple"] == 0
    assert before - 1 < found["source_read_timestamp_seconds", "maple"] < before + 600
    assert not list(metrics_file(catalogue.settings.state, catalogue.prefix).parent.glob("*.prom.*"))


def test_a_stale_source_has_the_age_of_its_last_good_feed(command: Command, catalogue: Catalogue) -> None:
    command("index")
    first = figures(catalogue.settings.state, catalogue.prefix)
    (catalogue.folder / "maple.csv").unlink()
    command("index")
    second = figures(catalogue.settings.state, catalogue.prefix)
    assert (second["last_exit_code", ""], second["source_stale", "maple"]) == (1, 1)
    assert second["source_listings", "maple"] == 3
    assert second["source_read_timestamp_seconds", "maple"] == pytest.approx(
        first["source_read_timestamp_seconds", "maple"], abs=30
    )


def test_a_load_that_failed_says_so_and_leaves_what_was_said_of_sources(command: Command, catalogue: Catalogue) -> None:
    command("index")
    first = figures(catalogue.settings.state, catalogue.prefix)
    assert command("index", OPENSEARCH_URL="http://127.0.0.1:9")[0] == 3
    second = figures(catalogue.settings.state, catalogue.prefix)
    assert second["last_exit_code", ""] == 3
    assert {key: value for key, value in second.items() if key[0].startswith(("source_", "last_load", "list"))} == {
        key: value for key, value in first.items() if key[0].startswith(("source_", "last_load", "list"))
    }


def test_a_refused_load_says_2(command: Command, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    command("index")
    monkeypatch.setattr("indexer.gate.difference", lambda *_: "cost")
    command("index")
    assert figures(catalogue.settings.state, catalogue.prefix)["last_exit_code", ""] == 2


def test_a_dry_run_tells_monitoring_nothing(command: Command, catalogue: Catalogue) -> None:
    command("dry-run")
    assert not metrics_file(catalogue.settings.state, catalogue.prefix).exists()


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"a{b=\n", b"# nothing\n"])
def test_a_damaged_file_is_replaced(tmp_path: Path, content: bytes) -> None:
    file = metrics_file(tmp_path, "listings")
    file.parent.mkdir()
    file.write_bytes(content)
    write_metrics(tmp_path, Ending("listings", NOW, 1.5, 3))
    assert figures(tmp_path, "listings")["last_run_duration_seconds", ""] == 1.5


def test_a_folder_that_cannot_be_written_does_not_change_how_a_load_ends(
    command: Command, catalogue: Catalogue
) -> None:
    (catalogue.settings.state / "metrics").write_text("in the way", encoding="utf-8")
    code, out, _ = command("index")
    assert (code, "the figures for monitoring could not be written" in out) == (0, True)


def test_two_prefixes_of_one_state_folder_have_a_file_each_and_no_row_in_common(tmp_path: Path) -> None:
    for prefix, code in (("listings", 0), ("trial_2", 3)):
        write_metrics(tmp_path, Ending(prefix, NOW, 1.5, code))
    assert figures(tmp_path, "listings")["last_exit_code", ""] == 0
    assert figures(tmp_path, "trial_2")["last_exit_code", ""] == 3
    rows = [
        (sample.name, tuple(sorted(sample.labels.items())))
        for file in (tmp_path / "metrics").glob("*.prom")
        for family in text_string_to_metric_families(file.read_text(encoding="utf-8"))
        for sample in family.samples
    ]
    assert len(rows) == len(set(rows)) == 6


def test_the_file_that_all_prefixes_once_shared_is_gone_so_that_it_raises_no_alarm(tmp_path: Path) -> None:
    (tmp_path / "metrics").mkdir()
    old = tmp_path / "metrics" / "indexer.prom"
    old.write_text("micro_credentials_indexer_last_exit_code 3\n", encoding="utf-8")
    write_metrics(tmp_path, Ending("listings", NOW, 1.5, 0))
    assert not old.exists()
