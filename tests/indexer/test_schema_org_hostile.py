"""schema.org files that are broken, hostile or made at random: each ends, and the good courses beside load."""

import datetime as dt
import json
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.durations import length
from indexer.failures import SourceError
from indexer.readers.schema_org.contexts import Names
from indexer.readers.schema_org.graphs import Graph
from indexer.readers.schema_org.json_ld import Writer
from indexer.readers.schema_org.prices import Price, public_price
from indexer.readers.spool import Spool
from indexer.rules import UnreadableError
from indexer.sources import Source
from indexer.validation import judge
from mappings.contract import listing_contract
from tests.indexer.conftest import ndjson, read_whole, source_entry

TODAY = dt.date(2026, 11, 24)
GOOD = {"@type": "Course", "name": "Welding", "courseCode": "W-1"}
Sources = Callable[..., Source]


def titles(source: Source) -> list[str]:
    contract = listing_contract()
    judged = [judge(row, source, contract) for row in read_whole(source, contract, TODAY, 50).rows]
    return [one.listing.en.title for one in judged if one.listing and one.listing.en]


def test_a_broken_line_is_held_back_alone(source: Sources) -> None:
    lines = source("a.ndjson", "{broken\n" + "[" * 100_000 + "\n" + ndjson(GOOD), format="schema-org")
    rows = read_whole(lines, listing_contract(), TODAY, 1).rows
    assert titles(lines) == ["Welding"]
    assert [(place, wrong.kind) for row in rows[1:] for place, _, wrong in row.problems] == [
        ("#1", "not_json"), ("#2", "not_json"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"a":' * 100_000, "[]", "{}", "null", "9" * 5_000, "\0"])
def test_a_file_without_a_course_is_refused(source: Sources, text: str) -> None:
    with pytest.raises(SourceError):
        read_whole(source("a.jsonld", text), listing_contract(), TODAY, 1)


@pytest.mark.parametrize("name", ["hasCourseInstance", "hasPart", "offers", "location", "teaches", "item", "@graph"])
def test_things_nested_without_reason_end_and_the_course_beside_loads(source: Sources, name: str) -> None:
    nested: dict[str, Any] = {"@type": "Course", "name": "Deep"}
    for _ in range(200):
        nested = {"@type": "Course", "name": "Deep", name: [nested]}
    assert "Welding" in titles(source("a.jsonld", json.dumps([nested, GOOD])))


def test_a_circle_of_references_ends(source: Sources) -> None:
    names = ("hasCourseInstance", "hasPart", "offers", "priceSpecification", "location", "address", "geo", "teaches",
             "educationalCredentialAwarded", "occupationalCategory", "inCodeSet", "courseSchedule")  # fmt: skip
    circle = [
        {
            **GOOD,
            "@id": f"#{n}",
            "courseCode": f"W-{n}",
            **{name: [{"@id": f"#{m}"} for m in range(20)] for name in names},
        }
        for n in range(20)
    ]
    circle[0]["hasCourseInstance"] = []
    assert titles(source("a.jsonld", json.dumps(circle)))


def test_script_and_false_links_in_every_text_come_to_nothing(source: Sources) -> None:
    evil = "<script>alert(1)</script><a href='javascript:alert(1)'>x</a>"
    names = ("name", "description", "teaches", "coursePrerequisites", "educationalLevel", "inLanguage", "courseMode",
             "timeRequired", "occupationalCategory", "dateModified", "location", "identifier", "startDate")  # fmt: skip
    body = {"@type": "Course", **dict.fromkeys(names, evil), "url": "javascript:alert(1)", "@id": "javascript:alert(1)"}
    found = source("a.jsonld", json.dumps([body, GOOD]))
    contract = listing_contract()
    for row in read_whole(found, contract, TODAY, 1).rows:
        listing = judge(row, found, contract).listing
        assert listing is None or ("<script" not in listing.model_dump_json() and listing.url is None)


def test_a_description_of_ten_megabytes_is_left_out_and_the_course_stays(source: Sources) -> None:
    body = [{**GOOD, "description": "<p>x</p>" * 1_250_000}, {**GOOD, "courseCode": "W-2", "description": "Beads."}]
    assert titles(source("a.jsonld", json.dumps(body))) == ["Welding", "Welding"]


def test_years_out_of_time_and_marks_that_turn_text_are_no_trouble(source: Sources) -> None:
    runs = [{"startDate": day} for day in ("0001-01-01", "9999-12-31", "2027-02-30", "04/05/2027", "2027-02-01")]
    body = {**GOOD, "name": "\u202eWelding\0", "hasCourseInstance": runs}
    found = source("a.jsonld", json.dumps(body))
    contract = listing_contract()
    judged = [judge(row, found, contract) for row in read_whole(found, contract, TODAY, 1).rows]
    assert [one.listing.starts for one in judged if one.listing] == [(dt.date(2027, 2, 1),)]
    assert sorted(issue.problem.kind for one in judged for issue in one.issues) == [
        "date_ambiguous", "date_impossible", "date_impossible", "hidden_taken_out", "runs_past",
    ]  # fmt: skip


def test_a_price_of_any_size_is_read_or_left_out(source: Sources) -> None:
    text = json.dumps({**GOOD, "offers": {"price": 0}}).replace("0}", f"{'9' * 400}}}")
    found, contract = source("a.jsonld", f"[{text}, {json.dumps({**GOOD, 'courseCode': 'W-2'})}]"), listing_contract()
    judged = [judge(row, found, contract) for row in read_whole(found, contract, TODAY, 1).rows]
    assert [[issue.problem.kind for issue in one.issues] for one in judged if one.listing] == [["not_a_price"], []]


def test_contexts_are_never_fetched_and_end(source: Sources) -> None:
    nested: Any = "https://unreachable.invalid/context.jsonld"
    for _ in range(100):
        nested = [nested, {"@import": "https://unreachable.invalid/", "a": "b", "b": "a"}]
    assert titles(source("a.jsonld", json.dumps({**GOOD, "@context": nested}))) == ["Welding"]


def test_time_grows_with_the_file_not_with_its_square(source: Sources) -> None:
    """Twenty thousand courses that share a provider and point at each other stay within a few objects each."""
    courses = [
        {**GOOD, "@id": f"#{n}", "courseCode": f"W-{n}", "provider": {"@id": "#p"}, "hasPart": {"@id": f"#{n + 1}"}}
        for n in range(5_000)
    ]
    nodes = Writer().nodes({"@graph": [*courses, {"@id": "#p", "@type": "Organization", "name": "Maple"}]})
    tracemalloc.start()
    with closing(Spool()) as spool:
        graph = Graph(spool)
        graph.add(nodes)
        graph.seal()
        assert sum(1 for _ in graph.standing()) == 5_002  # the provider, and what the last course points to
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_thousands_of_runs_of_one_course_are_chosen_from_at_once(source: Sources) -> None:
    days = (f"20{20 + n % 20}-01-{n % 28 + 1:02}" for n in range(20_000))
    runs = [{"@type": "CourseInstance", "startDate": day, "name": str(n)} for n, day in enumerate(days)]
    assert "Welding" in titles(source("a.jsonld", json.dumps({**GOOD, "hasCourseInstance": runs})))


NAMES = [
    "@id", "@type", "@context", "@graph", "@value", "@language", "@list", "@set", "name", "description", "offers",
    "price",
    "priceSpecification", "hasCourseInstance", "startDate", "endDate", "location", "address", "addressLocality", "geo",
    "latitude", "longitude", "teaches", "timeRequired", "courseMode", "inLanguage", "occupationalCategory", "codeValue",
    "itemListElement", "item", "courseSchedule", "byDay", "startTime", "url", "identifier", "isAccessibleForFree", "en",
]  # fmt: skip
TEXTS = st.sampled_from([
    "Course", "CourseInstance", "EducationalOccupationalCredential", "Event", "https://schema.org", "#a", "#b", "_:a",
    "2027-02-01", "P4W", "PT40H", "en", "fr", "online", "$1,299.00", "72106", "https://maple.example/a", "http://[", "",
]) | st.text(max_size=8)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=20,
)


def write(folder: Path, name: str, text: str) -> Source:
    (folder / name).write_text(text, encoding="utf-8", errors="replace")
    return Source.model_validate(source_entry("maple", name)).placed(folder)


@given(JSON)
@example({"@id": "http://[", "@type": "Course", "url": "http://[", "name": "x"})
@example({"@type": "Course", "name": "x", "offers": {"@id": "#a", "offers": {"@id": "#a"}}, "@id": "#a"})
@example({"@type": "Course", "name": "x", "location": {"@type": "VirtualLocation", "@id": "", "geo": True}})
def test_any_document_is_judged_and_the_course_beside_it_loads(
    tmp_path_factory: pytest.TempPathFactory, body: Any
) -> None:
    assert "Welding" in titles(write(tmp_path_factory.mktemp("any"), "a.jsonld", json.dumps([GOOD, body])))


ATTRIBUTES = st.sampled_from([
    'itemscope itemtype="https://schema.org/Course"', 'itemprop="name"', 'itemprop="offers" itemscope',
    'itemref="a a b"',
    'id="a"', 'vocab="https://schema.org/"', 'typeof="Course"', 'property="name"',
    'property="schema:url" href="http://["',
    'itemid="#a"', 'resource="#a"', 'content=""', 'itemprop="hasCourseInstance" itemscope', 'lang="fr"', 'itemprop',
])  # fmt: skip
TAGS = st.sampled_from(["div", "a", "meta", "time", "p", "script", "b", "link", "svg", "x:y", "template"])
PIECES = st.builds(lambda tag, with_: f"<{tag} {' '.join(with_)}>", TAGS, st.lists(ATTRIBUTES, max_size=3)) | st.builds(
    lambda tag: f"</{tag}>", TAGS
)


@given(st.lists(PIECES | st.text(max_size=6), max_size=25).map("".join))
def test_any_page_is_read_to_its_end(tmp_path_factory: pytest.TempPathFactory, markup: str) -> None:
    script = f'<script type="application/ld+json">{json.dumps(GOOD)}</script>'
    assert "Welding" in titles(write(tmp_path_factory.mktemp("page"), "a.html", f"{script}{markup}"))


@given(st.text(max_size=30) | st.from_regex(r"P[0-9]{1,8}[YMWD](T[0-9]{1,8}[HMS])?", fullmatch=True))
def test_a_length_is_positive_or_refused(text: str) -> None:
    try:
        found = length(text)
    except UnreadableError:
        return
    assert (found.hours or 1) > 0
    assert (found.weeks or 1) > 0


PRICES = st.builds(
    Price, st.sampled_from(["0", "100", "250.50", "free", "x", "-1"]), st.sampled_from(["", "CAD", "USD"]),
    st.sampled_from(["", "tuition", "room and board", "members", "domestic", "international", "renewal fee"]),
    st.booleans(),
)  # fmt: skip


@given(st.lists(PRICES, max_size=6))
def test_a_price_that_is_taken_is_tuition_and_nobodys_better_one_is_passed_over(prices: list[Price]) -> None:
    taken = public_price(prices).price
    tuition = [price for price in prices if price.is_tuition]
    assert (taken is None) == (not tuition)
    if taken:
        assert taken in tuition
        assert all(taken.rank <= price.rank for price in tuition)


@given(st.text(max_size=12))
def test_names_are_short_once_and_for_all(name: str) -> None:
    names = Names()
    assert names.short(names.short(name)) == names.short(name) or "schema.org" in name or ":" in name


@given(st.lists(JSON.filter(lambda body: isinstance(body, dict)), max_size=4))
def test_a_list_and_a_graph_whose_context_stands_behind_it_give_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[Any]
) -> None:
    folder, contract = tmp_path_factory.mktemp("same"), listing_contract()
    texts = {
        "list.jsonld": json.dumps([GOOD, *bodies]),
        "graph.jsonld": json.dumps({"@graph": [GOOD, *bodies], "@context": "https://schema.org"}),
    }
    found = [read_whole(write(folder, name, text), contract, TODAY, 1) for name, text in texts.items()]
    assert repr(found[0].rows) == repr(found[1].rows)
    assert found[0].notes == found[1].notes


def test_the_context_behind_a_graph_holds_in_it(source: Sources) -> None:
    body = {"@graph": [{"@type": "Course", "label": "Welding", "courseCode": "W-1"}], "@context": {"label": "name"}}
    assert titles(source("a.jsonld", json.dumps(body))) == ["Welding"]


def test_a_thing_named_twice_and_described_nowhere_is_one(source: Sources) -> None:
    named = {"@type": "Course", "@id": "https://maple.example/a"}
    found = read_whole(source("a.jsonld", json.dumps([GOOD, named, named])), listing_contract(), TODAY, 1)
    assert len(found.rows) == 2
