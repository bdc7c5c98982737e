"""Nights in which something of the feeds is wrong: what stays, what is said, and how the command ends."""

import datetime as dt
import json
from typing import Any

import pytest
from opensearchpy import OpenSearch

from indexer import run
from indexer.failures import IndexerError
from indexer.orders import Orders
from mappings.index_meta import SourceMeta
from tests.indexer.conftest import BOOKS, CARE, ENGLISH, FRENCH, FRENCH_HEADER, WELDING, Catalogue, quiet
from tests.indexer.test_commands import Command, command, served_meta
from tests.indexer.test_loads import by_source, meta_of

__all__ = ["command"]

NO_GOOD_ROW = [("", "No id", "", "", "", "", "")]
TODAY = dt.datetime.now(dt.UTC).date()


def source_of(catalogue: Catalogue, name: str) -> SourceMeta:
    return next(one for one in meta_of(catalogue).sources if one.id == name)


def made_older(catalogue: Catalogue, name: str, day: str) -> None:
    """The served index says that the source has been stale since that day."""
    meta: Any = served_meta(catalogue)
    sources = [{**one, "stale_since": day} if one["id"] == name else one for one in meta["sources"]]
    catalogue.engine.indices.put_mapping(index=catalogue.served()[0], body={"_meta": {**meta, "sources": sources}})


def test_a_shrunken_source_keeps_its_last_good_listings_and_the_others_go_on(catalogue: Catalogue) -> None:
    catalogue.load()
    read_at = source_of(catalogue, "maple").read_at
    catalogue.feed("maple.csv", [WELDING])
    catalogue.feed("grands-pins.csv", [(*FRENCH[0][:4], "375"), FRENCH[1]], FRENCH_HEADER)
    report = catalogue.load()
    maple, pins = by_source(report)["maple"], by_source(report)["grands-pins"]
    assert (maple.status, maple.carried, maple.removed) == ("carried over", 3, 0)
    assert maple.failure == {
        "en": "the feed holds 1 listings where 3 are served, fewer than its limit of 20 % allows",
        "fr": "l'envoi compte 1 offres alors que 3 sont servies, moins que sa limite de 20 % ne le permet",
    }
    assert (pins.status, pins.changed) == ("read", 1)
    documents = catalogue.documents()
    assert {one: documents[one].get("stale_since") for one in documents} == {
        "maple.W-1": TODAY.isoformat(), "maple.C-1": TODAY.isoformat(), "maple.B-1": TODAY.isoformat(),
        "grands-pins.S-1": None, "grands-pins.P-1": None,
    }  # fmt: skip
    kept = source_of(catalogue, "maple")
    assert (kept.stale, kept.stale_since, kept.read_at) == (True, TODAY, read_at)
    assert f"Maple: 3 listings of an earlier feed, stale since {TODAY}" in catalogue.report_file("report.md")


def test_a_source_stays_stale_since_the_first_night_and_is_fresh_when_its_feed_is_whole_again(
    catalogue: Catalogue,
) -> None:
    catalogue.load()
    catalogue.feed("maple.csv", [WELDING])
    catalogue.load()
    made_older(catalogue, "maple", "2026-01-05")
    catalogue.feed("maple.csv", NO_GOOD_ROW)
    catalogue.load()
    assert catalogue.documents()["maple.C-1"]["stale_since"] == "2026-01-05"
    catalogue.feed("maple.csv", ENGLISH)
    catalogue.load()
    assert not any("stale_since" in body or "stale" in body for body in catalogue.documents().values())
    assert (source_of(catalogue, "maple").stale, source_of(catalogue, "maple").stale_since) == (False, None)


def test_a_source_is_measured_against_its_last_good_listings_night_after_night(catalogue: Catalogue) -> None:
    catalogue.load()
    catalogue.feed("maple.csv", [WELDING, CARE])
    for _ in range(3):
        assert by_source(catalogue.load())["maple"].carried == 3


def test_each_source_has_a_limit_of_its_own(catalogue: Catalogue) -> None:
    catalogue.load()
    catalogue.entries[0]["shrink_limit"] = 0.5
    catalogue.write_sources()
    catalogue.feed("maple.csv", [WELDING, CARE])
    assert by_source(catalogue.load())["maple"].status == "read"
    catalogue.feed("maple.csv", [])
    assert by_source(catalogue.load())["maple"].status == "carried over"


@pytest.mark.parametrize("limit", [-0.1, 1.1, "half"])
def test_a_limit_that_is_no_share_is_refused_by_its_line(catalogue: Catalogue, limit: object) -> None:
    catalogue.entries[0]["shrink_limit"] = limit
    catalogue.write_sources()
    with pytest.raises(IndexerError, match=r"sources.yml, line \d+: sources.0.shrink_limit"):
        catalogue.load()


def test_what_an_operator_allows_to_shrink_shrinks_and_the_index_says_so(catalogue: Catalogue) -> None:
    catalogue.load()
    catalogue.feed("maple.csv", [WELDING])
    catalogue.feed("grands-pins.csv", FRENCH[:1], FRENCH_HEADER)
    report = catalogue.load(forced="maple")
    assert {name: one.status for name, one in by_source(report).items()} == {
        "maple": "read", "grands-pins": "carried over",
    }  # fmt: skip
    assert report.overruled == meta_of(catalogue).forced == ("maple fell from 3 listings to 1",)
    assert "Overruled / Passé outre" in catalogue.report_file("report.md")
    assert json.loads(catalogue.report_file("report.json"))["overruled"] == ["maple fell from 3 listings to 1"]


def test_an_overruling_that_was_not_needed_is_not_recorded(catalogue: Catalogue) -> None:
    catalogue.load()
    assert catalogue.load(force=True).overruled == meta_of(catalogue).forced == ()


def test_a_slip_in_a_name_is_no_consent(catalogue: Catalogue) -> None:
    catalogue.load()
    for wrong in ({"forced": "mapel"}, {"only": "mapel"}):
        with pytest.raises(IndexerError, match="names mapel, which is none of the sources: grands-pins, maple"):
            catalogue.load(**wrong)  # type: ignore[arg-type]


# One institution alone


def test_one_institution_is_read_and_the_rest_stays_as_it_is_served(catalogue: Catalogue) -> None:
    catalogue.load()
    before, meta = catalogue.documents(), source_of(catalogue, "grands-pins")
    catalogue.feed("maple.csv", [(*WELDING[:5], "475", *WELDING[6:]), CARE, BOOKS])
    (catalogue.folder / "grands-pins.csv").unlink()
    report = catalogue.load(only="maple")
    pins = by_source(report)["grands-pins"]
    assert (pins.status, pins.carried, pins.failure, pins.stale_since) == ("untouched", 2, None, None)
    after = catalogue.documents()
    assert after["maple.W-1"]["cost"] == 475
    assert {one: after[one] for one in after if one != "maple.W-1"} == {
        one: before[one] for one in before if one != "maple.W-1"
    }
    assert source_of(catalogue, "grands-pins") == meta
    assert report.only == ("maple",)


def test_what_was_stale_stays_stale_since_then_when_another_is_read_alone(catalogue: Catalogue) -> None:
    catalogue.load()
    (catalogue.folder / "grands-pins.csv").unlink()
    catalogue.load()
    made_older(catalogue, "grands-pins", "2026-01-05")
    stale = catalogue.documents()["grands-pins.S-1"]
    report = catalogue.load(only="maple")
    assert catalogue.documents()["grands-pins.S-1"] == stale
    assert source_of(catalogue, "grands-pins").stale_since == dt.date(2026, 1, 5)
    assert not report.is_whole


def test_a_stale_source_whose_feed_is_whole_again_is_put_right_alone(catalogue: Catalogue) -> None:
    catalogue.load()
    feed = (catalogue.folder / "grands-pins.csv").read_bytes()
    (catalogue.folder / "grands-pins.csv").unlink()
    assert not catalogue.load().is_whole
    catalogue.write("grands-pins.csv", feed)
    report = catalogue.load(only="grands-pins")
    assert (report.is_whole, report.embedded) == (True, 0)
    assert not source_of(catalogue, "grands-pins").stale
    assert not any(one.get("stale") for one in catalogue.documents().values())


def test_a_source_that_left_the_list_stays_until_all_are_read(catalogue: Catalogue) -> None:
    catalogue.load()
    catalogue.entries.pop()
    catalogue.write_sources()
    report = catalogue.load(only="maple")
    assert (len(catalogue.documents()), report.dropped) == (5, {})
    assert catalogue.load().dropped == {"grands-pins": 2}


def test_one_institution_alone_may_shrink_no_further_than_on_other_nights(catalogue: Catalogue) -> None:
    catalogue.load()
    catalogue.feed("maple.csv", [WELDING])
    assert by_source(catalogue.load(only="maple"))["maple"].status == "carried over"


def test_when_the_one_institution_cannot_be_read_nothing_changes(catalogue: Catalogue) -> None:
    catalogue.load()
    before = catalogue.indices()
    (catalogue.folder / "maple.csv").unlink()
    with pytest.raises(IndexerError, match="none of the feeds can be read"):
        catalogue.load(only="maple")
    assert catalogue.indices() == before


def test_one_institution_alone_is_no_first_load(catalogue: Catalogue) -> None:
    with pytest.raises(IndexerError, match="nothing is served yet, so ONLY has nothing to carry over"):
        catalogue.load(only="maple")


def test_nothing_of_the_rest_is_lost_to_another_contract(catalogue: Catalogue, engine: OpenSearch) -> None:
    catalogue.load()
    (name,) = catalogue.served()
    engine.update(index=name, id="grands-pins.S-1", body={"doc": {"level": "unheard of"}}, params={"refresh": "true"})
    with pytest.raises(IndexerError, match="grands-pins would fall from 2 listings to 1"):
        catalogue.load(only="maple")


def test_a_feed_that_changed_while_another_was_read_alone_is_noticed(command: Command, catalogue: Catalogue) -> None:
    command("index")
    catalogue.feed("grands-pins.csv", [(*FRENCH[0][:4], "375"), FRENCH[1]], FRENCH_HEADER)
    command("index", "--only", "maple")
    assert catalogue.documents()["grands-pins.S-1"]["cost"] == 350
    assert "is up to date" not in command("index", "--if-needed")[1]
    assert catalogue.documents()["grands-pins.S-1"]["cost"] == 375


# What a dry run shows


def test_a_dry_run_shows_what_comes_differs_goes_and_is_held_back(command: Command, catalogue: Catalogue) -> None:
    command("index")
    catalogue.entries[0]["shrink_limit"] = 1
    catalogue.write_sources()
    before = catalogue.indices()
    new = [(f"N-{number}", f"New {number}", "", "", "", "", "") for number in range(7)]
    catalogue.feed("maple.csv", [(*WELDING[:5], "475", *WELDING[6:]), CARE, *new, ("", "No id", "", "", "", "", "")])
    code, out, _ = command("dry-run")
    assert code == 0
    assert "Maple (maple): 7 added, the first 5:\n  maple.N-0  New 0\n" in out
    assert "New 5" not in out
    assert "Maple (maple): 1 changed:\n  maple.W-1  MIG welding for beginners\n" in out
    assert "Maple (maple): 1 removed:\n  maple.B-1  Payroll and HST returns in Excel\n" in out
    assert "Maple (maple): 1 quarantined:\n  row 11  ID: the ID is missing / l'identifiant est manquant\n" in out
    assert "Grands-Pins" not in out
    assert catalogue.indices() == before
    assert "- Maple, removed: `maple.B-1` Payroll" in catalogue.report_file("report.md")


def test_a_sample_shows_no_address_of_a_person(catalogue: Catalogue) -> None:
    catalogue.feed("maple.csv", [*ENGLISH, ("N-1", "Ask jo@maple.example", "", "", "", "", "")])
    report, _ = run.dry_run(catalogue.settings, quiet(), Orders())
    assert "jo@" not in report.model_dump_json()


# How commands end


def test_a_whole_load_ends_with_0(command: Command) -> None:
    assert command("index")[0] == 0
    assert command("index", "--if-needed")[0] == 0
    assert command("dry-run")[0] == 0


def test_a_load_with_stale_or_missing_sources_ends_with_1_and_names_them(
    command: Command, catalogue: Catalogue
) -> None:
    command("index")
    catalogue.feed("maple.csv", [WELDING])
    catalogue.add("missing", "missing.csv")
    for arguments in (("dry-run",), ("index",), ("index", "--only", "grands-pins")):
        code, out, _ = command(*arguments)
        assert code == 1
    assert f"maple: 3 listings of an earlier feed are served, stale since {TODAY}" in out
    code, out, _ = command("index", "--if-needed")
    assert code == 1


def test_an_index_that_is_up_to_date_but_stale_ends_with_1(command: Command, catalogue: Catalogue) -> None:
    command("index")
    catalogue.feed("maple.csv", [WELDING])
    command("index")
    code, out, _ = command("index", "--if-needed")
    assert (code, "up to date" in out, "stale: maple" in out) == (1, True, True)


def test_what_the_gate_refuses_ends_with_2(
    command: Command, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("index")
    monkeypatch.setattr("indexer.gate.difference", lambda *_: "cost")
    code, _, err = command("index")
    assert (code, err.endswith("load again, for this cannot be overruled\n")) == (2, True)


def test_whatever_else_stops_a_command_ends_with_3(
    command: Command, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command("index", "--no-such-option")[0] == 3
    assert command("no-such-command")[0] == 3
    assert command("index", "--only", "nobody")[0] == 3
    assert command("index", OPENSEARCH_URL="http://127.0.0.1:9")[0] == 3

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("indexer.run.index", broken)
    code, _, err = command("index", OPENSEARCH_URL=catalogue.settings.opensearch_url)
    assert (code, "ZeroDivisionError" in err) == (3, True)


def test_a_force_by_name_or_for_all_reaches_the_run(command: Command, catalogue: Catalogue) -> None:
    command("index")
    catalogue.feed("maple.csv", [WELDING])
    assert command("index", "--force-source", "grands-pins")[0] == 1
    code, out, _ = command("index", "--force-source", "maple, grands-pins")
    assert (code, "overruled: maple fell from 3 listings to 1" in out) == (0, True)
    catalogue.feed("grands-pins.csv", FRENCH[:1], FRENCH_HEADER)
    assert command("index", "--force-source", "all")[0] == 0
