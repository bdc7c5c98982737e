"""Whole runs against a real engine with the real encoder."""

import datetime as dt
import json
import re
from typing import Any

import pytest
import yaml
from opensearchpy import OpenSearch

from indexer import building, gate, run
from indexer.failures import GateError, IndexerError
from indexer.housekeeping import incomplete
from indexer.lease import lease
from indexer.load import Engine
from mappings.contract import listing_contract
from mappings.embedding import Means
from mappings.index_body import index_body
from mappings.index_meta import IndexMeta, index_time
from tests.indexer.conftest import BOOKS, CARE, ENGLISH, FRENCH, FRENCH_HEADER, HEADER, WELDING, Catalogue, quiet


def meta_of(catalogue: Catalogue) -> IndexMeta:
    (name,) = catalogue.served()
    body = catalogue.engine.indices.get_mapping(index=name)[name]["mappings"]["_meta"]
    return IndexMeta.model_validate(body)


def by_source(report: Any) -> dict[str, Any]:
    return {one.id: one for one in report.sources}


def test_a_first_load_is_served_whole_and_says_what_it_is(catalogue: Catalogue) -> None:
    report = catalogue.load()
    documents = catalogue.documents()
    assert set(documents) == {"maple.W-1", "maple.C-1", "maple.B-1", "grands-pins.S-1", "grands-pins.P-1"}
    meta = meta_of(catalogue)
    assert (meta.complete, meta.listings) == (True, 5)
    assert {source.id: (source.listings, source.sample) for source in meta.sources} == {
        "maple": (3, True), "grands-pins": (2, False),
    }  # fmt: skip
    assert (report.outcome, report.listings, report.index) == ("loaded", 5, catalogue.served()[0])
    assert sum(one.added for one in report.sources) == 5


def test_listings_are_enriched_and_have_vectors_in_their_own_language_only(catalogue: Catalogue) -> None:
    catalogue.load()
    documents = catalogue.documents()
    payroll, care, aid = (documents[one] for one in ("maple.B-1", "maple.C-1", "grands-pins.P-1"))
    assert [term["id"] for term in payroll["tools"]] == ["excel"]
    assert (care["occupations"][0]["code"], care["occupations"][0]["basis"]) == ("33102", "inferred")
    (named,) = care["occupations"][0]["evidence"]["named"]
    assert (named["field"], named["words"]) == ("title", "personal support workers")
    assert payroll["tools"][0]["found"]["words"] == "Excel"
    assert payroll["occupations"] == [{"code": "12200", "basis": "feed", "score": 1.0}]
    assert aid["cost"] == 120.5
    assert ("vector_fr" in aid, "vector_en" in aid) == (True, False)
    assert ("vector_fr" in care, "vector_en" in care) == (False, True)
    assert sum(x * x for x in care["vector_en"]) == pytest.approx(1, abs=1e-4)


def test_an_unchanged_reload_encodes_nothing_and_changes_nothing(catalogue: Catalogue) -> None:
    catalogue.load()
    before = catalogue.documents()
    report = catalogue.load()
    assert report.embedded == 0
    assert all((one.added, one.changed, one.removed) == (0, 0, 0) for one in report.sources)
    assert catalogue.documents() == before


def test_one_changed_listing_is_one_encoded_text(catalogue: Catalogue) -> None:
    catalogue.load()
    catalogue.feed(
        "maple.csv", [WELDING, (*CARE[:2], "Turn and lift residents with a ceiling track.", *CARE[3:]), BOOKS]
    )
    report = catalogue.load()
    assert report.embedded == 1
    assert by_source(report)["maple"].changed == 1
    assert by_source(report)["grands-pins"].changed == 0


def test_added_changed_and_removed_listings_are_counted_by_source(catalogue: Catalogue) -> None:
    catalogue.load()
    catalogue.feed("maple.csv", [(*WELDING[:5], "475", "72106"), BOOKS, ("N-1", "New", "", "", "", "", "")])
    maple = by_source(catalogue.load())["maple"]
    assert (maple.added, maple.changed, maple.removed) == (1, 1, 1)


def test_a_source_taken_out_of_the_list_is_dropped_and_said(catalogue: Catalogue) -> None:
    catalogue.load()
    catalogue.entries.pop()
    catalogue.write_sources()
    report = catalogue.load()
    assert report.dropped == {"grands-pins": 2}
    assert len(catalogue.documents()) == 3


def test_as_many_versions_stay_as_the_operator_keeps(catalogue: Catalogue) -> None:
    catalogue.settings = catalogue.settings.model_copy(update={"keep": 1})
    names = [catalogue.load().index for _ in range(3)]
    assert catalogue.served() == [names[2]]
    assert catalogue.indices() == set(names[1:])


def test_quarantined_rows_are_left_out_and_reported_by_row_column_value_and_reason(catalogue: Catalogue) -> None:
    rows = [
        *ENGLISH,
        ("W-1", "Twice", "", "", "", "", ""),
        ("", "No id", "", "", "", "", ""),
        ("L-1", "Long", "", "0", "", "", ""),
    ]
    catalogue.feed("maple.csv", [*rows, ("D-1", "Odd", "Ask jo@maple.example", "", "", "call 416-555-0199", "")])
    maple = by_source(catalogue.load())["maple"]
    assert (maple.read, maple.good, maple.with_warnings, maple.quarantined) == (7, 3, 1, 3)
    assert set(catalogue.documents()) >= {"maple.W-1", "maple.D-1"}
    quarantine = catalogue.report_file("quarantine.csv").splitlines()
    assert quarantine[0] == "source,row,column,value,reason,raison"
    assert "maple,5,ID,W-1,the ID already stands in row 2,l'identifiant figure déjà à la ligne 2" in quarantine
    assert any(line.startswith("maple,7,Total hours,0,the number must be between 0.5 and 5000") for line in quarantine)
    warnings = catalogue.report_file("warnings.csv")
    assert "maple,8,Cost,call …,this is not one plain price,ce n'est pas un prix simple" in warnings
    assert "555-0199" not in warnings + catalogue.report_file("report.md")


def test_a_spreadsheet_never_runs_what_a_report_repeats(catalogue: Catalogue) -> None:
    catalogue.feed("maple.csv", [*ENGLISH, ("D-1", "Odd", "", "", "", "=HYPERLINK(1)", "")])
    catalogue.load()
    assert ",'=HYPERLINK(1)," in catalogue.report_file("warnings.csv")


def test_gaps_say_what_they_cost(catalogue: Catalogue) -> None:
    report = catalogue.load()
    assert by_source(report)["maple"].gaps["url"] == 3
    assert "maple,2,url,,learners cannot go on to apply," in catalogue.report_file("gaps.csv")
    assert "Maple: 3 without `url`" in catalogue.report_file("report.md")


def test_a_feed_that_cannot_be_read_keeps_its_served_listings_as_stale(catalogue: Catalogue) -> None:
    catalogue.load()
    before = catalogue.documents()
    (catalogue.folder / "grands-pins.csv").unlink()
    pins = by_source(catalogue.load())["grands-pins"]
    assert (pins.status, pins.carried, pins.removed) == ("carried over", 2, 0)
    assert pins.failure["en"] == "the file grands-pins.csv is not there"
    after = catalogue.documents()
    assert after.keys() == before.keys()
    assert {name for name, body in after.items() if body.get("stale")} == {"grands-pins.S-1", "grands-pins.P-1"}
    assert {source.id: source.stale for source in meta_of(catalogue).sources} == {"maple": False, "grands-pins": True}
    assert "carried over" in catalogue.report_file("report.md")


def test_carried_listings_are_carried_again_and_fresh_once_the_feed_is_back(catalogue: Catalogue) -> None:
    catalogue.load()
    (catalogue.folder / "grands-pins.csv").unlink()
    catalogue.load()
    assert by_source(catalogue.load())["grands-pins"].carried == 2
    catalogue.feed("grands-pins.csv", FRENCH, FRENCH_HEADER)
    catalogue.load()
    assert not any(body.get("stale") for body in catalogue.documents().values())


def test_a_feed_without_one_good_row_counts_as_unreadable(catalogue: Catalogue) -> None:
    catalogue.load()
    catalogue.feed("maple.csv", [("", "No id", "", "", "", "", "")])
    maple = by_source(catalogue.load())["maple"]
    assert (maple.status, maple.carried) == ("carried over", 3)


def test_a_feed_that_was_never_read_is_gone_without_and_said(catalogue: Catalogue) -> None:
    catalogue.add("missing", "missing.csv")
    missing = by_source(catalogue.load())["missing"]
    assert (missing.status, missing.carried) == ("failed", 0)
    assert len(catalogue.documents()) == 5


def test_when_no_feed_can_be_read_nothing_changes(catalogue: Catalogue) -> None:
    catalogue.load()
    before = catalogue.indices()
    for name in ("maple.csv", "grands-pins.csv"):
        (catalogue.folder / name).unlink()
    with pytest.raises(IndexerError, match="none of the feeds can be read"):
        catalogue.load()
    assert catalogue.indices() == before
    assert json.loads(catalogue.report_file("report.json"))["outcome"] == "failed"


def test_an_index_that_differs_from_what_was_sent_is_refused_and_removed(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue.load()
    before = catalogue.indices()
    monkeypatch.setattr(gate, "difference", lambda *_: "cost")
    with pytest.raises(GateError, match="differs from what was sent in cost"):
        catalogue.load()
    assert catalogue.indices() == before


def test_a_document_the_engine_does_not_take_is_refused_by_name(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue.load()
    documents = building.documents
    monkeypatch.setattr(building, "documents", lambda *given: ({**one, "unheard_of": 1} for one in documents(*given)))
    with pytest.raises(GateError, match=r"did not take 5 of 5 listings, first maple\.W-1: mapping set to strict"):
        catalogue.load()
    assert len(catalogue.documents()) == 5


def test_a_name_that_a_dying_run_takes_meanwhile_is_left_to_it(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A killed process's request may reach the engine after our look at what is there."""
    catalogue.load()
    (served,) = catalogue.served()
    free_time, taken = building._free_time, dt.datetime.strptime(served[-14:], "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    first = iter([taken])
    monkeypatch.setattr(building, "_free_time", lambda one: next(first, None) or free_time(one))
    catalogue.load()
    assert catalogue.served() != [served]
    assert len(catalogue.documents()) == 5


def test_a_lost_document_is_noticed(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    load = Engine.load
    monkeypatch.setattr(
        Engine, "load", lambda self, name, documents, advance: load(self, name, list(documents)[1:], advance)
    )
    with pytest.raises(GateError, match="5 listings were sent but the index holds 4"):
        catalogue.load()
    assert not catalogue.indices()


def test_leftovers_of_killed_runs_are_cleared_and_other_prefixes_left_alone(
    catalogue: Catalogue, engine: OpenSearch
) -> None:
    catalogue.load()
    body = index_body(listing_contract(), 3, {})
    leftover = f"{catalogue.prefix}-0123456789ab-20200101000000"
    others = [f"{catalogue.prefix}-b-0123456789ab-20200101000000", f"{catalogue.prefix}x-0123456789ab-20200101000000"]
    for name in (leftover, *others):
        engine.indices.create(index=name, body=body)
    try:
        catalogue.load()
        assert not engine.indices.exists(index=leftover)
        assert all(engine.indices.exists(index=name) for name in others)
    finally:
        for name in others:
            engine.indices.delete(index=name)


def test_an_index_any_alias_points_to_is_never_deleted(catalogue: Catalogue, engine: OpenSearch) -> None:
    catalogue.load()
    kept = f"{catalogue.prefix}-0123456789ab-20200101000000"
    engine.indices.create(index=kept, body={"aliases": {f"{catalogue.prefix}-pinned": {}}})
    catalogue.load()
    assert engine.indices.exists(index=kept)


def test_an_index_in_the_aliass_place_is_named(catalogue: Catalogue, engine: OpenSearch) -> None:
    engine.indices.create(index=catalogue.prefix)
    try:
        with pytest.raises(IndexerError, match="an index is named"):
            catalogue.load()
    finally:
        engine.indices.delete(index=catalogue.prefix)


def test_a_second_writer_ends_at_once(catalogue: Catalogue) -> None:
    with lease(catalogue.settings.state, catalogue.prefix), pytest.raises(IndexerError, match="another run is writing"):
        catalogue.load()
    catalogue.load()


def test_a_dry_run_says_what_would_change_and_changes_nothing(catalogue: Catalogue) -> None:
    catalogue.load()
    before, documents = catalogue.indices(), catalogue.documents()
    catalogue.feed("maple.csv", [*ENGLISH, ("N-1", "New", "", "", "", "", ""), ("", "No id", "", "", "", "", "")])
    report, _ = run.dry_run(catalogue.settings, quiet())
    maple = by_source(report)["maple"]
    assert (maple.added, maple.changed, maple.removed, maple.quarantined) == (1, 0, 0, 1)
    assert (catalogue.indices(), catalogue.documents(), report.outcome) == (before, documents, "checked")


def test_a_dry_run_before_the_first_load_works(catalogue: Catalogue) -> None:
    report, _ = run.dry_run(catalogue.settings, quiet())
    assert sum(one.added for one in report.sources) == 5
    assert not catalogue.indices()


def test_a_dry_run_tells_what_would_be_carried_over(catalogue: Catalogue) -> None:
    catalogue.load()
    catalogue.feed("maple.csv", [WELDING])
    report, _ = run.dry_run(catalogue.settings, quiet())
    assert by_source(report)["maple"].status == "carried over"


def test_two_loads_in_one_second_make_two_indices(catalogue: Catalogue) -> None:
    first, second = catalogue.load().index, catalogue.load().index
    assert first is not None
    assert second is not None
    times = [index_time(name, catalogue.prefix) for name in (first, second)]
    assert times[0] != times[1]


def test_without_centring_no_means_are_kept(catalogue: Catalogue) -> None:
    catalogue.settings = catalogue.settings.model_copy(update={"centring": "none"})
    catalogue.load()
    assert meta_of(catalogue).mean_vectors() == Means()


def test_the_means_of_both_sides_are_part_of_the_index(catalogue: Catalogue) -> None:
    catalogue.load()
    means = meta_of(catalogue).mean_vectors()
    assert set(means.query) == set(means.document) == {"en", "fr"}


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("vocabulary/skills.yml", None, "a knowledge file is missing: .*skills.yml"),
        ("vocabulary/skills.yml", "- {id: x}", "a knowledge file is wrong"),
        ("occupations/all.yml", "- [", "a knowledge file is wrong"),
    ],
)
def test_knowledge_that_cannot_be_read_is_said_in_one_sentence(
    catalogue: Catalogue, file: str, text: str | None, words: str
) -> None:
    path = catalogue.settings.knowledge_folder / file
    path.unlink()
    if text:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(IndexerError, match=words) as refused:
        catalogue.load()
    assert "\n" not in str(refused.value)


def test_served_listings_of_another_contract_that_cannot_be_carried_over_are_not_lost_unasked(
    catalogue: Catalogue, engine: OpenSearch
) -> None:
    catalogue.load()
    (name,) = catalogue.served()
    engine.update(
        index=name, id="grands-pins.S-1", body={"doc": {"level": "of another contract"}}, params={"refresh": "true"}
    )
    (catalogue.folder / "grands-pins.csv").unlink()
    with pytest.raises(GateError, match=r"grands-pins would fall from 2 listings to 1, .* FORCE=grands-pins"):
        catalogue.load()
    assert catalogue.served() == [name]
    assert by_source(catalogue.load(forced="grands-pins"))["grands-pins"].carried == 1


def test_nothing_at_all_to_load_is_refused(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "enrich_listings", lambda *_: None)
    with pytest.raises(GateError, match="nothing to load"):
        catalogue.load()


def test_old_reports_go_after_two_months_of_nights(catalogue: Catalogue) -> None:
    reports = catalogue.settings.state / "reports"
    for number in range(70):
        (reports / f"20200101T0000{number:02}Z").mkdir(parents=True)
    catalogue.load()
    assert len(list(reports.iterdir())) == 60


def test_machine_ids_of_documents_are_safe_in_addresses(catalogue: Catalogue) -> None:
    catalogue.feed("maple.csv", [("A/1 é", "Odd id", "", "", "", "", ""), *ENGLISH], HEADER)
    catalogue.load()
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+", one) for one in catalogue.documents())


def test_the_list_of_sources_is_yaml_a_person_can_edit(catalogue: Catalogue) -> None:
    assert len(yaml.safe_load((catalogue.folder / "sources.yml").read_text(encoding="utf-8"))["sources"]) == 2
    assert incomplete([], None) == []
