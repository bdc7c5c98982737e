"""Loads of feeds that list a course once for each term: every row is kept, told apart by course, and reported."""

import csv
import io

from indexer import run
from indexer.report import SourceReport
from tests.indexer.conftest import BOOKS, CARE, HEADER, WELDING, Catalogue, quiet
from tests.indexer.test_loads import meta_of

NAME = WELDING[1]
WINTER = ("W-1-W", f"{NAME} – Winter 2027", *WELDING[2:])
ONLINE = ("W-1-O", f"{NAME} (Online)", *WELDING[2:5], "390", "72106")
LONGER = ("W-2", NAME, *WELDING[2:3], "60", *WELDING[4:])
TWICE = ("W-1", "Welding again", "", "", "", "", "")
ROWS = (WELDING, CARE, WINTER, BOOKS, ONLINE, LONGER, TWICE)


def repeated(catalogue: Catalogue) -> SourceReport:
    catalogue.feed("maple.csv", ROWS)
    (maple,) = (one for one in catalogue.load().sources if one.id == "maple")
    return maple


def test_every_row_is_a_hit_or_folded_or_held_back(catalogue: Catalogue) -> None:
    maple = repeated(catalogue)
    courses = {body["fold"] for body in catalogue.documents().values() if body["source"] == "maple"}
    assert (maple.read, maple.folded, maple.repeated, maple.quarantined, len(courses)) == (7, 2, 1, 1, 4)
    assert maple.read == len(courses) + maple.folded + maple.quarantined


def test_offerings_carry_their_course_and_keep_what_they_say(catalogue: Catalogue) -> None:
    repeated(catalogue)
    documents = catalogue.documents()
    assert {name: body.get("course") for name, body in documents.items() if name.startswith("maple.W")} == {
        "maple.W-1": "maple.W-1", "maple.W-1-W": "maple.W-1", "maple.W-1-O": "maple.W-1", "maple.W-2": None,
    }  # fmt: skip
    assert (documents["maple.W-1-O"]["cost"], documents["maple.W-1-O"]["en"]["title"]) == (390, ONLINE[1])
    assert documents["maple.B-1"]["fold"] == "maple.B-1"


def test_the_index_says_how_many_courses_it_holds(catalogue: Catalogue) -> None:
    repeated(catalogue)
    meta = meta_of(catalogue)
    assert (meta.listings, meta.folded, meta.courses) == (8, 2, 6)


def test_the_report_lists_every_folded_row_in_both_languages(catalogue: Catalogue) -> None:
    repeated(catalogue)
    rows = list(csv.reader(io.StringIO(catalogue.report_file("folded.csv"))))[1:]
    english, french = (
        f"one more offering of maple.W-1, “{NAME}”",
        f"le même cours que maple.W-1, « {NAME} », offert de nouveau",
    )
    assert rows == [
        ["maple", "4", "ID", "maple.W-1-W", english, french],
        ["maple", "6", "ID", "maple.W-1-O", english, french],
    ]
    text = catalogue.report_file("report.md")
    assert "8 listings, 2 of them folded into another" in text
    assert "- Maple: courses offered several times: 1, rows folded into them: 2 / cours offerts" in text


def test_a_feed_that_comes_to_repeat_its_courses_has_lost_nothing(catalogue: Catalogue) -> None:
    catalogue.feed("maple.csv", [(f"X-{at}", f"Course {at}", "", "", "", "", "") for at in range(6)])
    catalogue.load()
    catalogue.feed("maple.csv", [(f"X-{at}", f"Course – Section {at}", "", "", "", "", "") for at in range(6)])
    maple = catalogue.load().sources[0]
    assert (maple.folded, maple.changed, maple.added, maple.removed) == (5, 6, 0, 0)
    again = catalogue.load().sources[0]
    assert (again.folded, again.changed, again.added, again.removed) == (5, 0, 0, 0)


def test_listings_do_not_count_as_changed_where_only_their_course_is_new(catalogue: Catalogue) -> None:
    catalogue.feed("maple.csv", [CARE, WINTER])
    catalogue.load()
    catalogue.feed("maple.csv", [WELDING, CARE, WINTER])
    maple = catalogue.load().sources[0]
    assert (maple.added, maple.changed, maple.folded) == (1, 0, 1)


def test_carried_over_offerings_stay_folded(catalogue: Catalogue) -> None:
    repeated(catalogue)
    catalogue.write("maple.csv", "")
    maple = next(one for one in catalogue.load().sources if one.id == "maple")
    assert (maple.status, maple.carried, maple.folded) == ("carried over", 6, 2)
    assert catalogue.documents()["maple.W-1-O"]["course"] == "maple.W-1"


def test_a_dry_run_says_what_would_be_folded(catalogue: Catalogue) -> None:
    catalogue.feed("maple.csv", ROWS, HEADER)
    report, _reads = run.dry_run(catalogue.settings, quiet())
    assert report.folded == 2
    assert "maple.W-1-O" in catalogue.report_file("folded.csv")
