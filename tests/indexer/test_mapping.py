"""Declared mappings of foreign feeds."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.failures import SourceError
from indexer.mapping import FieldMap
from indexer.paths import JMESPATH
from indexer.rules import UnreadableError
from indexer.sources import Source
from indexer.transforms import TRANSFORMS
from mappings.contract import Contract
from mappings.listing import Listing
from tests.indexer.conftest import judge_all, read_whole, reasons

TODAY = dt.date(2026, 11, 24)
MAPPING = """
records: items
where: status == 'open'
join: {file: runs.json, key: code, as: runs}
fields:
  id: code
  en.title: name
  cost: runs[0].price
  currency: {value: USD}
  weeks: {path: "runs[].length", transform: [agreed, weeks]}
  starts: {path: "runs[].start", transform: upcoming}
  delivery: {path: mode, vocabulary: {V: online, "true": hybrid, "*": ""}}
  schedule: {path: times, vocabulary: {N: evening}}
  url: {path: link, prefix: "https://a.example"}
  skills: skills[].name
"""
ITEM = {"code": "A", "name": "Weld", "status": "open", "mode": "V", "link": "/weld", "times": ["N", "weekend"]}
RUNS = [
    {"code": "A", "price": "99.00", "length": "6 weeks", "start": "2027-02-01T05:00:00Z"},
    {"code": "A", "price": "90.00", "length": "6 weeks", "start": "2024-02-01"},
    {"code": "B", "price": "10.00", "length": "1 week", "start": None},
]


class World:
    """A source whose mapping, feed and joined file a test may change."""

    def __init__(self, folder: Path, source: Callable[..., Source]) -> None:
        self.folder, self.source = folder, source
        self.mapping(MAPPING)
        self.runs(RUNS)

    def mapping(self, text: str) -> None:
        (self.folder / "m.yml").write_text(text, encoding="utf-8")

    def runs(self, body: Any) -> None:
        (self.folder / "runs.json").write_text(json.dumps(body), encoding="utf-8")

    def judged(self, contract: Contract, *items: Any) -> list[Any]:
        maple = self.source("a.json", json.dumps({"items": list(items)}), mapping="m.yml")
        return judge_all(read_whole(maple, contract, TODAY, 1).rows, maple)

    def listing(self, contract: Contract, item: Any) -> Listing:
        listing = self.judged(contract, item)[0].listing
        assert listing is not None
        return listing  # type: ignore[no-any-return]


@pytest.fixture
def world(tmp_path: Path, source: Callable[..., Source]) -> World:
    return World(tmp_path, source)


def test_paths_constants_vocabularies_and_joins_make_a_listing(world: World, contract: Contract) -> None:
    listing = world.listing(contract, {**ITEM, "skills": [{"name": "TIG"}]})
    assert (listing.cost, listing.currency, listing.weeks) == (99, "USD", 6)
    assert listing.starts == (dt.date(2027, 2, 1),)
    assert (listing.delivery, listing.schedule) == ("online", ("evening", "weekend"))
    assert listing.url == "https://a.example/weld"
    assert [term.en for term in listing.skills] == ["TIG"]


def test_a_condition_leaves_records_out(world: World, contract: Contract) -> None:
    assert [one.row for one in world.judged(contract, {**ITEM, "status": "closed"}, ITEM)] == [2]


def test_a_record_without_partner_in_the_second_file_stands_alone(world: World, contract: Contract) -> None:
    listing = world.listing(contract, {**ITEM, "code": "Z"})
    assert (listing.cost, listing.starts) == (None, ())


def test_a_run_without_a_course_is_reported_where_it_stands_in_the_second_file(
    world: World, contract: Contract
) -> None:
    world.runs([*RUNS, {"price": "5.00"}])
    maple = world.source("a.json", json.dumps({"items": [ITEM]}), mapping="m.yml")
    notes = read_whole(maple, contract, TODAY, 1).notes
    assert [(one.row, one.column, one.value, one.problem.kind) for one in notes] == [
        (3, "code", "B", "join_alone"), (4, "code", "", "join_alone"),
    ]  # fmt: skip


def test_records_without_a_key_are_not_joined_with_each_other(world: World, contract: Contract) -> None:
    world.runs([{"price": "5.00"}, {"code": None, "price": "6.00"}])
    world.mapping(MAPPING.replace("id: code", "id: name"))
    assert world.listing(contract, {**ITEM, "code": None}).cost is None


def test_the_records_of_a_second_file_may_stand_deeper_and_their_key_too(world: World, contract: Contract) -> None:
    world.mapping(MAPPING.replace("key: code", "records: all.runs, key: code || of.code"))
    world.runs({"all": {"runs": [{"of": {"code": "A"}, "price": "7.00"}]}})
    assert world.listing(contract, ITEM).cost == 7


def test_a_condition_decides_whether_a_rule_is_used_and_another_may_stand_in(world: World, contract: Contract) -> None:
    rule = "url: {path: link, when: mode == 'V', prefix: 'https://a.example', otherwise: other}"
    world.mapping(MAPPING.replace('url: {path: link, prefix: "https://a.example"}', rule))
    item = {**ITEM, "other": "https://b.example/o"}
    assert world.listing(contract, item).url == "https://a.example/weld"
    assert world.listing(contract, {**item, "mode": "C"}).url == "https://b.example/o"


def test_a_whole_address_gets_no_prefix(world: World, contract: Contract) -> None:
    assert world.listing(contract, {**ITEM, "link": "https://b.example/x"}).url == "https://b.example/x"


def test_true_and_unlisted_values_are_looked_up_too(world: World, contract: Contract) -> None:
    assert world.listing(contract, {**ITEM, "mode": True}).delivery == "hybrid"
    assert world.listing(contract, {**ITEM, "mode": "unheard of"}).delivery is None


def test_a_value_that_cannot_be_read_is_named_as_the_feed_names_it(world: World, contract: Contract) -> None:
    world.runs([{"code": "A", "length": "2 days + coaching"}])
    judged = world.judged(contract, ITEM)[0]
    issue = judged.issues[0]
    assert (issue.column, issue.value, issue.problem.kind) == ("length", "2 days + coaching", "not_a_duration")
    assert judged.listing is not None


def test_a_record_of_another_shape_loses_the_value_only(world: World, contract: Contract) -> None:
    world.mapping(MAPPING.replace("skills[].name", "sum(skills)"))
    judged = world.judged(contract, {**ITEM, "skills": "x"})[0]
    assert reasons(judged) == ["wrong_shape"]


def test_a_record_that_is_no_object_is_quarantined(world: World, contract: Contract) -> None:
    assert reasons(world.judged(contract, "x")[0]) == ["not_an_object"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("id: code", "id: code[", "not a JMESPath"), ("id: code", "idd: code", "no field 'idd'"),
        ("transform: upcoming", "transform: soon", "no transform 'soon'"),
        ("{value: USD}", "{}", "either a path or a value"),
        ("records: items", "recordz: items", "recordz"), ("records: items", "records: '['", "not a JMESPath"),
        ("records: items", "records: [", "m.yml"), ("status == 'open'", "abs(status)", "where: "),
    ],
)  # fmt: skip
def test_a_wrong_mapping_is_named_with_its_fault(
    world: World, contract: Contract, old: str, new: str, words: str
) -> None:
    world.mapping(MAPPING.replace(old, new, 1))
    with pytest.raises(SourceError) as refused:
        world.judged(contract, ITEM)
    assert words in str(refused.value)


def test_a_missing_mapping_or_second_file_stops_the_feed(world: World, contract: Contract) -> None:
    (world.folder / "runs.json").unlink()
    with pytest.raises(SourceError, match=r"runs\.json is not there"):
        world.judged(contract, ITEM)
    (world.folder / "m.yml").unlink()
    with pytest.raises(SourceError, match=r"m\.yml"):
        world.judged(contract, ITEM)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("_id || id", "id"),
        ("topics[].name | [0]", "name"),
        ("page.url", "page.url"),
        ("x && 'USD'", "x"),
        (None, "value"),
    ],
)
def test_a_report_calls_a_path_by_its_last_name(path: str | None, name: str) -> None:
    assert FieldMap(path=path, value=None if path else 1).named(JMESPATH) == name


@pytest.mark.parametrize(
    ("transform", "value", "read"),
    [
        ("weeks", "6 weeks", 6), ("weeks", "30 Days", 4.3), ("weeks", "3-4 Weeks", 4), ("weeks", "3 months", 13),
        ("weeks", "2 days", 0.3), ("weeks", "1.5 weeks", 1.5),
        ("hours", "PT40H", 40), ("price", "Members $100 / Non-members $150", 150), ("currency", "US$100", "USD"),
        ("currency", "$100", None), ("markdown", "*one* word", "<p><em>one</em> word</p>\n"),
        ("hours_per_week", "7 hrs/wk", 7), ("hours_per_week", "5-7 Hours per Week", 7),
        ("hours_per_week", "4-6 hrs/wks", 6), ("hours_per_week", "8 hours/day", None),
        ("day", "2024-08-13T07:45:35.000Z", "2024-08-13"),
        ("agreed", ["a", None, "a", ""], "a"), ("agreed", ["a", "b"], None), ("agreed", [], None), ("agreed", "a", "a"),
        ("upcoming", ["2027-02-01", None, "2026-11-24", "2026-11-23", "2027-02-01"], ["2026-11-24", "2027-02-01"]),
        ("upcoming", "2027-02-01", ["2027-02-01"]),
        ("upcoming_or_words", ["Fall 2027", "2027-02-01", "2026-01-01"], ["2027-02-01", "Fall 2027"]),
        ("compact_day", "20270118", "2027-01-18"), ("compact_day", "soon", "soon"), ("compact_day", "00000000", None),
        ("compact_day", ["20270118", "99999999"], ["2027-01-18"]),
        ("mail_day", "Mon, 18 Jan 2027 23:30:00 -0500", "2027-01-18"),
        ("mail_day", "18 Jan 2027 09:00 EST", "2027-01-18"),
    ],
)  # fmt: skip
def test_transforms_read_what_feeds_say(transform: str, value: Any, read: Any) -> None:
    assert TRANSFORMS[transform](value, TODAY) == read


@pytest.mark.parametrize(
    ("transform", "value"),
    [
        ("weeks", "a while"),
        ("weeks", "40 hours"),
        ("hours_per_week", "3 modules"),
        ("hours_per_week", "6 weeks"),
        ("day", "soon"),
        ("upcoming", ["X"]),
        ("mail_day", "soon"),
        ("mail_day", ""),
    ],
)
def test_transforms_refuse_what_they_cannot_read(transform: str, value: Any) -> None:
    with pytest.raises(UnreadableError):
        TRANSFORMS[transform](value, TODAY)
