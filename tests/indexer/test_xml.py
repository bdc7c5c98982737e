"""XML read piece by piece: places, encodings, and everything a hostile file may try."""

import datetime as dt
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from indexer.failures import SourceError
from indexer.paths import XPaths
from indexer.readers.xml import Shape, paths_of, read_xml
from indexer.readers.xml_bytes import CHUNK
from indexer.readers.xml_text import text_of
from indexer.rules import Issue
from indexer.sources import Source
from mappings.contract import Contract
from tests.indexer.conftest import judge_all, read_whole, reasons

TODAY = dt.date(2026, 11, 24)
MAPPING = """
paths: xpath
records: course
runs: run
fields:
  id: "@id"
  title: name
  description: text
  starts: {path: run/@day, transform: upcoming_or_words}
"""
COURSE = '<course id="{0}"><name>Weld {0}</name><text>Beads.</text></course>'
SHAPE = Shape(paths_of("course", {}), paths_of("run", {}), is_bare=True)


class World:
    """A source of one XML file whose content a test gives."""

    def __init__(self, folder: Path, source: Callable[..., Source], contract: Contract) -> None:
        self.folder, self.source, self.contract = folder, source, contract
        self.mapping(MAPPING)

    def mapping(self, text: str) -> None:
        (self.folder / "m.yml").write_text(text, encoding="utf-8")

    def read(self, content: str | bytes, name: str = "a.xml", **more: Any) -> Any:
        self.named = self.source(name, content, mapping="m.yml", **more)
        return read_whole(self.named, self.contract, TODAY, 100)

    def judged(self, content: str | bytes, **more: Any) -> list[Any]:
        return judge_all(self.read(content, **more).rows, self.named)

    def listings(self, feed: Any) -> list[Any]:
        return [one.listing for one in judge_all(feed.rows, self.named)]

    def titles(self, content: str | bytes, **more: Any) -> list[str]:
        return [one.listing.en.title for one in self.judged(content, **more)]

    def refusal(self, content: str | bytes, **more: Any) -> str:
        with pytest.raises(SourceError) as refused:
            self.read(content, **more)
        return refused.value.problem.kind


@pytest.fixture
def world(tmp_path: Path, source: Callable[..., Source], contract: Contract) -> World:
    return World(tmp_path, source, contract)


def courses(*ids: Any, between: str = "") -> str:
    return f"<list>{between.join(COURSE.format(one) for one in ids)}</list>"


def test_records_come_in_the_order_of_the_file_with_their_rank(world: World) -> None:
    judged = world.judged(courses(1, 2, 3, between="<!-- a comment --><?php echo 1 ?>\n"))
    assert [one.row for one in judged] == [1, 2, 3]
    assert [one.listing.id for one in judged] == ["maple.1", "maple.2", "maple.3"]


def test_names_count_without_their_namespaces_where_the_mapping_names_none(world: World) -> None:
    content = courses(1).replace("<list>", '<x:list xmlns:x="urn:x" xmlns="urn:y">').replace("</list>", "</x:list>")
    assert world.titles(content.replace(" id=", ' x:id="9" id=')) == ["Weld 1"]


def test_names_count_with_their_namespaces_where_the_mapping_names_some(world: World) -> None:
    world.mapping(MAPPING.replace("records: course", "namespaces: {a: 'urn:a'}\nrecords: a:course"))
    mixed = f'<list xmlns:z="urn:a">{COURSE.format(1)}<z:course id="2"><name>B</name></z:course></list>'
    assert world.titles(mixed) == ["B"]


def test_a_path_from_the_root_leaves_out_the_same_element_elsewhere(world: World) -> None:
    world.mapping(MAPPING.replace("records: course", "records: /list/course | /list/more/course"))
    content = courses(1).replace("</list>", f"<more>{COURSE.format(2)}</more><no>{COURSE.format(3)}</no></list>")
    assert world.titles(content) == ["Weld 1", "Weld 2"]


def test_a_record_inside_a_record_belongs_to_it(world: World) -> None:
    assert world.titles(courses(1).replace("</text>", f"</text>{COURSE.format(2)}")) == ["Weld 1"]


def test_a_path_may_look_up_and_back_to_what_stands_beside_the_records(world: World) -> None:
    world.mapping(MAPPING.replace("description: text", "place.city: ../../towns/town[@id = $record/@id]"))
    groups = "".join(
        f'<group><towns><town id="{one}">Town {one}</town></towns><all>{COURSE.format(one)}</all></group>'
        for one in range(5)
    )
    judged = world.judged(f"<list>{groups}</list>")
    assert [one.listing.place.city for one in judged] == [f"Town {one}" for one in range(5)]


def test_a_run_without_a_course_is_reported_and_one_inside_is_a_start(world: World) -> None:
    inside = courses(1).replace("</course>", '<run day="2027-02-01"/></course>')
    feed = world.read(inside.replace("</list>", '\n<run day="2027-03-01"/></list>'))
    assert [(note.column, note.value, note.problem.kind) for note in feed.notes] == [
        ("run", "a.xml:2", "run_without_course")
    ]
    assert world.listings(feed)[0].starts == (dt.date(2027, 2, 1),)


def test_a_start_in_words_is_reported_by_itself_and_one_gone_by_is_dropped(world: World) -> None:
    runs = "".join(f'<run day="{day}"/>' for day in ("2026-01-05", "Fall 2027", "2027-02-01", "Every Monday"))
    judged = world.judged(courses(1).replace("</course>", f"{runs}</course>"))[0]
    assert judged.listing.starts == (dt.date(2027, 2, 1),)
    assert [issue.value for issue in judged.issues] == ["Fall 2027", "Every Monday"]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("plain &amp; simple", "plain & simple"),
        ("<![CDATA[<p>One</p><p>Two &eacute;</p>]]>", "One\nTwo é"),
        ('<div xmlns="urn:h"><h:p xmlns:h="urn:h">One</h:p><p>a &lt; b <b>c</b>d</p></div>', "One\na < b cd"),
        ("<block>One</block><block>Two</block>", "One\nTwo"),
        ("<![CDATA[<script>steal()</script>Safe<img src=x onerror=steal()>]]>", "Safe"),
        ("<script>steal()</script>Safe", "Safe"),
        ("<!-- hidden -->Shown", "Shown"),
    ],
)
def test_markup_in_a_text_becomes_plain_text(world: World, inner: str, text: str) -> None:
    judged = world.judged(courses(1).replace("Beads.", inner))[0]
    assert judged.listing.en.description == text


def test_an_element_without_content_is_nothing(world: World) -> None:
    judged = world.judged(courses(1).replace("Beads.", " \n "))[0]
    assert (judged.listing.en.description, judged.issues) == (None, [])


def test_several_values_for_a_single_field_are_reported(world: World) -> None:
    assert reasons(world.judged(courses(1).replace("</course>", "<text>More</text></course>"))[0]) == ["wrong_shape"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_declared_encoding_is_read(world: World, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{courses("é")}'
    assert world.titles(text.encode(encoding)) == ["Weld é"]


def test_an_encoding_said_by_the_source_wins(world: World) -> None:
    text = f'<?xml version="1.0" encoding="utf-8"?>{courses("é")}'
    assert world.titles(text.encode("cp1252"), encoding="cp1252") == ["Weld é"]


def test_utf_8_that_is_none_is_guessed_and_said_so(world: World) -> None:
    names = ["Évaluation des élèves", "Théorie générale", "Sécurité à l'école", "Été"] * 40
    feed = world.read(courses(*range(len(names))).replace("Beads.", " ".join(names)).encode("cp1252"))
    assert [note.problem.kind for note in feed.notes] == ["encoding_guessed"]
    assert "élèves" in world.listings(feed)[0].fr.description


def test_a_letter_cut_by_the_reader_is_no_wrong_encoding(world: World) -> None:
    padding = "x" * (CHUNK - len("<list><course id=''><name>")) + "é" * 10
    feed = world.read(f"<list><course id=''><name>{padding}</name></course></list>")
    assert feed.notes == []


def test_control_characters_are_taken_out_and_counted(world: World) -> None:
    feed = world.read(courses(1).replace("Beads.", "Be\0a\x0bds."))
    assert [note.problem.in_language("en") for note in feed.notes] == [
        "2 control characters, which XML forbids, were taken out"
    ]
    assert world.listings(feed)[0].en.description == "Beads."


def test_a_chunk_of_nothing_but_control_characters_is_not_the_end(world: World) -> None:
    assert world.titles(courses(1, 2, between="\0" * (3 * CHUNK))) == ["Weld 1", "Weld 2"]


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("", "file_unreadable"),
        ("   \n", "file_unreadable"),
        ("no XML at all", "file_unreadable"),
        ("{}", "file_unreadable"),
        ("\0" * 100, "file_unreadable"),
        (courses(1)[:-10], "file_unreadable"),
        (courses(1) + courses(2), "file_unreadable"),
        (courses(1).replace("Beads.", "R&D"), "file_unreadable"),
        ("<list><other/></list>", "records_missing"),
        (LAUGHS + courses(1).replace("Beads.", "&b;"), "document_type"),
        (LAUGHS + courses(1).replace("<list>", '<list x="&b;">'), "document_type"),
        ('<!DOCTYPE l [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + courses(1), "document_type"),
        ('<!DOCTYPE l [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x">%e;]>' + courses(1), "document_type"),
        ("<list>" + "<a>" * 100_000, "xml_too_deep"),
        ("<list><course>" + "<a>" * 100_000, "xml_too_deep"),
        ("<list><course>" + "<a/>" * 300_000, "record_too_large"),
        ("<list>" + "<a/>" * 300_000, "record_too_large"),
        ("<list>" + "x" * 40_000_000, "record_too_large"),
        ("<!--" + "x" * 40_000_000, "record_too_large"),
        ("<list><!--" + "x" * 40_000_000, "record_too_large"),
        ("<list><a b='" + "x" * 40_000_000, "record_too_large"),
        ("<list><course " + " ".join(f'a{n}="{"v" * 1000}"' for n in range(40_000)), "record_too_large"),
        ("<list " + " ".join(f'a{n}="{"v" * 1000}"' for n in range(40_000)), "record_too_large"),
        ('<?xml version="1.0" encoding="klingon"?>' + courses(1), "file_unreadable"),
    ],
    ids=range(24),
)
def test_a_hostile_or_broken_file_is_refused_with_its_reason(world: World, content: str, kind: str) -> None:
    assert world.refusal(content) == kind


def test_a_document_type_that_only_names_a_grammar_is_let_through_and_never_fetched(world: World) -> None:
    doctype = '<!DOCTYPE list SYSTEM "http://127.0.0.1:9/list.dtd">'
    assert world.titles(doctype + courses(1).replace("Beads.", "Caf&eacute;")) == ["Weld 1"]
    assert world.judged(doctype + courses(1).replace("Beads.", "Caf&eacute;"))[0].listing.en.description == "Café"


def test_an_inclusion_is_not_followed(world: World) -> None:
    include = '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="m.yml" parse="text"/>'
    assert world.judged(courses(1).replace("Beads.", include))[0].listing.en.description is None


def test_a_description_of_ten_megabytes_is_left_out_and_the_rows_beside_it_load(world: World) -> None:
    judged = world.judged(courses(1, 2, 3).replace("Beads.", "word " * 2_100_000, 1))
    assert [one.listing is not None for one in judged] == [True] * 3
    assert reasons(judged[0]) == ["too_long"]


def test_a_file_without_mapping_is_refused(world: World, source: Callable[..., Source], contract: Contract) -> None:
    with pytest.raises(SourceError, match="read by a mapping only"):
        read_whole(source("a.xml", courses(1)), contract, TODAY, 1)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("paths: xpath", "paths: jmespath", "not a JMESPath"), ("title: name", "title: name[", "not an XPath"),
        ("title: name", "title: n:name", "not an XPath"), ("title: name", "title: strange()", "not an XPath"),
        ("records: course", "records: course[1]", "not the name of an element"), ("records: course", "", "records"),
        ("runs: run", "runs: n:run", "not the name of an element"),
        ("fields:", "where: 1 +\nfields:", "not an XPath"), ("run/@day,", "run/@day, when: '[',", "not an XPath"),
    ],
)  # fmt: skip
def test_a_wrong_mapping_is_named_with_its_fault(world: World, old: str, new: str, words: str) -> None:
    world.mapping(MAPPING.replace(old, new))
    with pytest.raises(SourceError) as refused:
        world.read(courses(1))
    assert refused.value.problem.kind == "mapping_wrong"
    assert words in str(refused.value)


def test_a_mapping_without_xpath_is_refused_for_xml(world: World) -> None:
    world.mapping("fields: {id: code, title: name}")
    assert world.refusal(courses(1)) == "mapping_wrong"


def test_a_mapping_with_xpath_is_refused_for_json(world: World) -> None:
    assert world.refusal("[]", name="a.json") == "mapping_wrong"


@pytest.mark.parametrize("ending", ["xml", "rss", "atom", "rdf", "XML"])
def test_the_endings_of_xml_files_are_known(world: World, ending: str) -> None:
    assert len(world.read(courses(1), name=f"a.{ending}").rows) == 1


def test_a_condition_leaves_records_out(world: World) -> None:
    world.mapping(MAPPING.replace("fields:", "where: \"not(@id = '2')\"\nfields:"))
    assert world.titles(courses(1, 2, 3)) == ["Weld 1", "Weld 3"]


def test_a_field_s_condition_and_what_stands_in_its_place(world: World) -> None:
    rule = "description: {path: text, when: \"@id = '1'\", otherwise: {value: Ask us, when: \"@id = '2'\"}}"
    world.mapping(MAPPING.replace("description: text", rule))
    judged = world.judged(courses(1, 2, 3))
    assert [one.listing.en.description for one in judged] == ["Beads.", "Ask us", None]


def test_a_second_file_is_joined_on_its_key_and_what_is_left_over_reported(world: World) -> None:
    join = "join: {file: runs.xml, records: run, key: '@id | @course', as: joined}\nfields:"
    world.mapping(MAPPING.replace("fields:", join).replace("run/@day", "joined/run/day"))
    runs = "".join(f'<run course="{of}"><day>2027-0{month}-01</day></run>' for of, month in ((1, 2), (1, 3), (9, 4)))
    (world.folder / "runs.xml").write_text(f"<runs>{runs}<run><day>2027-05-01</day></run></runs>", encoding="utf-8")
    feed = world.read(courses(1, 2))
    starts = [one.starts for one in world.listings(feed)]
    assert starts == [(dt.date(2027, 2, 1), dt.date(2027, 3, 1)), ()]
    assert [(note.row, note.value, note.problem.kind) for note in feed.notes] == [
        (3, "9", "join_alone"), (4, "", "join_alone"),
    ]  # fmt: skip


def test_a_large_file_is_read_in_the_memory_of_a_record(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    with path.open("w", encoding="utf-8") as file:
        file.write("<list>")
        file.writelines(COURSE.format(one).replace("Beads.", "words " * 4_000) for one in range(2_000))
        file.write("</list>")
    tracemalloc.start()
    seen = sum(len(record.body) for record in read_xml(path, None, SHAPE, []))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 45_000_000
    assert (seen, peak < 5_000_000) == (4_000, True)


def resident() -> int:
    """Bytes of memory this process holds now, those of libraries included."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096


def test_the_library_s_own_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    with path.open("w", encoding="utf-8") as file:
        file.write("<list>")
        file.writelines(f"<wrap><note>n</note>{COURSE.format(one)}</wrap>tail" for one in range(60_000))
        file.write("</list>")
    records = read_xml(path, None, SHAPE, [])
    next(records)
    before = resident()
    last = 0
    for record in records:
        last = record.number
    assert last == 60_000
    assert resident() - before < 8_000_000


def fuzzed(content: bytes, folder: Path) -> list[str]:
    """Titles of the records, or nothing where the file is refused; anything else is a fault."""
    path, notes = folder / "f.xml", list[Issue]()
    path.write_bytes(content)
    try:
        return [text_of(record.body) for record in read_xml(path, None, SHAPE, notes)]
    except SourceError:
        return []


PIECES = [
    "<list>", "</list>", "<course id='1'>", "</course>", "<run/>", "<name>", "</name>", "&amp;", "&eacute;", "&#0;",
    "<![CDATA[", "]]>", "<!--", "-->", "<?xml version='1.0'?>", "<!DOCTYPE l>", "<!DOCTYPE l [", "]>", "é", "\ufeff",
    "<!ENTITY a 'b'>", "&a;", " xmlns='u'", " xmlns:x='u'", "<x:course>", "</x:course>", "\0", "<", ">", "'", "x" * 99,
    "encoding='utf-16'",
]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400) | st.lists(st.sampled_from(PIECES), max_size=30).map(lambda x: "".join(x).encode()))
def test_any_bytes_are_records_or_a_refusal(tmp_path: Path, content: bytes) -> None:
    assert all(isinstance(one, str) for one in fuzzed(content, tmp_path))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_good_file_with_bytes_changed_is_records_or_a_refusal(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(courses(1, 2, 3).encode())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert all(isinstance(one, str) for one in fuzzed(bytes(content), tmp_path))


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("events/event/@language", "language"), ("dc:title[lang('en')][1]", "title"),
        ("(link | a/@url)[1]", "link | url"),
        ("mlo:start/@dtf | mlo:start[not(@dtf)]", "dtf | start"), ("url-formation/urlweb", "urlweb"), (".", "value"),
        ("../x/place[@id = $record/y[z = 1]/@id]", "place"), ("concat(@a, ' - b')", "a"),
        ("string(ancestor::group/name)", "name"),
    ],
)  # fmt: skip
def test_a_report_calls_a_path_by_its_last_name(path: str, name: str) -> None:
    assert XPaths().named(path) == name


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("b", ["1", "2"]), ("b[1]", "1"), ("count(b)", 2), ("c", None), ("none", None), ("number(c)", None),
        ("boolean(c)", True), ("string(b)", "1"), ("../a/@x", "y"), ("$record/b[2]", "2"),
    ],
)  # fmt: skip
def test_what_a_path_finds_is_text_number_truth_list_or_nothing(path: str, found: Any) -> None:
    assert XPaths().find(path, etree.fromstring("<r><a x=' y '><b>1</b><b> 2 </b><c/></a></r>")[0]) == found


def test_a_condition_holds_for_an_element_without_text_and_not_for_no_number() -> None:
    body = etree.fromstring("<a><c/></a>")
    assert [XPaths().holds(one, body) for one in ("c", "d", "number(c)", "count(d)", "'x'")] == [
        True, False, False, False, True,
    ]  # fmt: skip


def test_text_of_an_attribute_is_itself() -> None:
    assert text_of(" a ") == "a"
    assert text_of(etree.fromstring("<a>x<br/>y</a>")) == "x<br>y"


def test_a_record_whose_last_day_has_gone_by_is_no_listing(world: World) -> None:
    world.mapping(MAPPING.replace("runs: run", "runs: run\nuntil: '@end'"))
    content = courses(1, 2, 3).replace('id="1"', 'id="1" end="2026-11-23"').replace('id="2"', 'id="2" end="2026-11-24"')
    assert world.titles(content) == ["Weld 2", "Weld 3"]
