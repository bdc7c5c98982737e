"""What an institution is told of a run: pages in both languages, its rows to put right, facts for a program."""

import datetime as dt
from collections.abc import Callable
from itertools import pairwise

import pytest
import yaml

from indexer import gate, run
from indexer.failures import GateError
from indexer.institution_reports.files import rewrite
from indexer.institution_reports.formats import moment
from indexer.institution_reports.gathering import folder_name
from indexer.institution_reports.pages import WORDS, say
from mappings.contract import LANGUAGES
from tests.indexer.conftest import BOOKS, CARE, ENGLISH, HEADER, WELDING, Catalogue, quiet
from tests.indexer.institution_reports.conftest import Page, Reports

Checked = Callable[..., Reports]
SCRIPT = "<script>alert(1)</script>"
BROKEN = (
    *ENGLISH,
    ("W-1", "Twice", "", "", "", "", ""),
    ("", "No id", "", "", "", "", ""),
    ("L-1", "Long", "", "0", "", "", ""),
    ("D-1", "Odd", "Ask jo@maple.example or 416-555-0199", "", "", "call 416-555-0199", ""),
)


def test_refused_rows_are_told_with_place_value_and_reason(checked: Checked) -> None:
    facts = checked(BROKEN, HEADER).facts()
    held = [(one.row, one.column, one.value, one.reason.fr) for one in facts.findings if one.held]
    assert held == [
        (5, "ID", "W-1", "l'identifiant figure déjà à la ligne 2"),
        (6, "ID", "", "l'identifiant est manquant"),
        (7, "Total hours", "0", "le nombre doit être compris entre 0.5 et 5000"),
    ]
    assert [(one.reason.en, one.count) for one in facts.reasons if one.held] == [
        ("the ID already stands in row …", 1), ("the ID is missing", 1), ("the number must be between … and …", 1),
    ]  # fmt: skip
    assert (facts.read, facts.quarantined, facts.with_warnings, facts.found) == (7, 3, 1, 5)


def test_nothing_of_a_row_held_back_is_said_to_be_offered(checked: Checked) -> None:
    reports = checked([*ENGLISH, ("T-1", "", "Words without a title.", "", "", "", "")], HEADER)
    facts = reports.facts()
    assert {one.reason.en: one.held for one in facts.findings} == {
        "there is no title in either language": True,
        "there is text in this language but no title in it, so the text is left out": True,
    }
    assert "Row offered" not in reports.page("en").words
    assert "Does not hold the row back" in reports.page("en").words
    assert "Ne retient pas la ligne" in reports.page("fr").words


def test_the_first_of_a_month_is_an_ordinal_in_french() -> None:
    time = dt.datetime(2026, 12, 1, 3, 15, tzinfo=dt.UTC)
    assert moment(time, "fr").startswith("1er décembre 2026")
    assert moment(time.replace(day=11), "fr").startswith("11 décembre 2026")
    assert moment(time, "en").startswith("December 1, 2026")


def test_the_page_says_it_in_each_language(checked: Checked) -> None:
    reports = checked(BROKEN, HEADER)
    english, french = (reports.page(language).words for language in LANGUAGES)
    assert "the ID already stands in row 2" in english
    assert "Row held back" in english
    assert "l'identifiant figure déjà à la ligne 2" in french
    assert "Ligne retenue" in french
    assert "Votre rapport : Maple" in french


def test_a_gap_says_what_it_costs_in_numbers(checked: Checked) -> None:
    reports = checked(ENGLISH, HEADER)
    gaps = {gap.field: gap for gap in reports.facts().gaps}
    assert (gaps["cost"].count, gaps["subject"].count) == (1, 3)
    assert gaps["occupations"].cost.en.startswith("1 listing is found by “NOC codes” only where its text tells")
    assert gaps["cost"].cost.en == "1 listing can't be found by “Cost” because it is blank"
    assert gaps["subject"].cost.fr == "3 offres ne peuvent être trouvées par « Domaine », car ce champ est vide"
    assert "3 listings can't be found by “Subject” because it is blank" in reports.page("en").words
    assert "jamais montrée aux personnes qui fixent un budget" in reports.page("fr").words


def test_the_three_fields_that_would_raise_the_score_most_are_named(checked: Checked) -> None:
    facts = checked(ENGLISH, HEADER).facts()
    assert facts.score is not None
    assert 0 < facts.score < 100
    assert [gain.field for gain in facts.gains] == [gap.field for gap in facts.gaps][:3]
    assert [gain.field for gain in facts.gains] == ["starts", "skills", "subject"]


def test_a_row_held_back_lowers_the_score(checked: Checked) -> None:
    whole = checked(ENGLISH, HEADER).facts().score
    part = checked([*ENGLISH, ("", "No id", "", "", "", "", "")], HEADER).facts().score
    assert whole
    assert part == pytest.approx(whole * 3 / 4, abs=0.1)


def test_contacts_of_people_stand_in_no_file(checked: Checked) -> None:
    reports = checked(BROKEN, HEADER)
    files = [path for path in reports.folder.rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        text = path.read_text(encoding="utf-8-sig")
        assert "555-0199" not in text, path.name
        assert "jo@" not in text, path.name
    assert reports.rows()[4][3:7] == ["Ask [e-mail] or [phone]", "", "", "call [phone]"]


def test_rows_to_put_right_come_with_what_is_wrong_first(checked: Checked) -> None:
    reports = checked(BROKEN, HEADER)
    english, french = reports.rows("en"), reports.rows("fr")
    assert english[0] == ["ERRORS", *HEADER]
    assert french[0] == ["ERREURS", *HEADER]
    assert [row[1] for row in english[1:]] == ["W-1", "", "L-1", "D-1"]
    assert french[1] == ["ID: l'identifiant figure déjà à la ligne 2", *BROKEN[3]]
    assert english[3][0] == "Total hours: the number must be between 0.5 and 5000"


def test_all_rows_come_when_asked_for(catalogue: Catalogue, reports: Reports) -> None:
    settings = catalogue.settings.model_copy(update={"report_rows": "all"})
    run.dry_run(settings, quiet(), golden=False)
    assert reports.rows() == [["ERRORS", *HEADER], *(["", *row] for row in ENGLISH)]


def test_an_institution_without_fault_gets_no_rows(checked: Checked) -> None:
    reports = checked(ENGLISH, HEADER)
    assert not reports.path("en.csv").exists()
    assert "Nothing: every row that was read is in order." in reports.page("en").words
    assert "Rien : chaque ligne lue est en ordre." in reports.page("fr").words


def test_script_in_every_cell_and_name_is_only_text(catalogue: Catalogue, reports: Reports) -> None:
    header = (*HEADER, f"Extra {SCRIPT}", "Start dates", "Web address")
    hostile = [f"{SCRIPT}{number}" for number in range(len(header))]
    catalogue.feed("maple.csv", [hostile, ["A-1", *hostile[1:3], "", "", "", "", "", "", ""]], header)
    catalogue.entries[0]["institution"] = {"id": f"maple {SCRIPT}", "name": {"en": SCRIPT, "fr": f'"{SCRIPT}'}}
    catalogue.write_sources()
    run.dry_run(catalogue.settings, quiet(), golden=False)
    pages = list(reports.folder.rglob("*.html"))
    assert len(pages) == 6
    for path in pages:
        page = Page(path.read_text(encoding="utf-8"))
        assert page.all("script") == []
        assert {name for _, attributes in page.tags for name in attributes if name.startswith("on")} == set()
        assert not any((link["href"] or "").lower().startswith("javascript") for link in page.all("a"))
    assert SCRIPT in Page((reports.folder / "index.en.html").read_text(encoding="utf-8")).words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_stands_alone_and_is_read_aloud_in_its_language(checked: Checked, language: str) -> None:
    page = checked(BROKEN, HEADER).page(language)
    assert page.all("html") == [{"lang": f"{language}-CA"}]
    assert [tag for tag in ("script", "link", "img", "iframe", "object") if page.all(tag)] == []
    assert len(page.all("table")) == len(page.all("caption"))
    assert all(cell.get("scope") in ("col", "row") for cell in page.all("th"))
    headings = [int(tag[1]) for tag, _ in page.tags if tag in ("h1", "h2", "h3")]
    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))


def test_every_link_of_the_pages_leads_to_a_file(checked: Checked) -> None:
    folder = checked(BROKEN, HEADER).folder
    for path in folder.rglob("*.html"):
        for link in Page(path.read_text(encoding="utf-8")).all("a"):
            assert (path.parent / (link["href"] or "?")).resolve().is_file(), link


def test_the_index_lists_every_institution_with_its_figures(checked: Checked) -> None:
    folder = checked(BROKEN, HEADER).folder
    french = Page((folder / "index.fr.html").read_text(encoding="utf-8"))
    assert {link["href"] for link in french.all("a")} == {
        "index.en.html", "institutions/maple/fr.html", "institutions/grands-pins/fr.html",
    }  # fmt: skip
    assert "Rapports par établissement" in french.words
    assert "sur 100" in french.words


def test_what_came_differs_and_went_is_named(catalogue: Catalogue, reports: Reports) -> None:
    catalogue.load()
    catalogue.feed("maple.csv", [(*WELDING[:5], "475", "72106"), BOOKS, ("N-1", "New", "", "", "", "", "")])
    catalogue.load()
    facts = reports.facts()
    assert [(one.id, one.title.en) for one in facts.added.samples] == [("maple.N-1", "New")]
    assert [(one.id, one.title.en) for one in facts.removed.samples] == [("maple.C-1", CARE[1])]
    (changed,) = facts.changed.samples
    assert (changed.id, [field.fr for field in changed.fields]) == ("maple.W-1", ["Coût"])
    assert "1 offre retirée" in reports.page("fr").words
    assert CARE[1] in reports.page("en").words


def test_at_most_twenty_changes_are_named(checked: Checked) -> None:
    reports = checked([(f"A-{at}", f"Course {at} of welding", *WELDING[2:]) for at in range(30)], HEADER)
    added = reports.facts().added
    assert (added.count, len(added.samples)) == (30, 20)
    assert "30 listings added The first 20:" in reports.page("en").words


def test_listings_carried_over_are_told_with_their_date(catalogue: Catalogue, reports: Reports) -> None:
    catalogue.load()
    (catalogue.folder / "grands-pins.csv").unlink()
    catalogue.load()
    facts = reports.facts("grands-pins")
    assert (facts.status, facts.listed, facts.score) == ("carried over", 2, None)
    assert facts.as_of is not None
    french = reports.page("fr", "grands-pins").words
    assert "le fichier grands-pins.csv est absent" in french
    assert f"chargées le {moment(facts.as_of, 'fr').split()[0]} " in french
    assert "Aucune ligne n'a été lue" in french
    catalogue.load()
    again = reports.facts("grands-pins")
    assert (again.as_of, again.older) == (facts.as_of, False)


def test_twins_and_folded_rows_are_told(checked: Checked) -> None:
    winter = ("W-1-W", f"{WELDING[1]} – Winter 2027", *WELDING[2:])
    reports = checked([*ENGLISH, ("C-2", *CARE[1:]), winter], HEADER)
    facts = reports.facts()
    assert [(twin.row, twin.other) for twin in facts.twins] == [(5, 3)]
    assert {course.id: course.folded for course in facts.courses} == {"maple.W-1": 1, "maple.C-1": 1}
    assert "row 5 as row 3 (maple)" in reports.page("en").words
    assert "2 lignes ont été regroupées" in reports.page("fr").words


def test_a_refused_run_is_told_too(catalogue: Catalogue, reports: Reports, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue.load()
    monkeypatch.setattr(gate, "difference", lambda *_: "cost")
    with pytest.raises(GateError):
        catalogue.load()
    assert reports.facts().outcome == "refused"
    assert "le public continue de voir ce qu'il voyait avant" in reports.page("fr").words


def test_feeds_of_one_institution_are_one_report(catalogue: Catalogue, reports: Reports) -> None:
    catalogue.feed("more.csv", [("", "No id", "", "", "", "", ""), ("M-1", "More", "", "", "", "", "")])
    catalogue.add("more", "more.csv")
    catalogue.entries[-1]["institution"] = catalogue.entries[0]["institution"]
    catalogue.write_sources()
    run.dry_run(catalogue.settings, quiet(), golden=False)
    facts = reports.facts()
    assert ([source.id for source in facts.sources], facts.read) == (["maple", "more"], 5)
    assert facts.rows == {"en": ("en-more.csv",), "fr": ("fr-more.csv",)}


def test_pages_are_written_anew_from_the_facts(checked: Checked) -> None:
    reports = checked(BROKEN, HEADER)
    before = {path: path.read_text(encoding="utf-8") for path in reports.folder.glob("institutions/*/*.html")}
    for path in before:
        path.unlink()
    rewrite(reports.folder)
    assert {path: path.read_text(encoding="utf-8") for path in before} == before


@pytest.mark.parametrize("hostile", ["../../etc", "/etc", "..", "", "Maple", "é", "a" * 300, "con\0", "a/b", "a\\b"])
def test_no_id_leads_out_of_the_folder_of_reports(hostile: str) -> None:
    name = folder_name(hostile)
    assert name.strip(".-_")
    assert set("/\\.\0") & set(name) == set()
    assert len(name) < 70


def test_ids_that_differ_have_folders_that_do() -> None:
    names = ("maple", "Maple", "MAPLE", "ma ple", "ma-ple", "ma/ple")
    assert len({folder_name(name) for name in names}) == len(names)


def _phrases(body: object, path: str = "") -> list[str]:
    if isinstance(body, dict) and not {"en", "fr"} <= body.keys():
        return [name for key, inner in body.items() for name in _phrases(inner, f"{path}/{key}".strip("/"))]
    return [path]


def test_every_phrase_has_both_languages_and_the_same_facts() -> None:
    body = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    values = dict.fromkeys(
        ("name", "command", "started", "outcome", "source", "reason", "time", "score", "field", "points", "errors",
         "shown", "found", "row", "other", "title", "id", "file", "good", "dead", "unclear",
         "waiting", "first", "last", "days"), "‹›",
    )  # fmt: skip
    for path in _phrases(body):
        for count in (1, 2):
            english, french = (say(path, language, **values, count=count) for language in LANGUAGES)
            assert english.count("‹›") == french.count("‹›"), path
            assert french, path
