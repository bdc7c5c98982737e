"""Mappings proposed for files nobody has mapped."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.drafts.draft import draft, write_draft
from indexer.drafts.names import is_of_a_person, language_of, name_likeness, words_of
from indexer.drafts.notations import expression
from indexer.drafts.paths import profiles
from indexer.drafts.samples import DOCUMENT_LIMIT, LINE_LIMIT, read_sample
from indexer.drafts.text import mapping_text
from indexer.drafts.words import read_words
from indexer.failures import IndexerError
from indexer.mapping import read_mapping
from mappings.contract import Contract, listing_contract
from tests.indexer.conftest import ndjson

TODAY = dt.date(2026, 11, 24)
COURSES = [
    {
        "courseCode": f"WLD-{number}", "name": {"en": f"Welding, part {number}", "fr": f"Soudage, partie {number}"},
        "summary": f"Lay flat beads with a wire feeder and keep a fire watch, part {number} of a set for beginners.",
        "mode": ["Campus", "Web", "Zoom room"][number % 3], "price": f"{number}50.00", "length": f"{number + 2} weeks",
        "sessions": [{"startDate": f"2027-0{number + 1}-01T09:00:00Z", "room": "B12"}], "published": number != 3,
        "status": ["open", "closed"][number % 2],
        "contact": {"fullName": "Pat Example", "email": "pat@weld.example", "city": "Sudbury"},
        "keywords": f"pat{number}@weld.example", "info": f"call 705-555-01{number}0",
    }
    for number in range(1, 7)
]  # fmt: skip


def write(folder: Path, name: str, content: Any) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode())
    return path


def proposed(path: Path, join: Path | None = None) -> str:
    other = read_sample(join) if join else None
    return mapping_text(draft(read_sample(path), listing_contract(), TODAY, other))


def rules(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text)["fields"]
    return found


def test_names_and_values_tell_the_fields(tmp_path: Path) -> None:
    found = rules(proposed(write(tmp_path, "catalog.json", {"count": 6, "data": {"courses": COURSES}})))
    assert found["id"] == "courseCode"
    assert (found["en.title"], found["fr.title"]) == ("name.en", "name.fr")
    assert found["weeks"] == "length"
    assert not found.keys() & {"hours", "hours_per_week", "currency"}
    assert found["starts"] == {"path": "sessions[].startDate", "transform": "upcoming"}
    assert found["cost"] == "price"
    assert found["en.description"] == "summary"
    assert found["language"] == {"value": "en"}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("{} weeks", "weeks"), ("{} mois", "weeks"), ("{} hours", "hours"), ("{} h", "hours"),
        ("{} hours/week", "hours_per_week"), ("{} heures par semaine", "hours_per_week"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a", "duration", "effort"])
def test_a_length_with_its_unit_is_of_the_field_it_states_whatever_it_is_called(
    name: str, said: str, field: str, tmp_path: Path
) -> None:
    bodies = [{"id": f"A{number}", "title": f"Welding {number}", name: said.format(number)} for number in range(1, 9)]
    text = proposed(write(tmp_path, "a.json", bodies))
    proposals = re.findall(rf"^  (?:# unsure: )?(\w+): {name} ", text, re.MULTILINE)
    assert proposals == [field]


def test_a_path_that_says_hours_a_day_too_is_read_by_the_transform_that_leaves_them_out(tmp_path: Path) -> None:
    said = ["6 hours/week", "8 hours/day"]
    bodies = [{"id": f"A{at}", "title": f"Welding {at}", "time_commitment": said[at % 2]} for at in range(8)]
    found = rules(proposed(write(tmp_path, "a.json", bodies)))
    assert found["hours_per_week"] == {"path": "time_commitment", "transform": "hours_per_week"}


def test_starts_in_words_are_kept_beside_days_that_are_gone_by(tmp_path: Path) -> None:
    said = ["January 18, 2027", "2020-01-18"]
    bodies = [{"id": f"A{at}", "title": f"Welding {at}", "start_date": said[at % 2]} for at in range(8)]
    found = rules(proposed(write(tmp_path, "a.json", bodies)))
    assert found["starts"] == {"path": "start_date", "transform": "upcoming_or_words"}


def test_the_list_of_listings_is_found_within_pages_and_providers(tmp_path: Path) -> None:
    text = proposed(write(tmp_path, "a.json", {"meta": [{"a": 1}] * 90, "data": {"courses": COURSES}}))
    assert yaml.safe_load(text)["records"] == "data.courses"
    nested = [{"name": "North", "courses": COURSES[:3]}, {"name": "South", "courses": COURSES[3:]}]
    text = proposed(write(tmp_path, "b.json", {"providers": nested}))
    assert yaml.safe_load(text)["records"] == "providers[].courses[]"


def test_a_record_by_itself_is_a_list_of_one(tmp_path: Path) -> None:
    sample = read_sample(write(tmp_path, "a.json", {**COURSES[0], "id": "A", "topics": [{"x": 1}, {"x": 2}]}))
    assert (sample.place, len(sample.records)) == ("[@]", 1)


def test_values_of_closed_lists_become_a_vocabulary_and_what_is_unknown_a_todo(tmp_path: Path) -> None:
    text = proposed(write(tmp_path, "a.json", COURSES))
    assert rules(text)["delivery"]["vocabulary"] == {"Campus": "in_person"}
    assert (
        "  # TODO delivery: in no list of ours: “Zoom room” (2); a vocabulary makes them online, in_person, hybrid\n"
    ) in text


def test_flags_and_states_are_proposed_as_conditions_and_never_switched_on(tmp_path: Path) -> None:
    text = proposed(write(tmp_path, "a.json", COURSES))
    assert "# where: published  # would keep 5 of 6" in text
    assert "# where: status == 'open'  # would keep 3 of 6" in text
    assert "where" not in yaml.safe_load(text)


def test_nobody_and_no_address_is_in_a_proposal(tmp_path: Path) -> None:
    text = proposed(write(tmp_path, "a.json", COURSES))
    assert not re.search(r"Pat|@weld|555|beginners", text)
    assert all(name not in json.dumps(rules(text)) for name in ("contact", "keywords"))
    assert "#   contact.fullName" in text
    assert "#   info" in text


def test_each_rule_says_how_often_its_path_is_filled_and_shows_some_values(tmp_path: Path) -> None:
    text = proposed(write(tmp_path, "a.json", [*COURSES, {"courseCode": "X"}]))
    assert "en.title: name.en  # 86 % filled, 6 distinct: “Welding, part 1”, “Welding, part 2”" in text


def test_a_second_file_is_joined_by_the_name_whose_values_both_share(tmp_path: Path) -> None:
    prices = [
        {"no": number, "courseCode": f"WLD-{number}", "start": f"{2026 + part}-03-01", "fee": 100 * number + part}
        for number in range(1, 6)
        for part in range(2)
    ]
    runs = write(tmp_path, "runs.json", prices)
    bare = [{name: value for name, value in one.items() if name not in ("price", "sessions")} for one in COURSES]
    text = proposed(write(tmp_path, "a.json", bare), runs)
    assert yaml.safe_load(text)["join"] == {"file": "runs.json", "key": "courseCode", "as": "runs"}
    assert rules(text)["cost"] == "sort_by(runs || `[]`, &start || '')[-1].fee"
    assert rules(text)["starts"]["path"] == "runs[].start"
    with pytest.raises(IndexerError, match="share"):
        proposed(tmp_path / "a.json", write(tmp_path, "others.json", [{"courseCode": "none of them"}]))


def test_a_table_with_a_heading_and_names_of_its_own_is_read_by_its_columns(tmp_path: Path) -> None:
    table = "Catalogue 2027;;;\nSigle;Titre du cours;Durée (semaines);Coût;Courriel\n" + "".join(
        f"S-{number};Soudage à plat, partie {number};{number};{number}00,50 $;a{number}@b.example\n"
        for number in range(1, 5)
    )
    found = rules(proposed(write(tmp_path, "a.csv", table.encode("cp1252"))))
    assert (found["id"], found["cost"], found["weeks"]) == ("Sigle", '"Coût"', '"Durée (semaines)"')
    assert found.get("title", found.get("fr.title")) == '"Titre du cours"'
    assert "Courriel" not in json.dumps(found)


def test_a_number_without_its_unit_and_a_rare_path_are_only_comments(tmp_path: Path) -> None:
    bodies = [{"id": number, "title": f"Course {number}", "duration": number + 1} for number in range(20)]
    text = proposed(write(tmp_path, "a.json", [{**bodies[0], "price": 5}, *bodies[1:]]))
    assert not rules(text).keys() & {"weeks", "cost"}
    assert "# unsure: weeks: duration" in text
    assert "# unsure: cost: price" in text


def test_addresses_without_their_site_are_a_todo(tmp_path: Path) -> None:
    bodies = [{"id": number, "title": f"Course {number}", "page": f"/courses/{number}"} for number in range(3)]
    assert "# TODO url: {path: page, prefix: 'https://'}" in proposed(write(tmp_path, "a.json", bodies))


def test_the_first_of_several_topics_is_the_subject_and_a_price_stands_under_its_amount(tmp_path: Path) -> None:
    topics = [{"name": "Area: Cybersecurity"}, {"name": "Finance"}]
    bodies = [{"id": n, "title": f"Course {n}", "topics": topics, "price": {"amount": n + 1}} for n in range(3)]
    found = rules(proposed(write(tmp_path, "a.json", bodies)))
    assert found["subject"]["path"] == "topics[].name | [0]"
    assert found["subject"]["vocabulary"]["Area: Cybersecurity"] == "cybersecurity"
    assert found["cost"] == "price.amount"


def test_what_is_required_and_missing_is_said(tmp_path: Path) -> None:
    text = proposed(write(tmp_path, "a.json", [{"colour": "red"}, {"colour": "red"}]))
    assert "# TODO id: required" in text
    assert "# TODO title: required" in text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", b"", "is empty"), ("a.json", b"[", "is not readable as JSON"), ("a.json", b"7", "no list of rec"),
        ("a.json", b"[" * 100_000, "nested too deeply"), ("a.json", b"\0\1\2PNG", "bytes that are no text"),
        ("a.ndjson", b"[1]\nx\n", "no line that is a JSON object"), ("a.csv", b"a,b\n", "no row below its header"),
        ("a.xlsx", b"PK no book", "cannot be read as a workbook"), ("a.pdf", b"%PDF", "of no known format"),
        ("a.ndjson", b'{"a":"' + b"x" * LINE_LIMIT, "has a line of more than 10 MB"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_in_one_sentence(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    with pytest.raises(IndexerError, match=words) as refused:
        read_sample(write(tmp_path, name, content))
    assert "\n" not in str(refused.value)
    assert str(refused.value).startswith(name)


def test_a_document_too_large_to_hold_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.json").open("wb") as file:
        file.truncate(DOCUMENT_LIMIT + 1)
    with pytest.raises(IndexerError, match="larger than 100 MB"):
        read_sample(tmp_path / "a.json")
    with pytest.raises(IndexerError, match="is not there"):
        read_sample(tmp_path / "b.json")


def test_a_broken_line_leaves_the_others(tmp_path: Path) -> None:
    path = write(tmp_path, "a.ndjson", b"\xef\xbb\xbf" + (ndjson(*COURSES) + "{broken\n" + "[" * 9_999).encode())
    assert len(read_sample(path).records) == 6


HOSTILE = "x\n  cost: {value: 0}\n# \u2028”"


def test_names_and_values_of_a_file_cannot_write_into_the_mapping(tmp_path: Path) -> None:
    bodies = [
        {"id": f"{number}{HOSTILE}", "title": f"{HOSTILE}{number}", HOSTILE: "a", "it's": "b", "mode": f"web{HOSTILE}"}
        for number in range(3)
    ]
    text = proposed(write(tmp_path, "a.json", bodies))
    assert "cost" not in rules(text)
    assert not any(line.lstrip().startswith("cost") for line in text.splitlines())


names = st.text(max_size=12) | st.sampled_from(["title", "id", "price", "start_date", "mode", "published", "status"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("2027-01-01"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.dictionaries(names, values, max_size=5), min_size=1, max_size=4))
def test_whatever_records_hold_the_proposal_is_a_mapping(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    made = draft(read_sample(write(folder, "a.json", json.dumps(bodies).encode())), listing_contract(), TODAY)
    write_draft(made, folder / "m.yml", listing_contract())
    read_mapping(folder / "m.yml", listing_contract())


def test_a_mapping_that_is_there_is_not_written_over(tmp_path: Path, contract: Contract) -> None:
    made = draft(read_sample(write(tmp_path, "a.json", COURSES)), contract, TODAY)
    write_draft(made, tmp_path / "m.yml", contract)
    with pytest.raises(IndexerError, match="is there already"):
        write_draft(made, tmp_path / "m.yml", contract)


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        (("a", "b"), "a.b"), (("runs", "[]", "price"), "runs[].price"), (("Course Title",), '"Course Title"'),
        (("coût", "[]", "[]"), '"coût"[][]'), (('say "x"',), '"say \\"x\\""'),
    ],
)  # fmt: skip
def test_a_path_is_written_as_jmespath(steps: tuple[str, ...], text: str) -> None:
    assert expression(steps) == text


def test_a_path_that_is_deep_or_one_of_very_many_is_left_alone() -> None:
    deep: dict[str, Any] = {"title": "A"}
    for _ in range(50):
        deep = {"a": deep}
    assert profiles([deep]) == []
    assert len(profiles([{f"n{number}": 1 for number in range(5_000)}])) == 1_000


def test_a_list_longer_than_any_of_ours_is_not_looked_up_value_by_value(contract: Contract) -> None:
    reading = read_words([f"Online {number}" for number in range(500)], contract.named("delivery"), contract)
    assert (len(reading.unknown), reading.guessed, reading.share) == (500, {}, 0)


@pytest.mark.parametrize(
    ("name", "words"), [("startDate", ("start", "date")), ("start_date", ("start", "date")), ("Coût", ("cout",))]
)
def test_a_name_is_read_by_its_words(name: str, words: tuple[str, ...]) -> None:
    assert words_of(name) == words


@pytest.mark.parametrize(
    ("names", "field"),
    [
        (("start_date",), "starts"), (("Prix",), "cost"), (("totalcost",), "cost"), (("Durée en semaines",), "weeks"),
        (("inLanguage",), "language"), (("title_fr",), "title"), (("Titre (français)",), "title"),
    ],
)  # fmt: skip
def test_a_name_speaks_for_its_field(names: tuple[str, ...], field: str, contract: Contract) -> None:
    likeness = {item.name: name_likeness(names, item.name, contract) for item in contract.columns()}
    assert max(likeness, key=likeness.__getitem__) == field


@pytest.mark.parametrize(
    "names", [("contactname",), ("instructors", "name"), ("Courriel",), ("Personne-ressource",), ("faculty_name",)]
)
def test_a_path_of_a_person_is_known_by_its_name(names: tuple[str, ...]) -> None:
    assert is_of_a_person(names)


def test_a_path_says_the_language_of_its_text() -> None:
    assert (language_of(("title", "fr")), language_of(("title_en",)), language_of(("title",))) == ("fr", "en", None)
