"""Ways to reach people and names of staff in what institutions send."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.contacts import HINT, SIGNS, _masked, without_contacts
from indexer.sources import Source
from indexer.validation import judge
from mappings.contract import Contract
from tests.indexer.conftest import reasons, source_entry
from tests.indexer.test_validation import row

MAPLE = Source.model_validate(source_entry("maple", "a.csv"))
PHONES = st.from_regex(r"[2-9][0-9]{2}[ .-][2-9][0-9]{2}[ .-][0-9]{4}", fullmatch=True)
NAMES = st.sampled_from(["Jane Doe", "Dr. Jean-Luc Tremblay", "Marie-Ève Roy", "Mme Anne de la Salle", "Sam O'Neil"])
HEADS = [
    "Contact:",
    "Instructor:",
    "Taught by:",
    "Enseignante :",
    "Personne-ressource :",
    "Coordonnateur :",
    "CONTACT -",
]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Contact: Jane Doe, 705-555-0199\nBring gloves.", "Bring gloves."),
        ("Weld steel. Contact: Jane Doe, 705-555-0199. Bring gloves.", "Weld steel. …. Bring gloves."),
        ("Write to jo@x.example or call 416-555-0199, ext. 22.", "Write to … or call …."),
        ("Appelez au 555-0199 avant midi", "… avant midi"), ("Responsable : Marie-Ève Roy (poste 4412)", ""),
        ("Call Jane Doe at 416-555-0199.", "Call … at …."),
        ("Écrivez à Mme Anne de la Salle au a@x.example", "Écrivez à … au …"),
        ("Contactez Marie-Ève Roy, poste 4412, ou jo@x.example", "Contactez …, …, ou …"),
        ("Telephone +33 1 23 45 67 89 or 01 23 45 67 89", "Telephone … or …"), ("Au 416 555 12 34", "Au …"),
        ("jo.roy@x.example", ""), ("tél. : 416 555-0199", "tél. : …"),
    ],
)  # fmt: skip
def test_what_leads_to_a_person_is_taken_out(text: str, kept: str) -> None:
    assert without_contacts(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "Call 911 and begin CPR.", "Topics: Safety, Health", "Instructor: certified welder with 20 years",
        "For more information: https://x.example", "ISO 9001:2015, NFPA 70E-2024", "Dates: 2027-01-18 to 2027-02-03",
        "33102|72106", "Contact Maple College for details", "Call Jane Doe",
        "Questions: how is steel welded?", "A class led by instructors", "Ratio 1:12 - 40 hours",
        "Coordinator: TBD", "ASP.NET & C#", "@ the campus", "1 250,00 $ - 2 000,00 $",
    ],
)  # fmt: skip
def test_other_words_and_numbers_stay(text: str) -> None:
    assert without_contacts(text) == text


@given(NAMES, st.sampled_from(HEADS), st.sampled_from(["", " (she/her)", ", 705-555-0199", " jo@x.example"]))
def test_no_line_that_names_staff_is_kept(name: str, head: str, more: str) -> None:
    kept = without_contacts(f"Weld steel.\n{head} {name}{more}\nBring gloves.")
    assert kept == "Weld steel.\nBring gloves."


@given(st.one_of(st.emails(), PHONES), st.text(max_size=20), st.text(max_size=20))
def test_no_address_and_no_number_is_kept(contact: str, before: str, behind: str) -> None:
    assert contact not in without_contacts(f"{before} {contact} {behind}")


@given(st.text())
def test_nothing_is_found_twice(text: str) -> None:
    once = without_contacts(text)
    assert without_contacts(once) == once


@pytest.mark.parametrize("text", ["a@" * 10_000, "1-" * 10_000, "Contact: A" + " A" * 9_000, "x" * 20_000 + "@"])
def test_a_text_made_to_be_slow_is_read_at_once(text: str) -> None:
    assert len(without_contacts(text)) <= len(text)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("description", "Weld steel.\nContact: Jane Doe, 705-555-0199"),
        ("description", '<p>Weld steel.</p><a href="mailto:jane@x.example">jane&#64;x.example</a>'),
        ("outcomes", "Weld steel|Ask Jane at jane@x.example"), ("prerequisites", "Call 705-555-0199"),
        ("title", "Weld (jane@x.example)"), ("partner", "Steel Union, jane@x.example"), ("skills", "jane@x.example"),
        ("place.city", "Sudbury, jane@x.example"),
    ],
)  # fmt: skip
def test_a_listing_is_offered_without_it_and_the_report_does_not_repeat_it(
    contract: Contract, field: str, value: str
) -> None:
    cells: dict[str, Any] = {"id": "A", "title": "Weld", field: value}
    judged = judge(row(**cells), MAPLE, contract)
    assert judged.listing is not None
    assert reasons(judged) == ["contact_taken_out"]
    for text in (judged.listing.model_dump_json(), str(judged.issues)):
        assert "x.example" not in text
        assert "0199" not in text
        assert "Doe" not in text


def test_a_value_left_out_is_shown_without_whom_to_ask(contract: Contract) -> None:
    judged = judge(row(id="A", title="Weld", cost="Contact: Jane Doe, jane@x.example"), MAPLE, contract)
    assert [issue.value for issue in judged.issues] == [""]


@pytest.mark.parametrize("way", ["at 416-555-1234", "at jane@x.example"])
def test_a_value_left_out_is_shown_without_whom_to_call(contract: Contract, way: str) -> None:
    judged = judge(row(id="A", title="Weld", cost=f"Call Jane Doe {way}"), MAPLE, contract)
    assert [issue.value for issue in judged.issues] == ["Call … at …"]


@given(
    st.lists(
        st.one_of(
            PHONES,
            st.emails(),
            st.sampled_from(
                [
                    "+33 1 23 45 67 89",
                    "01 23 45 67 89",
                    "416 555 12 34",
                    "ext. 123",
                    "poste 44",
                    "Extension: 4412",
                    "tel 555-0199",
                    "weld",
                    "steel,",
                    "(",
                    "2027",
                    "7",
                ]
            ),
        ),
        max_size=4,
    )
)
def test_whatever_can_be_taken_out_is_looked_for(words: list[str]) -> None:
    text = " ".join(words)
    assert _masked(text) == text or (SIGNS.search(text) and HINT.search(text))


@pytest.mark.parametrize(
    "text",
    [
        "a@" * 150_000,
        "a" * 300_000 + "@",
        "a@" + "b" * 300_000,
        "words and " * 30_000 + "jo@x.example",
        "a.a@" * 75_000,
    ],
    ids=["marks", "a mailbox without end", "a host without end", "one address", "dots"],
)
def test_a_long_text_with_a_mark_of_addresses_is_searched_in_one_pass(text: str) -> None:
    assert "jo@x.example" not in without_contacts(text)
