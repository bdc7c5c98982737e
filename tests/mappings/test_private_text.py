"""What may lead to one person, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.private_text import may_tell_of_a_person


@pytest.mark.parametrize(
    "text",
    [
        "jo.roy@maple.example", "call 416-555-0199", "555-0199", "+33 1 23 45 67 89", "046 454 286", "046454286",
        "student 123456", "born 1990-05-12", "K1A 0B1", "k1a0b1", "cours à H2X-1Y4", "12 main street",
        "221b Baker St", "1200, rue Saint-Denis", "45 chemin du Lac", "14 old mill rd", "PO Box 12", "apt 4", "app. 3",
        "c.p. 40", "my name is jo", "My phone", "je m'appelle Zoé", "Je m’appelle Zoé", "mon nom", "mon courriel",
        "née le 3 mai", "date of birth", "mrs singh", "Mr. Singh", "mme Roy", "madame Roy", "@jo_roy", "www.jo.example",
        "https://jo.example", "٠٤٦ ٤٥٤ ٢٨٦",
        "facebook.com/jo.roy", "jo.roy.ca", "Jo-Roy.ORG", "linkedin in/jo-roy", "jo tremblay né 1980", "née  en mai",
        "date de naissance 1 2 90",
    ],
)  # fmt: skip
def test_what_reaches_numbers_or_introduces_a_person_is_seen(text: str) -> None:
    assert may_tell_of_a_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "dental hygienist", "72106", "NOC 72106", "CNP 33102", "51.0602", "MH-101", "CGP-SAN-101", "C#", "C++",
        "ms excel", "excel 2019", "autocad 2024", "under $1,500", "moins de 500 $", "12 weeks", "2 year diploma", "g1",
        "i want to be a nurse", "je veux devenir soudeuse", "main street", "rue", "moncton", "app developer",
        "unit clerk", "iso 9001", "first aid level c", "windows 11", "3d printing", "web 2.0", "nurse 24/7",
        "node.js", "asp.net", ".net", "vb.net core", "linkedin", "je suis infirmière", "nail care", "inné 2.0",
    ],
)  # fmt: skip
def test_jobs_skills_codes_and_prices_are_not(text: str) -> None:
    assert not may_tell_of_a_person(text)


@given(st.emails(), st.sampled_from(["", "nurse ", "soudeuse "]))
def test_no_address_gets_by(address: str, before: str) -> None:
    assert may_tell_of_a_person(before + address)


@given(st.text(alphabet="0123456789", min_size=7, max_size=12), st.sampled_from("- ./"))
def test_no_long_number_gets_by_however_it_is_parted(digits: str, mark: str) -> None:
    assert may_tell_of_a_person(mark.join(digits))
