"""Mappings proposed for XML files nobody has mapped."""

import datetime as dt
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from indexer.drafts.draft import draft, write_draft
from indexer.drafts.names import is_of_a_person
from indexer.drafts.samples import read_sample, read_second
from indexer.drafts.text import mapping_text
from indexer.drafts.xml_places import first_events
from indexer.failures import IndexerError
from indexer.mapping import read_mapping
from indexer.mapping_checks.check import MappingCheck, check
from indexer.mapping_checks.feeds import read_fed, source_of
from mappings.contract import listing_contract
from tests.indexer.xml_courses import courses

TODAY = dt.date(2026, 11, 24)
ABOUT = "Lay flat beads with a wire feeder and keep a fire watch, part {0} of a set for beginners."
COURSE = (
    '<kurs:course code="W-{0}" status="open"><kurs:name xml:lang="en">Welding {0}</kurs:name>'
    '<kurs:name xml:lang="fr-CA">Soudage {0}</kurs:name><kurs:about><p>{1}</p></kurs:about>'
    '<kurs:info key="price">{0}50.00</kurs:info><kurs:info key="length">{0} weeks</kurs:info>'
    "<kurs:contact><kurs:name>Pat Example</kurs:name></kurs:contact>"
    '<kurs:session start="2027-0{0}-01"/><kurs:session start="2027-1{0}-01"/></kurs:course>'
)


def several(course: str = COURSE, most: int = 3) -> str:
    inner = "".join(course.format(number, ABOUT.format(number)) for number in range(1, most))
    return f'<kurs:list xmlns:kurs="urn:kurs">{inner}</kurs:list>'


def write(folder: Path, content: str, name: str = "a.xml") -> Path:
    (folder / name).write_text(content, encoding="utf-8")
    return folder / name


def proposed(path: Path, join: Path | None = None) -> str:
    sample = read_sample(path)
    return mapping_text(draft(sample, listing_contract(), TODAY, read_second(join, sample) if join else None))


def checked(path: Path, text: str) -> MappingCheck:
    (path.parent / "m.yml").write_text(text, encoding="utf-8")
    mapping, source = read_mapping(path.parent / "m.yml", listing_contract()), source_of(path, None, None)
    return check(read_fed(source, mapping, 10), mapping, source, listing_contract(), TODAY)


def test_records_namespaces_runs_and_fields_are_found_and_load(tmp_path: Path) -> None:
    path = write(tmp_path, several())
    text = proposed(path)
    body = yaml.safe_load(text)
    assert (body["paths"], body["namespaces"]) == ("xpath", {"kurs": "urn:kurs"})
    assert (body["records"], body["runs"]) == ("/kurs:list/kurs:course", "kurs:session")
    fields = body["fields"]
    assert fields["id"] == "@code"
    assert fields["en.title"] == "kurs:name[lang('en')]"
    assert fields["fr.title"] == "kurs:name[lang('fr')]"
    assert fields["en.description"] == "kurs:about"
    assert fields["cost"] == "kurs:info[@key = 'price']"
    assert fields["weeks"] == "kurs:info[@key = 'length']"
    assert fields["starts"] == {"path": "kurs:session/@start", "transform": "upcoming"}
    found = checked(path, text)
    assert (found.faults, found.good) == ([], 2)


def test_nobody_is_in_a_proposal_of_xml(tmp_path: Path) -> None:
    text = proposed(write(tmp_path, several()))
    assert "Pat" not in text
    assert "#   kurs:contact/kurs:name" in text
    assert "contact" not in str(yaml.safe_load(text)["fields"])


def test_hours_of_contact_reach_nobody() -> None:
    assert not is_of_a_person(("contactHours",))
    assert is_of_a_person(("contactPerson", "hours"))


def test_a_state_is_a_condition_in_a_comment(tmp_path: Path) -> None:
    content = several().replace('status="open"', 'status="closed"', 1)
    assert "# where: normalize-space(@status) = 'open'  # would keep 1 of 2" in proposed(write(tmp_path, content))


def test_an_element_that_stands_twice_in_one_record_is_a_list_in_all(tmp_path: Path) -> None:
    content = several().replace('<kurs:session start="2027-11-01"/>', "")
    assert read_sample(write(tmp_path, content)).records[0]["kurs:session"] == [{"@start": "2027-01-01"}]


@pytest.mark.parametrize("count", [1, 4])
def test_the_record_is_the_element_called_so_however_many_there_are(tmp_path: Path, count: int) -> None:
    one = "<course><name>Weld</name><code>A</code><sessions><session><name>x</name><day>1</day></session>"
    course = f"{one}<session><name>y</name><day>2</day></session></sessions></course>"
    sample = read_sample(write(tmp_path, f"<catalogue><name>All</name><v>1</v>{course * count}</catalogue>"))
    assert (sample.place, len(sample.records), sample.namespaces) == ("/catalogue/course", count, {})


def test_other_lists_of_courses_are_told(tmp_path: Path) -> None:
    two = "<all><program><id>1</id><name>a</name></program>" + "<course><id>1</id><name>a</name></course>" * 2
    assert "# or records: /all/program" in proposed(write(tmp_path, f"{two}</all>"))


def test_a_format_with_a_mapping_of_its_own_is_named(tmp_path: Path) -> None:
    assert "# data/feed_mappings/lheo.yml reads this format" in proposed(write(tmp_path, courses("lheo.yml")))


def test_a_second_file_is_joined_by_an_attribute_or_element_both_share(tmp_path: Path) -> None:
    bare = several(COURSE.replace(" start=", " day=").replace('<kurs:info key="price">{0}50.00</kurs:info>', ""))
    runs = "".join(f'<run code="W-{one}" start="2027-03-01"><price>{one}00</price></run>' for one in (1, 2))
    second = write(tmp_path, f"<runs>{runs}</runs>", "runs.xml")
    path = write(tmp_path, bare)
    text = proposed(path, second)
    body = yaml.safe_load(text)
    assert body["join"] == {"file": "runs.xml", "key": "@code", "as": "runs", "records": "/runs/run"}
    assert body["fields"]["starts"] == {"path": "runs/run/@start", "transform": "upcoming"}
    found = checked(path, text)
    assert (found.faults, found.good) == ([], 2)
    assert found.join
    assert (found.join.matched, found.join.alone) == (2, 0)
    with pytest.raises(IndexerError, match="either both are XML"):
        proposed(path, write(tmp_path, "[]", "runs.json"))


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><list><course no="A">&b;</course></list>'
AWAY = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]><list><course no="A">&a;</course></list>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (BOMB, "entities"), (AWAY, "entities"), ("<a>" * 100_000, "deep"), ("<list><course>", "cannot be read"),
        ("<list/>", "no element that looks like a record"), ("no XML", "cannot be read"), ("<a:b/>", "cannot be read"),
        ("<list>" + "x" * 33_600_000, "MB"), ('<list a="' + "x" * 2_000_000, "MB"),
    ],
    ids=["bomb", "away", "deep", "cut short", "none", "text", "prefix", "long text", "long tag"],
)  # fmt: skip
def test_hostile_xml_is_refused_in_one_sentence(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(IndexerError, match=words) as refused:
        read_sample(write(tmp_path, content))
    assert "\n" not in str(refused.value)


def test_a_long_file_takes_no_more_memory_than_a_piece_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.drafts.xml_sample.SAMPLED", 100)

    def peak(courses_in_it: int) -> int:
        course = '<course id="{0}"><name>Weld {0}</name><text>' + "Beads. " * 200 + "</text></course>"
        path = write(tmp_path, f"<list>{''.join(course.format(one) for one in range(courses_in_it))}</list>")
        tracemalloc.start()
        assert len(read_sample(path).records) == 100
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert peak(4_000) < 1.2 * peak(1_000)


def test_spent_elements_leave_the_tree_while_places_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path, f"<list>{'<course><id>1</id><name>a</name></course>' * 5_000}</list>")
    assert max(len(one.getroottree().getroot()) for _, one in first_events(path, None)) < 2_000


def test_an_element_without_the_kind_of_its_like_is_told_by_that(tmp_path: Path) -> None:
    links = '<link rel="self">https://a.example/me</link><link>https://a.example/{0}</link>'
    text = proposed(write(tmp_path, several(f'<course code="{{0}}"><name>Weld {{0}}</name>{links}</course>')))
    assert yaml.safe_load(text)["fields"]["url"] == "link[not(@rel)]"


def test_names_of_many_namespaces_and_kinds_stay_few(tmp_path: Path) -> None:
    many = "".join(f'<x:info xmlns:x="urn:{one}" k="{one}">v</x:info>' for one in range(3_000))
    sample = read_sample(write(tmp_path, f"<list><course><id>1</id><name>Weld</name>{many}</course></list>"))
    assert len(sample.namespaces) == 50
    assert len(sample.records[0]) <= 60


def test_values_of_a_file_cannot_write_into_the_mapping(tmp_path: Path) -> None:
    hostile = "x'&#10;  cost: {{value: 0}}&#10;# "
    infos = f'<info key="{hostile}">1</info><info key="it\'s &quot;so&quot;">2</info><info key="id">3</info>'
    course = f'<course id="{hostile}{{0}}"><name>{hostile}{{0}}</name>{infos}</course>'
    text = proposed(write(tmp_path, several(course)))
    assert "cost" not in yaml.safe_load(text)["fields"]
    assert not any(line.lstrip().startswith("cost") for line in text.splitlines())


tags = st.sampled_from(["course", "title", "id", "price", "start", "p", "lang", "status", "type", "item", "name"])
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=12)
trees: st.SearchStrategy[Any] = st.recursive(
    st.tuples(tags, st.dictionaries(tags, texts, max_size=3), texts, st.just([])),
    lambda inner: st.tuples(tags, st.dictionaries(tags, texts, max_size=3), texts, st.lists(inner, max_size=4)),
    max_leaves=15,
)


def element(tree: Any) -> etree._Element:
    tag, attributes, text, parts = tree
    made = etree.Element(tag, attributes)
    made.text = text
    made.extend(map(element, parts))
    return made


@settings(deadline=None, max_examples=60)
@given(trees)
def test_whatever_xml_holds_the_proposal_is_a_mapping_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, tree: Any
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path = folder / "a.xml"
    path.write_bytes(etree.tostring(element(("list", {}, "", [tree, tree])), encoding="utf-8"))
    try:
        made = draft(read_sample(path), listing_contract(), TODAY)
    except IndexerError:
        return
    write_draft(made, folder / "m.yml", listing_contract())
    checked(path, mapping_text(made))


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.json", '{"@context": "https://schema.org", "@type": "Course", "name": "Weld"}', "schema-org"),
        ("a.json", '[{"@context": {"@vocab": "http://schema.org/"}, "@type": "Course"}]', "schema-org"),
        ("a.json", '{"@graph": [{"@type": "ceterms:Course", "ceterms:name": {"en": "Weld"}}]}', "ctdl"),
        ("a.json", '{"@context": "https://purl.org/ctdl/terms/", "name": "Weld"}', "ctdl"),
        ("a.ndjson", '{"@context": "https://schema.org/", "@type": "Course", "name": "Weld"}', "schema-org"),
        ("a.jsonld", "{}", "schema-org"), ("a.html", "<html></html>", "schema-org"),
    ],
)  # fmt: skip
def test_a_file_that_says_what_its_terms_mean_needs_no_mapping(
    tmp_path: Path, name: str, content: str, form: str
) -> None:
    with pytest.raises(IndexerError, match=f"needs no mapping: .*format: {form}"):
        read_sample(write(tmp_path, content, name))
