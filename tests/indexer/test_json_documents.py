"""JSON documents are read element by element, and give what the same document gives when it is read as a whole."""

import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jmespath
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.failures import SourceError
from indexer.feeds import records_of
from indexer.paths import JMESPATH
from indexer.readers.json_lists import elements_in, outlined
from indexer.readers.json_values import loads
from indexer.readers.json_window import Window

Write = Callable[[str | bytes], Path]
NAMES = ("data", "courses", "next", "a b")
PLACES = ("@", "data", "data.courses", '"a b".data', "courses")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def build(content: str | bytes) -> Path:
        path = tmp_path / "a.json"
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
        return path

    return build


def in_pieces(text: str, size: int) -> Iterator[str]:
    return (text[at : at + size] for at in range(0, len(text), size))


def stepped(text: str, place: str, size: int) -> list[Any] | None:
    """The list at a place, found in a text that comes in pieces; None where there is none."""
    steps = JMESPATH.steps(place)
    assert steps is not None
    outline = outlined(Window(in_pieces(text, size)), steps)
    if outline.begins is None:
        return None
    found = list(elements_in(Window(in_pieces(text, size)), outline))
    assert outline.elements == len(found)
    return found


def whole(text: str, place: str) -> list[Any] | None:
    found = jmespath.search(place, loads(text))
    return found if isinstance(found, list) else None


def alike(text: str, place: str, size: int) -> None:
    try:
        expected = whole(text, place)
    except ValueError:
        with pytest.raises(ValueError, match=r".*"):
            stepped(text, place, size)
    else:
        assert repr(stepped(text, place, size)) == repr(expected)


NUMBERS = st.integers(-(10**30), 10**30) | st.floats()
JSON = st.recursive(
    st.none()
    | st.booleans()
    | NUMBERS
    | st.text(st.characters(), max_size=6)
    | st.sampled_from(["\ud800", "\U0001f600"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=15,
)
DOCUMENTS = st.builds(
    lambda body, ascii_only, indent: json.dumps(body, ensure_ascii=ascii_only, indent=indent),
    JSON, st.booleans(), st.sampled_from([None, 1]),
)  # fmt: skip


@given(DOCUMENTS, st.sampled_from(PLACES), st.integers(1, 40))
def test_a_document_in_pieces_gives_what_it_gives_whole(text: str, place: str, size: int) -> None:
    alike(text, place, size)


@given(
    DOCUMENTS, st.sampled_from(PLACES), st.integers(1, 40), st.integers(0, 200), st.text('[]{},:"\\ 1eN-', max_size=3)
)
@example("[1.5, 2]", "@", 2, 8, "")
def test_a_damaged_document_is_refused_where_it_is_refused_whole(
    text: str, place: str, size: int, at: int, damage: str
) -> None:
    alike(f"{text[:at]}{damage}{text[at + 1 :]}", place, size)
    alike(text[:at], place, size)


@pytest.mark.parametrize(
    "text",
    ["[1.5]", "[1e+5,-0]", "[-Infinity,NaN]", '["\\ud83d\\ude00"]', '["\\ud800"]', "[tru", "[1,]", "[1 2]", "[]]", "[",
     "",
     '{"data": [1], "data": [2]}', '{"data": [1], "data": 2}', '{"data": {"courses": [1]}, "data": {}}', "[9e999]",
     '{"data" [1]}', "{data: [1]}", '{"data": [1],}', '["a\nb"]', " [ ] ", "[1]x"],
)  # fmt: skip
@pytest.mark.parametrize("size", [1, 3, 100])
def test_oddities_come_out_as_the_standard_library_has_them(text: str, size: int) -> None:
    for place in PLACES:
        alike(text, place, size)


@pytest.mark.parametrize("text", ["[1,\n 2,\n  x]", "[1]\n\nx", "[\n1", '{\n"a": 1\n "b"}', '["\n', "[1 2]"])
@pytest.mark.parametrize("size", [1, 5, 100])
def test_an_error_names_its_place_in_the_whole_document(text: str, size: int) -> None:
    with pytest.raises(ValueError, match=r"char") as told:
        json.loads(text)
    with pytest.raises(ValueError, match=r"char") as ours:
        stepped(text, "@", size)
    assert str(ours.value) == str(told.value)


def test_a_list_of_any_length_is_read_in_the_memory_of_one_element(write: Write) -> None:
    record = json.dumps({"id": "W", "text": "weld " * 200})
    path = write(f'{{"other": [{",".join([record] * 5_000)}], "data": {{"courses": [{",".join([record] * 5_000)}]}}}}')
    tracemalloc.start()
    records = records_of(path, "json", None, "data.courses").records
    assert sum(one.body["id"] == "W" for one in records) == 5_000
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 4_500_000 < path.stat().st_size / 2  # the encoding is told from two pieces and their texts


def test_nothing_is_taken_from_a_document_that_was_cut_off(write: Write) -> None:
    path = write(f"[{'{},' * 100_000}")
    with pytest.raises(SourceError, match=r"a\.json cannot be read: Expecting value: line 1 column 300002 "):
        records_of(path, "json", None, None)


@pytest.mark.parametrize("text", ['{"data":' * 100_000, '{"x":' * 100_000, '[{"data": ' + "[" * 100_000])
@pytest.mark.parametrize("place", [None, "data", "data.data.data"])
def test_nesting_without_end_is_refused_at_any_place(write: Write, text: str, place: str | None) -> None:
    with pytest.raises(SourceError):
        records_of(write(text), "json", None, place)


@pytest.mark.parametrize("next_page", ['"https://a.example/2"', '"/2"', "null", "[]", "7"])
def test_the_next_page_is_named_before_or_after_the_list(write: Write, next_page: str) -> None:
    texts = [
        f'{{"next": {next_page}, "data": [{{}}, {{}}]}}', f'{{"data": [{{}}, {{}}], "next": {next_page}}}',
        f'{{"data": [{{}}, {{}}], "pagination": {{"next": {next_page}}}}}',
    ]  # fmt: skip
    for text in texts:
        notes = records_of(write(text), "json", None, "data").notes
        expected = [(2, "more_pages")] if "https" in next_page else []
        assert [(one.row, one.problem.kind) for one in notes] == expected


def test_a_list_inside_what_names_the_next_page_is_found_too(write: Write) -> None:
    found = records_of(
        write('{"pagination": {"next": "https://a.example/2", "items": [{}]}}'), "json", None, "pagination.items"
    )
    assert [one.number for one in found.records] == [1]
    assert [one.problem.kind for one in found.notes] == ["more_pages"]


@pytest.mark.parametrize("place", ["data[?id]", "data[*]", "data | @", "[data, data][]", "length(data)"])
def test_any_other_path_is_asked_of_the_whole_document(write: Write, place: str) -> None:
    assert JMESPATH.steps(place) is None
    text = '{"data": [{"id": "A"}, 5]}'
    expected = jmespath.search(place, json.loads(text))
    if isinstance(expected, list):
        assert [one.body or one.problem for one in records_of(write(text), "json", None, place).records]
    else:
        with pytest.raises(SourceError, match="no list of records"):
            records_of(write(text), "json", None, place)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_document_in_another_encoding_is_read_the_same(write: Write, encoding: str) -> None:
    text = json.dumps({"data": [{"id": f"É-{number}", "n": number} for number in range(2_000)]}, ensure_ascii=False)
    found = records_of(write(text.encode(encoding)), "json", None, "data").records
    assert [(one.number, one.body["id"]) for one in found][-1] == (2_000, "É-1999")


def test_bytes_that_are_not_in_the_encoding_said_are_refused(write: Write) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        list(records_of(write(b'[{"id": "\xc9"}]'), "json", "utf-8", None).records)


class Counting(Window):
    """Counts how often a value was begun and found cut off."""

    begun = 0

    def _is_cut_off(self, error: json.JSONDecodeError) -> bool:
        self.begun += 1
        return super()._is_cut_off(error)


def test_a_value_much_longer_than_the_pieces_is_begun_few_times() -> None:
    text = json.dumps(["weld " * 40_000])
    window = Counting(in_pieces(text, 100))
    assert window.value() == json.loads(text)
    assert window.begun < 15
