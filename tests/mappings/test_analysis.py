"""What the analyzers make of words, asked of the real engine."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opensearchpy import OpenSearch

from mappings.abridged import ABRIDGED_TAIL
from mappings.contract import LANGUAGES

SEARCHED = (*LANGUAGES, "plain")


class Analyzers:
    """The analyzers of one index."""

    def __init__(self, engine: OpenSearch, index: str) -> None:
        self._engine, self._index = engine, index

    def words(self, analyzer: str, text: str) -> list[str]:
        body = {"analyzer": analyzer, "text": text}
        return [token["token"] for token in self._engine.indices.analyze(index=self._index, body=body)["tokens"]]

    def normal(self, text: str) -> str:
        body = {"normalizer": "facet", "text": text}
        tokens = self._engine.indices.analyze(index=self._index, body=body)["tokens"]
        return str(tokens[0]["token"])


@pytest.fixture
def analyzers(engine: OpenSearch, index: str) -> Analyzers:
    return Analyzers(engine, index)


def meet(analyzers: Analyzers, analyzer: str, *texts: str) -> bool:
    """Whether all texts come to the same words, and to some."""
    found = [analyzers.words(analyzer, text) for text in texts]
    return bool(found[0]) and all(words == found[0] for words in found)


@pytest.mark.parametrize("analyzer", ["fr", "plain"])
def test_accents_and_case_do_not_part_words(analyzers: Analyzers, analyzer: str) -> None:
    assert meet(analyzers, analyzer, "Hygiéniste dentaire", "hygieniste DENTAIRE")
    assert meet(analyzers, analyzer, "ÉLECTRICITÉ", "electricite")


def test_the_french_article_gender_and_number_do_not_part_words(analyzers: Analyzers) -> None:
    assert meet(analyzers, "fr", "l'infirmière", "l’infirmière", "infirmiers", "infirmière", "infirmier", "infirmières")
    assert meet(analyzers, "fr", "d’électricien", "électriciens", "électricienne")
    assert meet(analyzers, "fr", "travailleuses sociales", "travailleuse sociale")


@pytest.mark.parametrize("analyzer", ["fr", "plain"])
def test_an_article_is_cut_before_a_vowel_in_every_kind_of_apostrophe(analyzers: Analyzers, analyzer: str) -> None:
    assert meet(analyzers, analyzer, "école", *(f"l{mark}école" for mark in "'’‘ʼ´＇"))


INCLUSIVE = (
    "technicien·ne", "technicien(ne)", "techniciens(nes)", "technicien.ne.s", "technicien/ne", "TECHNICIEN·NE·S",
    "technicien‧ne", "technicien-ne", "technicien-ne-s", "technicien(-ne)s", "technicien (ne)", "technicien‑ne",
    "technicien⋅ne", "technicien-nes", "technicien(ne)(s)", "technicien/ne/s",
)  # fmt: skip


@pytest.mark.parametrize("analyzer", SEARCHED)
def test_endings_that_name_women_too_do_not_part_words(analyzers: Analyzers, analyzer: str) -> None:
    plain = analyzers.words(analyzer, "technicien en soins")
    assert [analyzers.words(analyzer, f"{form} en soins")[1:] for form in INCLUSIVE] == [plain[1:]] * len(INCLUSIVE)
    assert meet(analyzers, analyzer, "technicien", *(form for form in INCLUSIVE if "techniciens" not in form))
    assert meet(analyzers, "fr", "infirmier", "infirmier(ère)", "infirmier·ère·s", "INFIRMIER·ÈRE")
    assert meet(analyzers, "fr", "préposé aux bénéficiaires", "préposé(e)s aux bénéficiaires")


STAYING = (
    "e.g. welding", "CI/CD", "C/C++", "and/or", "M.B.A.", "on-e", "Node.js", "ASP.NET", "male/female", "web/e-commerce",
    "dites-le", "pale-ale", "cut and (e) paint",
)  # fmt: skip


@pytest.mark.parametrize("analyzer", SEARCHED)
def test_what_only_looks_like_such_an_ending_stays(analyzers: Analyzers, analyzer: str) -> None:
    for text in STAYING:
        assert analyzers.words(analyzer, text) == analyzers.words(analyzer, text.replace("/", " / "))
    assert "net" not in analyzers.words(analyzer, "ASP.NET")


@given(text=st.text(alphabet="technicinesèr·•‧⋅.()-‑/ s", max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_the_engine_leaves_out_what_the_finder_leaves_out(analyzers: Analyzers, text: str) -> None:
    assert analyzers.words("plain", text) == analyzers.words("plain", ABRIDGED_TAIL.sub("", text))


def marked(engine: OpenSearch, index: str, title: str, query: str) -> str:
    """A French title with what a query finds in it marked; empty where it finds nothing."""
    engine.index(index=index, id="inclusive", body={"id": "inclusive", "fr": {"title": title}}, refresh=True)
    body = {"query": {"match": {"fr.title.fr": query}}, "highlight": {"fields": {"fr.title.fr": {}}}}
    hits = engine.search(index=index, body=body)["hits"]["hits"]
    engine.delete(index=index, id="inclusive", refresh=True)
    return str(hits[0]["highlight"]["fr.title.fr"][0]) if hits else ""


@pytest.mark.parametrize("query", ["technicien", "techniciennes", "technicien·ne", "technicien(ne)s", "TECHNICIEN-NE"])
@pytest.mark.parametrize("title", ["technicien·ne", "technicien", "Techniciens(nes)", "technicien-ne-s"])
def test_any_writing_finds_any_other_and_marks_the_words_as_written(
    engine: OpenSearch, index: str, title: str, query: str
) -> None:
    assert marked(engine, index, f"Devenir {title} en soins", query) == f"Devenir <em>{title}</em> en soins"
    assert not marked(engine, index, "Devenir agent·e en soins", query)


def test_english_plurals_and_possessives_do_not_part_words(analyzers: Analyzers) -> None:
    assert meet(analyzers, "en", "welders", "welder's", "welder’s", "welder")
    assert meet(analyzers, "en", "nurses", "nurse")


@pytest.mark.parametrize("analyzer", SEARCHED)
def test_programming_names_are_words_of_their_own(analyzers: Analyzers, analyzer: str) -> None:
    names = ("C", "C++", "C#", "F#", ".NET", "ASP.NET", "Node.js", "Vue.js", "R", "Java", "JavaScript")
    found = [tuple(analyzers.words(analyzer, name)) for name in names]
    assert all(len(words) == 1 for words in found)
    assert len(set(found)) == len(names)


@pytest.mark.parametrize("analyzer", SEARCHED)
def test_a_programming_name_is_one_word_however_it_is_written(analyzers: Analyzers, analyzer: str) -> None:
    assert meet(analyzers, analyzer, "Node.js", "node js", "NodeJS")
    assert meet(analyzers, analyzer, "c++", "C++")
    assert meet(analyzers, analyzer, "learn .NET", "learn .net")


@pytest.mark.parametrize("analyzer", SEARCHED)
def test_a_mark_within_a_sentence_does_not_hide_a_programming_name(analyzers: Analyzers, analyzer: str) -> None:
    name = analyzers.words(analyzer, "C++")[0]
    assert name in analyzers.words(analyzer, "Learn C, C++, and C#.")
    assert analyzers.words(analyzer, "C#")[0] in analyzers.words(analyzer, "Learn C, C++, and C#.")


@pytest.mark.parametrize("analyzer", SEARCHED)
def test_a_word_within_a_word_is_not_taken_for_a_programming_name(analyzers: Analyzers, analyzer: str) -> None:
    assert analyzers.words(analyzer, ".NET")[0] not in analyzers.words(analyzer, "visit example.network now")


@pytest.mark.parametrize("analyzer", SEARCHED)
def test_compounds_meet_with_a_hyphen_a_space_or_none(analyzers: Analyzers, analyzer: str) -> None:
    assert meet(analyzers, analyzer, "full-stack developer", "full stack developer", "fullstack developer")
    assert meet(analyzers, analyzer, "e-learning", "elearning", "e learning")
    assert meet(analyzers, analyzer, "cyber security", "cybersecurity", "cyber-security")


def test_the_bookkeeper_and_bookkeeping_meet(analyzers: Analyzers) -> None:
    assert meet(analyzers, "en", "bookkeeper", "bookkeeping", "book-keeping", "book keepers")


@pytest.mark.parametrize("analyzer", SEARCHED)
@pytest.mark.parametrize("word", ["AI", "IA", "IT", "R", "C", "RH", "HR", "UX", "TI"])
def test_short_words_that_name_a_field_survive(analyzers: Analyzers, analyzer: str, word: str) -> None:
    assert analyzers.words(analyzer, word) == [word.lower()]


def test_devops_and_organics_are_not_stemmed_into_something_else(analyzers: Analyzers) -> None:
    assert analyzers.words("en", "DevOps") == ["devops"]
    assert not meet(analyzers, "en", "organic farming", "organization farming")


def test_little_words_are_left_out_of_stems_and_kept_in_plain_words(analyzers: Analyzers) -> None:
    assert analyzers.words("en", "the law of the land") == ["law", "land"]
    assert len(analyzers.words("fr", "la gestion de projet")) == 2
    assert len(analyzers.words("plain", "the law of the land")) == 5


def test_a_beginning_is_enough_while_typing(analyzers: Analyzers) -> None:
    assert analyzers.words("type", "Hygié")[0] in analyzers.words("edge", "l’hygiéniste dentaire")
    assert "d" not in analyzers.words("edge", "dentaire")


def test_a_whole_name_is_compared_without_case_accents_and_kind_of_apostrophe(analyzers: Analyzers) -> None:
    assert analyzers.normal("Collège de l’Érable") == analyzers.normal("college de l'erable")
