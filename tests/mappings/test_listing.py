"""The typed record both rooms exchange."""

from typing import Any

import pytest
from pydantic import ValidationError

from mappings.listing import Listing


def a_listing(**more: Any) -> Listing:
    body: dict[str, Any] = {
        "id": "x.1",
        "institution": {"id": "x", "name": {"en": "X"}},
        "en": {"title": "Welding"},
    }
    return Listing(**{**body, **more})


def test_a_missing_value_stays_missing_in_the_document() -> None:
    document = a_listing().document()
    assert document["en"]["title"] == "Welding"
    assert not {"cost", "osap", "fr", "weeks"} & set(document)


def test_a_free_listing_costs_zero_and_keeps_its_zero() -> None:
    assert a_listing(cost=0).document()["cost"] == 0


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="price"):
        a_listing(price=12)


def test_a_value_outside_its_bounds_is_refused() -> None:
    with pytest.raises(ValidationError, match="cost"):
        a_listing(cost=-1)
    with pytest.raises(ValidationError, match="hours"):
        a_listing(hours=0)


def test_a_value_outside_a_closed_list_is_refused() -> None:
    with pytest.raises(ValidationError, match="delivery"):
        a_listing(delivery="carrier pigeon")


def test_one_value_where_many_may_stand_is_a_list_of_one() -> None:
    assert a_listing(starts="2027-01-18").document()["starts"] == ["2027-01-18"]


def test_a_listing_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        a_listing().id = "y"  # type: ignore[misc]


def test_text_is_found_by_language() -> None:
    found = a_listing(fr={"title": "Soudage"})
    texts = [found.text(language) for language in ("en", "fr")]
    assert [text.title for text in texts if text] == ["Welding", "Soudage"]
    assert a_listing().text("fr") is None


def test_a_document_reads_back_as_the_same_listing() -> None:
    original = a_listing(
        cost=99.5,
        starts=["2027-01-18"],
        skills=[{"id": "welding", "en": "Welding", "basis": "inferred"}],
        occupations=[{"code": "72106", "score": 0.5}],
        place={"city": "Sudbury", "location": [-81.0, 46.5]},
    )
    assert Listing(**original.document()) == original
