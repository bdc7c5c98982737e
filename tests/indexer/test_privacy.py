"""What a report repeats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.privacy import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("write to jo.roy+x@maple.example today", "write to [e-mail] today"),
        ("call 416-555-0199 now", "call [phone] now"), ("(416) 555-0199", "[phone]"), ("+1 416 555 0199", "[phone]"),
        ("4165550199", "[phone]"), ("1-800-555-0199", "[phone]"), ("+33 1 23 45 67 89", "[phone]"),
        ("a@b.example, c@d.example", "[e-mail], [e-mail]"), ("|@a.example", "[e-mail]"),
    ],
)  # fmt: skip
def test_addresses_and_numbers_of_people_are_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    ["2027-01-18", "2027-01-18|2027-03-04", "33100|32111", "51.0601", "1 250,50 $", "03/04/2027", "a @ b", "9000"],
)
def test_dates_codes_and_prices_are_not(text: str) -> None:
    assert masked(text) == text


@given(st.emails())
def test_no_address_is_echoed(address: str) -> None:
    assert address not in masked(f"contact {address} please")


@given(st.from_regex(r"[2-9][0-9]{2}[ .-][2-9][0-9]{2}[ .-][0-9]{4}", fullmatch=True))
def test_no_phone_number_is_echoed(number: str) -> None:
    assert number not in masked(f"contact {number}, please")
