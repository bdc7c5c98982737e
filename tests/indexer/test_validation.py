"""Rows: good, good with warnings, or quarantined."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.cells import Cell, Row, Slot
from indexer.dedupe import Twins
from indexer.fields import feed_fields, slots_of
from indexer.gaps import GAPS, gaps_of
from indexer.rules import RULES, Severity, problem
from indexer.sources import Source
from indexer.validation import Judged, judge
from mappings.contract import LANGUAGES, Contract, listing_contract
from mappings.listing import Listing
from tests.indexer.conftest import reasons, source_entry

MAPLE = Source.model_validate(source_entry("maple", "a.csv", sample=True))
BOTH = Source.model_validate(
    {**source_entry("both", "a.csv"), "institution": {"id": "both", "name": {"en": "B", "fr": "B"}}}
)


def row(number: int = 2, **cells: Any) -> Row:
    """A row with its columns named as the fields; `en_title` is the English title."""
    found = {}
    for name, value in cells.items():
        language = next((code for code in LANGUAGES if name.startswith(f"{code}_")), None)
        slot = Slot(name.removeprefix(f"{language}_") if language else name, language)
        found[slot] = Cell(f"col {name}", value)
    return Row(number, found)


def judged(source: Any = MAPLE, **cells: Any) -> Judged:
    return judge(row(**{"id": "A", "title": "Weld", **cells}), source, listing_contract())


def offered(source: Any = MAPLE, **cells: Any) -> Listing:
    found = judged(source, **cells).listing
    assert found is not None
    return found


def test_a_good_row_carries_its_institution_and_source() -> None:
    listing = offered(cost="495")
    assert (listing.id, listing.institution.id, listing.source, listing.sample) == ("maple.A", "maple", "maple", True)
    assert not judged(cost="495").issues


@pytest.mark.parametrize(
    ("local", "listing_id"),
    [("A/1 b", "maple.A-1-b"), ("É1", "maple.-1"), (101.0, "maple.101"), ("a_b-C", "maple.a_b-C")],
)
def test_an_id_is_made_safe_for_addresses(local: Any, listing_id: str) -> None:
    assert offered(id=local).id == listing_id


@pytest.mark.parametrize(("value", "kind"), [("--", "id_invalid"), ("x" * 101, "id_invalid"), (["a"], "id_invalid")])
def test_a_row_without_a_usable_id_is_quarantined(value: Any, kind: str) -> None:
    found = judged(id=value)
    assert (found.listing, reasons(found)) == (None, [kind])


def test_a_row_without_id_or_title_is_quarantined_and_says_both() -> None:
    found = judge(row(cost="5"), MAPLE, listing_contract())
    assert found.listing is None
    assert sorted(reasons(found)) == ["id_missing", "title_missing"]
    assert {issue.column for issue in found.issues} == {"ID", "Title"}


@pytest.mark.parametrize(
    ("field", "value"), [("hours", "0"), ("hours", "9000"), ("weeks", "-1"), ("cost", "-5"), ("hours_per_week", "900")]
)
def test_a_number_out_of_bounds_quarantines_the_row(field: str, value: str) -> None:
    found = judged(**{field: value})
    assert found.listing is None
    assert [(issue.column, issue.value, issue.problem.kind) for issue in found.issues] == [
        (f"col {field}", value, "out_of_bounds")
    ]


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("cost", "ask us", "not_a_price"), ("hours", "one term", "not_a_duration"),
        ("starts", "03/04/2027", "date_ambiguous"),
        ("delivery", "Onlin", "choice_near"), ("osap", "perhaps", "not_a_flag"), ("cip", "x", "not_a_cip_code"),
        ("url", "www.x.example", "not_a_web_address"), ("occupations", "nurse", "not_a_noc_code"),
        ("currency", "$", "not_a_currency"), ("updated", "soon", "not_a_date"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_left_out_with_a_warning(field: str, value: str, kind: str) -> None:
    found = judged(**{field: value})
    assert found.listing is not None
    assert getattr(found.listing, field) in (None, ())
    assert [(issue.row, issue.column, issue.value, issue.problem.kind) for issue in found.issues] == [
        (2, f"col {field}", value, kind)
    ]


def test_a_missing_cost_stays_missing() -> None:
    assert offered(cost=" ").cost is None


@pytest.mark.parametrize(
    ("instruction", "source", "language"),
    [
        ("French", MAPLE, "fr"),
        ("", MAPLE, "en"),
        ("English|French", MAPLE, "en"),
        ("other", MAPLE, "en"),
        ("fr", BOTH, "fr"),
    ],
)
def test_unlabelled_text_is_in_the_language_of_instruction(instruction: str, source: Source, language: str) -> None:
    listing = offered(source, language=instruction)
    assert listing.text(language) is not None
    assert listing.text("en" if language == "fr" else "fr") is None


def test_the_source_says_the_language_when_the_row_does_not() -> None:
    french = MAPLE.model_copy(update={"language": "fr"})
    assert offered(french).fr is not None
    assert offered(french, title="Welding steel plates in every position").fr is not None


def test_the_rows_own_words_tell_its_language_where_nothing_else_does() -> None:
    title = "Soudage de plaques d'acier dans toutes les positions"
    assert offered(title=title).fr is not None
    assert offered(BOTH, title="Soudage", description=f"<p>{title}</p>").fr is not None
    assert offered(title=title, language="English").en is not None
    assert offered(title="Soudage").en is not None  # too short to be sure: its owner's language
    assert offered(en_title=title).en is not None  # the column says it
    assert offered(title="Welding steel plates in every position").en is not None


def test_a_column_with_a_language_wins_over_one_without() -> None:
    listing = offered(title="Unlabelled", en_title="Labelled")
    assert listing.en is not None
    assert listing.en.title == "Labelled"


def test_text_in_a_language_without_a_title_is_left_out_with_a_warning() -> None:
    found = judged(fr_description="Souder.", fr_outcomes="Souder|Meuler")
    assert found.listing is not None
    assert found.listing.fr is None
    assert [(issue.column, issue.problem.kind) for issue in found.issues] == [
        ("col fr_description", "text_untitled"), ("col fr_outcomes", "text_untitled"),
    ]  # fmt: skip


def test_applications_that_close_before_they_open_lose_both_dates() -> None:
    found = judged(application_opens="2027-02-01", application_closes="2027-01-01")
    assert found.listing is not None
    assert (found.listing.application_opens, found.listing.application_closes) == (None, None)
    assert reasons(found) == ["dates_reversed"]
    assert not judged(application_opens="2027-01-01", application_closes="2027-01-01").issues


def test_hours_far_from_weeks_times_hours_a_week_are_kept_with_a_warning() -> None:
    found = judged(hours="100", weeks="5", hours_per_week="6")
    assert reasons(found) == ["hours_disagree"]
    assert found.listing is not None
    assert found.listing.hours == 100
    assert "gives 30" in found.issues[0].problem.in_language("en")
    assert not judged(hours="30", weeks="5", hours_per_week="6").issues


def test_a_long_value_is_repeated_in_part() -> None:
    assert judged(cost="x" * 900).issues[0].value == "x" * 200 + "…"


def test_members_of_a_place_come_together() -> None:
    place = offered(**{"place.city": "Elmira Falls", "place.region": "North"}).place
    assert place is not None
    assert (place.city, place.region) == ("Elmira Falls", "North")


def test_the_second_row_with_an_id_is_quarantined() -> None:
    rows = [
        judge(row(number, id=local, title=f"T{number}"), MAPLE, listing_contract())
        for number, local in ((2, "A/1"), (3, "A-1"))
    ]
    twins = Twins()
    for one in rows:
        twins.mark(one)
    assert [one.listing is None for one in rows] == [False, True]
    assert (rows[1].issues[0].column, rows[1].issues[0].problem.in_language("en")) == (
        "col id", "the ID already stands in row 2",
    )  # fmt: skip


def test_rows_alike_but_for_the_id_are_kept_with_a_warning() -> None:
    rows = [judge(row(number, id=f"A{number}", title="Weld"), MAPLE, listing_contract()) for number in (2, 3)]
    rows.append(Judged(4))
    twins = Twins()
    for one in rows:
        twins.mark(one)
    assert rows[1].listing is not None
    assert reasons(rows[1]) == ["same_content"]


def test_gaps_name_what_a_listing_leaves_out() -> None:
    assert set(gaps_of(offered())) == set(GAPS)
    assert "starts" not in gaps_of(offered(pace="self-paced"))
    assert "description" not in gaps_of(offered(description="x"))
    assert "cost" not in gaps_of(offered(cost="0"))


def test_every_problem_has_words_in_both_languages() -> None:
    for kind, rule in RULES.items():
        assert rule.en != rule.fr
        assert isinstance(rule.severity, Severity), kind
    with pytest.raises(KeyError):
        problem("unheard_of")


VALUES = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.lists(st.text(max_size=5), max_size=3),
)


@given(st.data())
def test_any_row_is_offered_or_quarantined_with_a_reason(data: st.DataObject) -> None:
    contract: Contract = listing_contract()
    slots = [slot for item in feed_fields(contract) for slot in slots_of(item)]
    chosen = data.draw(st.lists(st.sampled_from(slots), max_size=8, unique=True))
    cells = {slot: Cell(slot.field, data.draw(VALUES)) for slot in chosen}
    found = judge(Row(2, cells), MAPLE, contract)
    assert (found.listing is None) == found.is_quarantined


def test_a_source_builds_alike_every_time(source: Callable[..., Source]) -> None:
    assert source("a.csv", "") == source("a.csv", "")
