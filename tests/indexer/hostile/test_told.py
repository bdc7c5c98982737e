"""What of a file is left out or guessed is told, in every form that can hold it; what has no end is refused."""

from pathlib import Path

import pytest

from indexer.readers import json_window
from indexer.readers.schema_org import pages
from tests.indexer.hostile.forms import COLUMNS, FORMS, Form
from tests.indexer.hostile.reading import ALSO_GOOD, EVIL, GOOD, GOOD_IDS, ids, kinds, read, read_rows

FORM = {form.name: form for form in FORMS}
ACCENTED = {**GOOD, "title": "Soudage à l’arc", "description": "Le procédé, l’équipement et la sécurité à l’atelier."}
TEXTS = [form for form in FORMS if not form.is_workbook and not form.is_xml]
PAGES = [form for form in FORMS if form.file.endswith(".html")]
TABLES = [FORM[name] for name in ("csv", "tsv", "csv-mapped")]


@pytest.mark.parametrize("form", TEXTS, ids=lambda form: form.name)
def test_a_guessed_encoding_is_told_once(form: Form, tmp_path: Path) -> None:
    found = read(form, tmp_path, form.write([ACCENTED, ALSO_GOOD]).decode().encode("cp1252"))
    assert (ids(found), kinds(found)) == (GOOD_IDS, ["encoding_guessed"])


def test_an_encoding_that_was_said_is_not_guessed(tmp_path: Path) -> None:
    form = FORM["csv"]
    said = Form("csv", form.file, form.write, more={"encoding": "cp1252"})
    assert kinds(read(said, tmp_path, form.write([ACCENTED]).decode().encode("cp1252"))) == []


@pytest.mark.parametrize("form", [*TABLES, *PAGES], ids=lambda form: form.name)
def test_nul_characters_that_are_taken_out_are_counted(form: Form, tmp_path: Path) -> None:
    found = read(form, tmp_path, form.write([GOOD, ALSO_GOOD]).replace(b"beads", b"be\0ad\0s", 1))
    assert ids(found) == GOOD_IDS
    (told,) = [issue for issue in found.issues if issue.problem.kind == "nul_taken_out"]
    assert told.problem.facts == {"count": 2}
    if form in TABLES:
        assert told.row == 2


def test_nul_characters_behind_an_open_quotation_mark_are_counted_too(tmp_path: Path) -> None:
    text = f'{",".join(COLUMNS.values())}\nW-1,Welding,"a" b\nW-2,Cutting,c\0\nW-3,Bending,\0\n'
    (told,) = [one for one in read(FORM["csv"], tmp_path, text.encode()).notes if one.problem.kind == "nul_taken_out"]
    assert (told.row, told.problem.facts) == (3, {"count": 2})


@pytest.mark.parametrize("name", ["json", "json-mapped", "edx", "json-ld", "ctdl"])
def test_a_value_without_end_is_refused_before_it_fills_the_memory(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_window, "VALUE_LIMIT", 100_000)
    found = read_rows(FORM[name], tmp_path, [GOOD, {**EVIL, "description": "x" * 600_000}, ALSO_GOOD])
    assert (ids(found), kinds(found)) == ([], ["value_endless"])


def test_a_path_with_conditions_meets_the_same_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_window, "VALUE_LIMIT", 100_000)
    mapped = FORM["json-mapped"]
    asked = mapped.mapping.replace("body.list", '"body.list[?code]"')
    form = Form("searched", mapped.file, mapped.write, mapping=asked)
    assert ids(read_rows(form, tmp_path, [GOOD, ALSO_GOOD])) == GOOD_IDS
    assert kinds(read_rows(form, tmp_path, [GOOD, {**EVIL, "description": "x" * 600_000}])) == ["value_endless"]


@pytest.mark.parametrize("form", PAGES, ids=lambda form: form.name)
def test_a_page_without_end_is_not_opened(form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_BYTES", 100)
    assert kinds(read_rows(form, tmp_path, [GOOD])) == ["nothing_good", "page_too_large"]
