"""What `map-check` says of a feed and its mapping."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from indexer.failures import IndexerError, SourceError
from indexer.mapping import read_mapping
from indexer.mapping_checks.check import MappingCheck, check
from indexer.mapping_checks.feeds import read_fed, source_of
from indexer.mapping_checks.rules import RuleCheck
from mappings.contract import listing_contract

TODAY = dt.date(2026, 11, 24)
MAPPING = """
records: items
where: shown
join: {file: runs.json, key: code, as: runs}
fields:
  id: code
  en.title: name
  language: {value: en}
  delivery: {path: mode, vocabulary: {V: online, Z: hybrid}}
  level: {path: level, vocabulary: {"*": ""}}
  weeks: {path: "runs[].length", transform: [agreed, weeks]}
  starts: {path: "runs[].start", transform: upcoming}
"""
ITEMS = [
    {"code": "A", "name": "Weld", "mode": "V", "level": "Low", "shown": True},
    {"code": "B", "name": "Sew", "mode": "Online", "shown": True},
    {"code": "C", "name": "Cut", "mode": "Balloon", "shown": True},
    {"code": "D", "name": "Draft", "mode": "V", "shown": False},
    {"code": "", "name": "Nameless", "shown": True},
    "broken",
]
RUNS = [
    {"code": "A", "length": "6 weeks", "start": "2027-02-01"},
    {"code": "B", "length": "a while; ask pat@weld.example", "start": "2020-02-01"},
    {"code": "Q", "length": "1 week", "start": "2027-02-01"},
]


@pytest.fixture
def checked(tmp_path: Path) -> MappingCheck:
    return run(tmp_path)


def run(folder: Path, mapping: str = MAPPING, items: Any = ITEMS, file: str = "a.json") -> MappingCheck:
    (folder / "m.yml").write_text(mapping, encoding="utf-8")
    (folder / "runs.json").write_text(json.dumps(RUNS), encoding="utf-8")
    content = items if isinstance(items, bytes) else json.dumps({"items": items}).encode()
    (folder / file).write_bytes(content)
    source, read = source_of(folder / file, None, None), read_mapping(folder / "m.yml", listing_contract())
    return check(read_fed(source, read, 10), read, source, listing_contract(), TODAY)


def rule(found: MappingCheck, name: str) -> RuleCheck:
    return next(one for one in found.rules if one.name == name)


def test_records_are_counted_as_kept_dropped_and_broken(checked: MappingCheck) -> None:
    assert (checked.records, checked.broken, checked.dropped, checked.where) == (6, 1, 1, "shown")


def test_a_rule_counts_what_had_it_read_said_nothing_and_was_left_out(checked: MappingCheck) -> None:
    weeks, starts = rule(checked, "weeks"), rule(checked, "starts")
    assert (weeks.had, weeks.read, weeks.silent, weeks.left_out) == (2, 1, 0, 1)
    assert (starts.had, starts.read, starts.silent, starts.left_out) == (2, 1, 1, 0)
    assert rule(checked, "id").had == 3
    assert rule(checked, "language").constant


def test_what_was_left_out_has_its_reason_and_samples_without_addresses(checked: MappingCheck) -> None:
    (reason,) = rule(checked, "weeks").reasons
    assert (reason.words, reason.count) == ("this is not one plain duration", 1)
    assert reason.samples == ["a while; ask [e-mail]"]


def test_a_vocabulary_names_rows_nothing_met_and_values_in_no_list(checked: MappingCheck) -> None:
    delivery, level = rule(checked, "delivery").vocabulary, rule(checked, "level").vocabulary
    assert delivery is not None
    assert level is not None
    assert (delivery.unused, delivery.unknown, delivery.caught) == (["Z"], {"Balloon": 1}, {})
    assert (level.unused, level.unknown, level.caught) == ([], {}, {"Low": 1})


def test_a_join_counts_both_sides(checked: MappingCheck) -> None:
    assert checked.join is not None
    assert (checked.join.matched, checked.join.alone) == (2, 3)
    assert (checked.join.others, checked.join.orphans, checked.join.orphan_keys) == (3, 1, ["Q"])


def test_listings_are_judged_as_a_load_judges_them(checked: MappingCheck) -> None:
    assert (checked.good, checked.with_warnings, checked.quarantined) == (1, 2, 2)
    words = {reason.words for reason in checked.reasons}
    assert {"ID: the ID is missing", "the record is not a JSON object"} <= words
    assert checked.faults == []


def test_a_rule_that_catches_nothing_is_a_fault_and_one_whose_days_have_gone_by_is_none(tmp_path: Path) -> None:
    dead = run(tmp_path, MAPPING.replace("path: mode", "path: modes"))
    assert dead.faults == ["the rule for delivery catches nothing"]
    gone = run(tmp_path, MAPPING, [{**ITEMS[1], "mode": "V", "level": "x"}])  # type: ignore[dict-item]
    assert gone.faults == ["the rule for weeks catches nothing"]


def test_a_condition_that_keeps_nothing_is_a_fault(tmp_path: Path) -> None:
    found = run(tmp_path, MAPPING.replace("where: shown", "where: shown == 'yes'"))
    assert found.faults == ["the condition shown == 'yes' keeps no record", "no listing comes out"]


def test_a_path_that_does_not_fit_a_record_is_a_reason_and_no_end(tmp_path: Path) -> None:
    found = run(tmp_path, MAPPING.replace("id: code", "id: join('-', code)"))
    assert rule(found, "id").reasons[0].words == "a single value was expected here"
    assert found.quarantined == 5


def test_one_id_twice_is_held_back_as_in_a_load(tmp_path: Path) -> None:
    found = run(tmp_path, MAPPING, [ITEMS[0], ITEMS[0]])
    assert (found.good, found.quarantined) == (1, 1)


def test_a_table_is_checked_by_its_columns(tmp_path: Path) -> None:
    table = "No,Course Title,Fee\nA,Weld,$40\nB,Sew,ask\n".encode("utf-16")
    found = run(tmp_path, 'fields: {id: "No", title: \'"Course Title"\', cost: Fee}', table, "a.csv")
    assert (found.records, found.good, found.with_warnings) == (2, 1, 1)
    assert rule(found, "cost").reasons[0].samples == ["ask"]


def test_a_tables_columns_are_named_as_a_load_names_them(tmp_path: Path) -> None:
    table = "Ref,Fee,Fee,,Title\nA,ask,$40,online,Weld\n"
    found = run(
        tmp_path, "fields: {id: Ref, title: Title, cost: '\"Fee (2)\"', delivery: column_4}", table.encode(), "a.csv"
    )
    assert (found.good, [rule(found, name).read for name in ("cost", "delivery")]) == (1, [1, 1])


def test_a_row_with_more_cells_than_columns_is_held_back_as_in_a_load(tmp_path: Path) -> None:
    found = run(tmp_path, "fields: {id: Ref, title: Title}", b"Ref,Title\nA,Weld\nB,Sew,more\n", "a.csv")
    assert (found.broken, found.good, found.quarantined) == (1, 1, 1)


def test_a_table_without_any_column_of_the_mapping_is_refused_as_in_a_load(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="Title"):
        run(tmp_path, "fields: {id: code, title: name}", b"Ref,Title\nA,Weld\n", "a.csv")


def test_a_table_has_no_list_of_records_within_it(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="a table is its own list"):
        run(tmp_path, "records: items\nfields: {id: Ref, title: Title}", b"Ref,Title\nA,Weld\n", "a.csv")


def test_a_mapping_of_no_fields_takes_records_as_listing_records(tmp_path: Path) -> None:
    found = run(tmp_path, "records: items\nwhere: shown", [{"id": "A", "title": "Weld", "shown": True}])
    assert (found.good, found.faults) == (1, [])


def test_a_large_feed_is_seen_whole(tmp_path: Path) -> None:
    table = "id,title\n" + "".join(f"A{number},Course {number}\n" for number in range(5_000))
    assert run(tmp_path, "fields: {id: id, title: title}", table.encode(), "a.csv").good == 5_000


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("shown", "abs(name)", "where"), ("records: items", "records: none", "no list of records"),
        ("records: items", "records: abs(items)", "no list of records"),
        ("file: runs.json", "file: no.json", "no.json"),
    ],
)  # fmt: skip
def test_a_mapping_that_does_not_fit_the_file_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        run(tmp_path, MAPPING.replace(old, new, 1))


def test_a_file_of_unknown_format_or_without_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="format"):
        run(tmp_path, MAPPING, b"x", "a.pdf")
    with pytest.raises(SourceError, match="no listing"):
        run(tmp_path, MAPPING, [])
    with pytest.raises(IndexerError, match="no format pdf"):
        source_of(tmp_path / "a.pdf", "pdf", None)


XML_MAPPING = """
paths: xpath
namespaces: {a: "urn:a", p: "urn:p"}
records: a:course
runs: a:run
where: not(@hidden)
until: "@end"
fields:
  id: "@no"
  en.title: a:name
  en.description: a:about
  cost: {path: p:fee, otherwise: "@fee"}
  starts: {path: a:run/@day, transform: upcoming_or_words}
  level: p:level
"""
XML = """<list xmlns="urn:a" xmlns:p="urn:p">
<course no="A"><name>Weld</name><about><b>Pat</b> teaches.</about><p:fee>$40</p:fee><run day="2027-02-01"/></course>
<course no="B" fee="$50"><name>Sew</name><run day="Fall"/></course>
<course no="C" hidden="1"/><course no="D" end="2020-01-01"/>
<course><name>No number</name></course><run day="2027-03-01"/></list>"""


def test_xml_is_checked_record_by_record_with_samples_and_runs_outside_of_courses(tmp_path: Path) -> None:
    found = run(tmp_path, XML_MAPPING, XML.encode(), "a.xml")
    assert (found.records, found.dropped, found.good, found.with_warnings, found.quarantined) == (5, 2, 1, 1, 1)
    assert found.faults == ["the rule for level catches nothing"]
    assert [(note.words, note.count) for note in found.notes] == [
        ("run: a run that belongs to no course was left out", 1)
    ]
    counts = {one.name: (one.had, one.read, one.left_out, one.samples) for one in found.rules}
    assert counts["en.title"] == (3, 3, 0, ["Weld", "Sew"])
    assert counts["cost"] == (2, 2, 0, ["$40", "$50"])
    assert counts["en.description"] == (1, 1, 0, [])
    assert counts["starts"] == (2, 1, 1, ["2027-02-01"])


def test_an_xml_file_is_joined_to_a_second_one(tmp_path: Path) -> None:
    (tmp_path / "runs.xml").write_text(
        '<runs><run no="A" day="2027-02-01"/><run no="Q" day="2027-02-01"/></runs>', encoding="utf-8"
    )
    mapping = """
paths: xpath
records: course
join: {file: runs.xml, key: "@no", as: runs, records: run}
fields: {id: "@no", title: name, starts: {path: runs/run/@day, transform: upcoming}}
"""
    content = b'<a><course no="A"><name>Weld</name></course><course no="B"><name>Sew</name></course></a>'
    found = run(tmp_path, mapping, content, "a.xml")
    assert found.join is not None
    assert (found.join.matched, found.join.alone, found.join.others) == (1, 1, 2)
    assert (found.join.orphans, found.join.orphan_keys) == (1, ["Q"])
    assert (rule(found, "starts").read, found.good) == (1, 2)


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><list><course no="A">&b;</course></list>'
AWAY = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]><list><course no="A">&a;</course></list>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (BOMB, "entities"), (AWAY, "entities"), ("<list>" + "<a>" * 300, "deep"), ("<list><course>", "cannot be read"),
        ("<list/>", "no list of records"), ("no XML", "cannot be read"), ("<a:b/>", "cannot be read"),
        ("<list>" + "x" * 33_600_000, "MB"),
    ],
    ids=["bomb", "away", "deep", "cut short", "none", "text", "prefix", "large"],
)  # fmt: skip
def test_hostile_xml_is_refused_in_one_sentence(tmp_path: Path, content: str, words: str) -> None:
    mapping = "paths: xpath\nrecords: course\nfields: {id: '@no', title: name}"
    with pytest.raises(SourceError, match=words) as refused:
        run(tmp_path, mapping, content.encode(), "a.xml")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("file", "mapping", "words"),
    [
        ("a.xml", MAPPING, "XML is read with `paths: xpath`"), ("a.json", XML_MAPPING, "its paths are XPath"),
    ],
)  # fmt: skip
def test_paths_of_the_other_kind_are_refused(tmp_path: Path, file: str, mapping: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        run(tmp_path, mapping, XML.encode(), file)


def test_a_format_that_says_what_its_terms_mean_needs_no_mapping(tmp_path: Path) -> None:
    with pytest.raises(IndexerError, match="schema-org says itself what its terms mean"):
        run(tmp_path, MAPPING, b"{}", "a.jsonld")
