"""Whole files that are broken, packed, bottomless or in a wrong encoding, in every form: each ends with its reason."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.indexer.hostile import workbooks
from tests.indexer.hostile.forms import COLUMNS, FORMS, TABLE_MAPPING, Form
from tests.indexer.hostile.reading import ALSO_GOOD, GOOD, GOOD_IDS, ids, judged, kinds, read

FORM = {form.name: form for form in FORMS}
ACCENTED = {**ALSO_GOOD, "title": "Soudage à l’arc"}
# A file of the good rows, and the bytes it becomes.
Harm = Callable[[bytes, Form], bytes]
DEEP = 100_000
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "ha">{}]>'
LAUGHS = DOCTYPE.format(
    "".join(f'<!ENTITY {one} "{f"&{before};" * 10}">' for before, one in zip("abcdefgh", "bcdefghi", strict=True))
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">]>'


def _cut(share: float) -> Harm:
    return lambda whole, _form: whole[: int(len(whole) * share)]


def _in_encoding(name: str) -> Harm:
    return lambda _whole, form: form.write([GOOD, ACCENTED]).decode().encode(name, "replace")


@dataclass(frozen=True)
class Harmed:
    """A way to harm a file. `ends`: the feed is refused for certain; else it may load what is good of it."""

    name: str
    harm: Harm
    ends: bool = True


HARMS = (
    Harmed("empty", lambda _whole, _form: b""),
    Harmed("blank", lambda _whole, _form: b" \n\n\t "),
    Harmed("cut at its beginning", _cut(0.1)),
    Harmed("cut in its middle", _cut(0.5), ends=False),
    Harmed("cut at its end", _cut(0.9), ends=False),
    Harmed("nothing but NUL", lambda _whole, _form: b"\0" * 1_000),
    Harmed("NUL inside", lambda whole, _form: whole[: len(whole) // 2] + b"\0" + whole[len(whole) // 2 :], ends=False),
    Harmed("any bytes", lambda _whole, _form: bytes(range(256)) * 40),
    Harmed("packed by gzip", lambda whole, _form: gzip.compress(whole), ends=False),
    Harmed("packed by zip", lambda whole, form: workbooks.packed({form.file: whole}), ends=False),
    Harmed("another format", lambda _whole, _form: b"%PDF-1.7\n" + b"x" * 2_000),
    Harmed("a server's error", lambda _whole, _form: b"<!doctype html><body><h1>502 Bad Gateway</h1></body>"),
    Harmed("lists without end", lambda _whole, _form: b"[" * DEEP),
    Harmed("objects without end", lambda _whole, _form: b'{"a":' * DEEP + b"1" + b"}" * DEEP),
    Harmed("elements without end", lambda _whole, _form: b"<a>" * DEEP),
    Harmed("a mark of another encoding", lambda whole, _form: b"\xff\xfe" + whole, ends=False),
)  # fmt: skip


@pytest.mark.parametrize("harmed", HARMS, ids=lambda harmed: harmed.name)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_harmed_file_ends_with_its_reason_or_with_what_is_good_of_it(
    form: Form, harmed: Harmed, tmp_path: Path
) -> None:
    found = read(form, tmp_path, harmed.harm(form.write([GOOD, ALSO_GOOD]), form))
    assert set(ids(found)) <= set(GOOD_IDS)
    if harmed.ends or not ids(found):
        assert found.failure
        assert found.failure.in_language("en") != found.failure.in_language("fr")


def _texts() -> Iterator[Form]:
    return (form for form in FORMS if not form.is_workbook)


ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp500")


def _encoded() -> Iterator[Any]:
    for form in _texts():
        for name in ENCODINGS:
            yield pytest.param(form, name, id=f"{form.name}: {name}")


@pytest.mark.parametrize(("form", "name"), list(_encoded()))
def test_a_file_in_another_encoding_is_read_right_or_refused(form: Form, name: str, tmp_path: Path) -> None:
    found = read(form, tmp_path, _in_encoding(name)(b"", form))
    titles = [told.title for one in found.listings if (told := one.en or one.fr)]
    assert titles == [GOOD["title"], ACCENTED["title"]] or (found.failure and not titles)


@pytest.mark.parametrize("form", list(_texts()), ids=lambda form: form.name)
def test_a_row_with_a_byte_of_another_encoding_is_held_back_alone(form: Form, tmp_path: Path) -> None:
    harmed = form.write([GOOD, ACCENTED]).replace("à".encode(), b"\xe0")
    found = read(form, tmp_path, harmed)
    assert ids(found) == ["maple.W-1"]
    assert "text_damaged" in kinds(found)


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE], ids=["entities of entities", "an entity outside"])
@pytest.mark.parametrize("form", [form for form in FORMS if form.is_xml], ids=lambda form: form.name)
def test_entities_are_refused_before_they_are_looked_at(form: Form, doctype: str, tmp_path: Path) -> None:
    text = form.write([GOOD, ALSO_GOOD]).decode().replace("?>\n", f"?>{doctype}", 1).replace("flat beads", "&i;")
    assert kinds(read(form, tmp_path, text.encode())) == ["document_type"]


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE], ids=["entities of entities", "an entity outside"])
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xlsx-mapped"])
def test_entities_inside_a_workbook_are_not_followed(kind: str, doctype: str, tmp_path: Path) -> None:
    found = read(FORM[kind], tmp_path, _book(kind, lambda text: doctype + text.replace("Lay flat beads.", "&i;")))
    assert kinds(found) == ["file_unreadable"]


# Workbooks of a few bytes that ask for more than there is


def _book(kind: str, change: Callable[[str], str]) -> bytes:
    """A workbook of two good rows whose sheet's own XML was changed."""
    header = (
        ("Code", "Name", "Text", "Link", "Fee", "From") if FORM[kind].mapping == TABLE_MAPPING else COLUMNS.values()
    )
    rows = [list(header), *([row[name] for name in COLUMNS] for row in (GOOD, ALSO_GOOD))]
    if kind == "ods":
        return workbooks.ods(change(workbooks.ods_content(rows)))
    return workbooks.xlsx(change(workbooks.xlsx_sheet(rows)))


def _cell(place: str) -> Callable[[str], str]:
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cell = f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return lambda sheet: sheet.replace("</sheetData>", cell)


def _repeated(rows: int) -> Callable[[str], str]:
    opened = "<table:table-row>"
    return lambda text: text.replace(opened, f'{opened[:-1]} table:number-rows-repeated="{rows}">', 1)


@pytest.mark.parametrize(
    ("kind", "change"),
    [("xlsx", _cell("XFD1048576")), ("xlsx-mapped", _cell("XFD1048576")), ("ods", _repeated(1_000_000))],
    ids=["the last cell there is", "the same by a mapping", "a row a million times"],
)
def test_a_workbook_that_unfolds_without_end_is_refused(
    kind: str, change: Callable[[str], str], tmp_path: Path
) -> None:
    found = read(FORM[kind], tmp_path, _book(kind, change))
    assert kinds(found) == ["workbook_unfolds"]


@pytest.mark.parametrize("before", [b"PK\x05\x06", b"X"])
def test_bytes_before_a_workbook_hide_nothing(before: bytes, tmp_path: Path) -> None:
    found = read(FORM["xlsx"], tmp_path, before + _book("xlsx", _cell("XFD1048576")))
    assert kinds(found) == ["workbook_unfolds"]


@pytest.mark.parametrize(
    "change",
    [_cell("XFD4"), lambda sheet: sheet.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')],
    ids=["a cell in the last column", "a size that is not so"],
)  # fmt: skip
def test_a_workbook_that_only_looks_large_is_read(change: Callable[[str], str], tmp_path: Path) -> None:
    assert ids(read(FORM["xlsx"], tmp_path, _book("xlsx", change))) == GOOD_IDS


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_file_above_the_limit_is_refused_by_its_size_alone(form: Form, tmp_path: Path) -> None:
    source = form.placed(tmp_path, form.write([GOOD]))
    with source.file.open("r+b") as file:
        file.truncate(1_000_000_001)  # a gigabyte that takes no room on the disk
    found = judged(source)
    assert kinds(found) == ["file_too_large"]
