"""Files of golden queries: what is read, and how each mistake is named."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from mappings.golden import LONGEST_TEXT, GoldenError, GoldenQuery, asked_digest, read_golden
from search_api.parameters import LONGEST_QUERY

WELDING: dict[str, Any] = {
    "id": "en-1", "class": "skill", "language": "en", "text": "welding", "grades": {3: ["maple.W-1"], 1: ["pins.S-1"]},
}  # fmt: skip
NOTHING: dict[str, Any] = {"id": "en-2", "class": "nothing", "language": "en", "text": "fly a kite", "grades": {3: []}}


def read(folder: Path, content: Any) -> tuple[GoldenQuery, ...]:
    path = folder / "own.yml"
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content), encoding="utf-8")
    return read_golden(path)


def test_a_query_knows_the_grade_of_each_judged_listing(tmp_path: Path) -> None:
    welding, nothing = read(tmp_path, [WELDING, NOTHING])
    assert (welding.judged, nothing.judged) == ({"maple.W-1": 3, "pins.S-1": 1}, {})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([WELDING, {**NOTHING, "class": "magic"}], r"own\.yml, query 2 \(en-2\): class: Input should be 'job_title'"),
        ([{**WELDING, "language": "de"}], r"own\.yml, query 1 \(en-1\): language"),
        ([{**WELDING, "text": ""}], r"query 1 \(en-1\): text"),
        ([{**WELDING, "text": "x" * 201}], r"query 1 \(en-1\): text"),
        ([{**WELDING, "grades": {4: ["maple.W-1"]}}], r"query 1 \(en-1\): grades"),
        ([{**WELDING, "grades": {3: ["a"], 2: ["a"]}}], r"query 1 \(en-1\): Value error, a has two grades"),
        ([{**WELDING, "grades": {}}], r"query 1 \(en-1\): .*no listing has a grade"),
        ([{"text": "welding"}], r"own\.yml, query 1: id"),
        (["welding"], r"own\.yml, query 1: "),
        ([WELDING, WELDING], r"own\.yml: the query en-1 stands twice"),
        ("- [", r"own\.yml is not YAML: while parsing"),
        ("", r"own\.yml is not a list of golden queries"),
        ("queries: []", r"own\.yml is not a list of golden queries"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_row_in_one_line(tmp_path: Path, content: Any, words: str) -> None:
    with pytest.raises(GoldenError, match=words) as refused:
        read(tmp_path, content)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldenError, match=r"the golden queries gone\.yml are not there"):
        read_golden(tmp_path / "gone.yml")
    (tmp_path / "own.yml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(GoldenError, match=r"own\.yml cannot be read"):
        read_golden(tmp_path / "own.yml")


def test_answers_hold_for_other_grades_but_not_for_other_words(tmp_path: Path) -> None:
    first = asked_digest(read(tmp_path, [WELDING, NOTHING]))
    assert asked_digest(read(tmp_path, [{**WELDING, "grades": {2: ["maple.W-1"]}}, NOTHING])) == first
    assert asked_digest(read(tmp_path, [{**WELDING, "text": "weld"}, NOTHING])) != first


def test_a_query_may_be_as_long_as_the_reader_takes() -> None:
    assert LONGEST_TEXT == LONGEST_QUERY
