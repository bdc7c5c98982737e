"""A folder is read as a judged collection, or refused with a sentence."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.relevance.collection import (
    Collection,
    CollectionError,
    Query,
    QuerySet,
    index_part,
    language_of,
    listing_id,
    read_collection,
)

DOCUMENTS = [
    {"_id": "d.1", "title": "Welding", "text": "Learn to weld with the torch."},
    {"_id": "d2", "title": "Cooking", "text": "Cook for a crowd in the kitchen."},
]
QUERIES = [{"_id": "q1", "text": "welder", "lang": "en"}, {"_id": "q2", "text": "cuisinier", "lang": "fr"}]
JUDGED = "query-id\tcorpus-id\tscore\nq1\td.1\t1\nq2\td2\t2\n"


def lines(rows: Sequence[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def a_folder(
    root: Path,
    documents: Sequence[Mapping[str, Any]] = DOCUMENTS,
    queries: Sequence[Mapping[str, Any]] = QUERIES,
    judged: str = JUDGED,
) -> Path:
    folder = root / "My Set_1"
    folder.mkdir()
    (folder / "corpus.jsonl").write_text(lines(documents), encoding="utf-8")
    (folder / "titles.queries.jsonl").write_text(lines(queries), encoding="utf-8")
    (folder / "titles.qrels.tsv").write_text(judged, encoding="utf-8")
    return folder


def only_set(collection: Collection) -> QuerySet:
    (found,) = collection.sets
    return found


def test_documents_queries_and_judgements_are_read(tmp_path: Path) -> None:
    found = read_collection(a_folder(tmp_path))
    assert (found.name, found.documents, found.language) == ("my-set-1", 2, "en")
    assert [(query.id, query.text, query.language) for query in only_set(found).queries] == [
        ("q1", "welder", "en"),
        ("q2", "cuisinier", "fr"),
    ]
    assert only_set(found).judged == {"q1": {"my-set-1.d-1": 1}, "q2": {"my-set-1.d2": 2}}


def test_an_id_may_be_called_id(tmp_path: Path) -> None:
    renamed = [{"id": row["_id"], **{key: row[key] for key in row if key != "_id"}} for row in DOCUMENTS]
    queries = [{"id": row["_id"], "text": row["text"]} for row in QUERIES]
    found = read_collection(a_folder(tmp_path, renamed, queries))
    assert found.documents == 2
    assert [query.language for query in only_set(found).queries] == ["en", "en"]


def test_the_four_columns_of_trec_are_read_too(tmp_path: Path) -> None:
    found = read_collection(a_folder(tmp_path, judged="q1\t0\td.1\t1\nq1\t0\td2\t0\n"))
    assert only_set(found).judged == {"q1": {"my-set-1.d-1": 1, "my-set-1.d2": 0}}


def test_queries_nothing_answers_are_left_out(tmp_path: Path) -> None:
    found = read_collection(a_folder(tmp_path, judged="q1\td.1\t1\nq2\td2\t0\n"))
    assert [query.id for query in only_set(found).queries] == ["q1"]


def test_only_the_named_sets_are_read(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    assert len(read_collection(folder, ("titles",)).sets) == 1
    with pytest.raises(CollectionError, match=r"holds no others\.queries\.jsonl"):
        read_collection(folder, ("others",))


def test_a_sample_is_the_same_every_time_and_never_larger_than_the_set(tmp_path: Path) -> None:
    queries = [{"_id": f"q{number}", "text": "weld"} for number in range(50)]
    judged = "".join(f"q{number}\td.1\t1\n" for number in range(50))
    found = only_set(read_collection(a_folder(tmp_path, queries=queries, judged=judged)))
    assert found.sampled(9) == found.sampled(9)
    assert len({query.id for query in found.sampled(9).queries}) == 9
    assert found.sampled(None) is found.sampled(50) is found.sampled(51) is found


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("corpus.jsonl", r"holds no corpus\.jsonl"),
        ("titles.queries.jsonl", r"holds no \*\.queries\.jsonl"),
        ("titles.qrels.tsv", r"titles\.queries\.jsonl has no titles\.qrels\.tsv"),
    ],
)
def test_a_folder_without_one_of_its_files_is_refused_in_a_sentence(tmp_path: Path, missing: str, said: str) -> None:
    folder = a_folder(tmp_path)
    (folder / missing).unlink()
    with pytest.raises(CollectionError, match=said):
        read_collection(folder)


def test_a_line_that_is_no_object_with_an_id_is_named(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match=r"corpus\.jsonl, line 2, is not an object with an _id or id"):
        read_collection(a_folder(tmp_path, [DOCUMENTS[0], {"title": "no id"}]))


def test_a_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / "corpus.jsonl").write_text(lines(DOCUMENTS[:1]) + "{broken\n", encoding="utf-8")
    with pytest.raises(CollectionError, match=r"corpus\.jsonl, line 2, is not JSON"):
        read_collection(folder)


@pytest.mark.parametrize("judged", ["", "query-id\tcorpus-id\tscore\n"])
def test_judgements_without_a_row_are_refused(tmp_path: Path, judged: str) -> None:
    with pytest.raises(CollectionError, match=r"titles\.qrels\.tsv holds no row"):
        read_collection(a_folder(tmp_path, judged=judged))


def test_judgements_of_other_queries_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="No query"):
        read_collection(a_folder(tmp_path, judged="q9\td.1\t1\n"))


def test_the_language_is_that_of_the_little_words() -> None:
    assert language_of(iter(["Apprendre à souder dans un atelier avec les outils du métier"])) == "fr"
    assert language_of(iter(["Learn to weld in the shop with a torch"])) == "en"
    assert language_of(iter([])) == "en"


@given(st.text())
def test_a_listing_id_holds_only_what_the_indexer_lets_stand(identifier: str) -> None:
    found = listing_id("nj", identifier)
    assert found.isascii()
    assert found.startswith("nj.")
    assert listing_id("nj", found.removeprefix("nj.")) == found


@given(st.text())
def test_any_folder_name_can_stand_in_the_name_of_an_index(name: str) -> None:
    part = index_part(name)
    assert part
    assert part.isascii()
    assert part == part.lower()
    assert not part.startswith("-")


def test_a_course_has_the_best_grade_of_its_listings() -> None:
    judged = {"q": {"c.1": 1, "c.2": 3, "c.9": 2}}
    found = QuerySet("s", (Query("q", "welder", "en"),), judged).by_course({"c.1": "c.1", "c.2": "c.1"})
    assert found.judged == {"q": {"c.1": 3, "c.9": 2}}
