"""Filters said in a query, framing, and the subject that is left."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from mappings.contract import Contract, Language, listing_contract
from mappings.phrases import key_of, words_of
from search_api.limits.choices import filter_parameters
from search_api.limits.places import gazetteer
from search_api.limits.reader import Limit, LimitReader, Said
from search_api.limits.text import folded
from search_api.limits.words import words
from search_api.parameters import parameters_model

TODAY = dt.date(2026, 11, 25)
INSTITUTIONS = [("Maple Harbour College", "maple-harbour"), ("Collège des Grands-Pins", "grands-pins")]
READER = LimitReader(listing_contract(), gazetteer(), INSTITUTIONS)
# What queries are made of, so that random ones meet many rules at once.
PIECES = [
    *("online", "free", "in", "Sudbury", "à", "le soir", "$", "500", "1 200 $", "under", "or", "not", "course", "of"),
    *("moins de", "semaines", "starting", "March", "2027", "en français", "gratuit", ",", "’", "\u00a0", "-", "how to"),
    *(
        "become",
        "welder",
        "e\u0301",
        "London",
        "GTA",
        "OSAP",
        "hours",
        "a",
        "Maple Harbour College",
        "C++",
        ".NET",
        "ﬁ",
    ),
]
QUERIES = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
LANGUAGE: st.SearchStrategy[Language] = st.sampled_from(["en", "fr"])


def read(text: str, language: Language = "en", known: tuple[str, ...] = (), today: dt.date = TODAY) -> Said:
    protected = [(text.index(name), text.index(name) + len(name)) for name in known]
    return READER.read(text, language, today, protected)


def settings_of(limits: tuple[Limit, ...]) -> set[tuple[str, str]]:
    return {(limit.parameter, limit.value) for limit in limits}


def applied(text: str, language: Language = "en", known: tuple[str, ...] = ()) -> set[tuple[str, str]]:
    return settings_of(read(text, language, known).certain)


def suggested(text: str, language: Language = "en", known: tuple[str, ...] = ()) -> set[tuple[str, str]]:
    return settings_of(tuple(limit for limit in read(text, language, known).limits if not limit.certain))


def without(contract: Contract, *names: str) -> Contract:
    return dataclasses.replace(contract, fields=tuple(item for item in contract.fields if item.name not in names))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("welding under $500", "500"),
        ("welding under $1,200", "1200"),
        ("soudage moins de 1 200 $", "1200"),
        ("soudage moins de 1\u202f200\u00a0$", "1200"),
        ("welding 500$ or less", "500"),
        ("welding max 300 dollars", "300"),
        ("soudage jusqu’à 49,99 $", "49.99"),
        ("welding less than $1,200.50", "1200.5"),
        ("welding with $800", "800"),
        ("j'ai 800 $ soudage", "800"),
        ("welding up to $2k", "2000"),
        ("I can't spend more than $500", "500"),
        ("welding free", "0"),
        ("cours de soudage gratuits", "0"),
        ("apprendre gratuitement", "0"),
        ("welding at no cost", "0"),
    ],
)
def test_a_price_is_the_most_a_course_may_cost(text: str, value: str) -> None:
    assert applied(text, known=tuple(name for name in ("welding",) if name in text)) == {("cost_max", value)}


def test_two_prices_are_both_ends() -> None:
    both = {("cost_min", "200"), ("cost_max", "600")}
    assert applied("between $200 and $600") == applied("$200-$600") == applied("de 200 à 600 $", "fr") == both


@pytest.mark.parametrize("text", ["Windows 11 à 300 $", "Excel 365 - $300", "AutoCAD 2024 - $300", "from $600 to $200"])
def test_a_number_before_a_price_is_no_lower_end(text: str) -> None:
    assert "cost_min" not in {parameter for parameter, _value in applied(text)}


@pytest.mark.parametrize(
    "text",
    [
        "under 40",
        "jobs over $60,000",
        "under $25 an hour",
        "moins de 25 $ de l'heure",
        "salary under $50,000",
        "under $3 million",
        "dental hygienist 20 hours a week",
        "less than 2 years experience",
        "moins de 18 ans",
        "under 500 people",
    ],
)
def test_a_wage_an_age_or_a_bare_number_is_no_limit(text: str) -> None:
    assert not read(text).limits
    assert read(text).core == text


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("under 6 weeks", {("weeks_max", "6")}),
        ("en moins de 10 semaines", {("weeks_max", "10")}),
        ("under 3 months", {("weeks_max", "13")}),
        ("20 heures ou moins", {("hours_max", "20")}),
        ("over 40 hours", {("hours_min", "40")}),
        ("2-3 weeks", {("weeks_min", "2"), ("weeks_max", "3")}),
        ("in under two weeks", {("weeks_max", "2")}),
        ("under 6 weeks max $300", {("weeks_max", "6"), ("cost_max", "300")}),
    ],
)
def test_a_length_with_a_bound_is_applied(text: str, limits: set[tuple[str, str]]) -> None:
    assert applied(text) == limits


def test_a_length_alone_and_a_short_course_are_only_suggested() -> None:
    assert (applied("20 hours of welding"), suggested("20 hours of welding")) == (set(), {("hours_max", "20")})
    assert (applied("short welding course"), suggested("short welding course")) == (set(), {("weeks_max", "4")})


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("nurse online", ("delivery", "online")),
        ("online courses", ("delivery", "online")),
        ("cours en ligne", ("delivery", "online")),
        ("remote classes", ("delivery", "online")),
        ("formation à distance", ("delivery", "online")),
        ("nurse in person", ("delivery", "in_person")),
        ("infirmière en présentiel", ("delivery", "in_person")),
        ("hybrid courses", ("delivery", "hybrid")),
        ("nurse evenings", ("schedule", "evening")),
        ("cours du soir", ("schedule", "evening")),
        ("nurse on weekends", ("schedule", "weekend")),
        ("infirmière la fin de semaine", ("schedule", "weekend")),
        ("nurse daytime", ("schedule", "daytime")),
        ("nurse self-paced", ("pace", "self_paced")),
        ("infirmière à mon rythme", ("pace", "self_paced")),
        ("nurse in French", ("language", "fr")),
        ("infirmière en anglais", ("language", "en")),
        ("nurse OSAP", ("osap", "true")),
        ("infirmière avec le RAFEO", ("osap", "true")),
        ("nurse for beginners", ("level", "introductory")),
        ("cours avancé", ("level", "advanced")),
    ],
)
def test_a_value_said_in_words_is_applied(text: str, limit: tuple[str, str]) -> None:
    assert applied(text, "en") == applied(text, "fr") == {limit}


@pytest.mark.parametrize(
    "text",
    [
        "online journalism",
        "sell online",
        "remote work",
        "gestion à distance",
        "hybrid cars",
        "evening host",
        "weekend supervisor",
        "night manager",
        "night photography",
        "camp de jour",
        "robe du soir",
        "free climbing",
        "gluten free",
        "gluten-free",
        "logiciel gratuit",
        "French teacher",
        "business French",
        "French conversation",
        "writing in English",
        "rédaction en français",
        "advanced Excel",
        "bookkeeping certificate",
        "London fog",
        "Ottawa Senators",
        "university of Ottawa",
        "near Ottawa",
        "in the Ottawa area",
        "nurse from Sudbury",
        "OSAP advisor",
        "finish before March",
        "tax return in April",
    ],
)
def test_words_that_may_mean_something_else_are_never_applied_and_stay(text: str) -> None:
    said = read(text)
    assert not said.certain
    assert key_of(said.core) == key_of(text)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Night manager", "Night manager"),
        ("online marketing", "online marketing"),
        ("Project Online", "Project Online"),
        ("French course", "French course"),
        ("cours de cuisine", "cours de cuisine"),
        ("operator in training", "operator in training"),
        ("in person sales", "in person sales"),
    ],
)
def test_known_names_are_neither_limits_nor_framing(text: str, known: str) -> None:
    said = read(text, known=(known,))
    assert (said.core, said.limits, said.framing) == (text, (), ())


def test_a_hyphen_binds_a_word_to_the_next() -> None:
    assert not read("in person-centred care").limits
    assert not read("gluten-free").limits


def test_known_names_make_the_words_beside_them_clear() -> None:
    assert applied("free welding course") == set()
    assert applied("free welding course", known=("welding",)) == {("cost_max", "0")}
    assert read("I want to learn French", known=("learn French",)).core == "learn French"


@pytest.mark.parametrize(
    "text",
    [
        "not online",
        "no evenings",
        "except weekends",
        "without OSAP",
        "not evenings or weekends",
        "I do not want online courses",
        "pas le soir ni la fin de semaine",
        "pas à Sudbury",
        "I work nights",
        "je travaille le soir",
    ],
)
def test_what_is_denied_or_is_the_persons_own_is_no_limit(text: str) -> None:
    said = read(text)
    assert not said.limits
    assert key_of(said.core) == key_of(text)


def test_a_denial_ends_with_its_clause() -> None:
    assert applied("I work nights and need a daytime course") == {("schedule", "daytime")}
    assert applied("not sure, online") == {("delivery", "online")}


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("nurse in Sudbury", "Sudbury"),
        ("nurse Sudbury", "Sudbury"),
        ("nurse in Sudbury, Ontario", "Sudbury"),
        ("soudage à Sudbury", "Sudbury"),
        ("soudage au Grand Sudbury", "Sudbury"),
        ("nurse Greater Sudbury", "Sudbury"),
        ("nurse sault ste marie", "Sault Ste. Marie"),
        ("nurse in St Catharines", "St. Catharines"),
        ("nurse in London", "London"),
        ("nurse in Ottawa–Gatineau", "Ottawa"),
    ],
)
def test_a_city_is_written_as_listings_write_it(text: str, city: str) -> None:
    assert applied(text) == {("city", city)}


def test_a_city_has_every_spelling_that_listings_use() -> None:
    listed = {"Greater Sudbury", "Grand Sudbury", "Toronto"}
    reader = LimitReader(listing_contract(), gazetteer(), listed=listed)
    found = reader.read("nurse in Sudbury", "en", TODAY).certain
    assert {limit.value for limit in found} == {"Greater Sudbury", "Grand Sudbury"}


def test_two_cities_are_either() -> None:
    assert applied("nurse in London or Windsor") == {("city", "London"), ("city", "Windsor")}
    assert read("nurse in London or Windsor").core == "nurse"


def test_a_region_or_district_is_suggested_by_its_cities() -> None:
    assert ("city", "Mississauga") in suggested("nurse in the GTA")
    assert ("city", "Timmins") in suggested("infirmière dans le Nord de l’Ontario", "fr")
    assert suggested("nurse in Scarborough") == {("city", "Toronto")}
    assert not applied("nurse in the GTA")


def test_a_place_beside_online_is_where_the_person_is() -> None:
    assert applied("nurse online in Sudbury") == {("delivery", "online")}
    assert suggested("nurse online in Sudbury") == {("city", "Sudbury")}
    assert ("city", "Sudbury") in applied("nurse online or in person in Sudbury")


def test_every_city_of_a_region_is_itself_known() -> None:
    known = gazetteer()
    assert {city for _name, place in known.names for city in place.cities} <= known.spellings.keys()


def test_the_french_preposition_needs_its_accent_in_english_only() -> None:
    assert applied("a London tour", "en") == set()
    assert ("city", "London") in applied("soudage a London", "fr")


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("starting in January", {("starts_after", "2027-01-01"), ("starts_before", "2027-01-31")}),
        ("starting in November", {("starts_after", "2026-11-01"), ("starts_before", "2026-11-30")}),
        ("débutant en mars 2028", {("starts_after", "2028-03-01"), ("starts_before", "2028-03-31")}),
        ("January intake", {("starts_after", "2027-01-01"), ("starts_before", "2027-01-31")}),
        ("à partir de septembre", {("starts_after", "2027-09-01")}),
        ("à compter du 5 février", {("starts_after", "2027-02-05")}),
        ("before March", {("starts_before", "2027-02-28")}),
        ("avant novembre", {("starts_before", "2027-10-31")}),
        ("before March 15", {("starts_before", "2027-03-14")}),
        ("after December", {("starts_after", "2027-01-01")}),
    ],
)
def test_a_month_is_the_next_one_of_that_name(text: str, limits: set[tuple[str, str]]) -> None:
    assert applied(text) == limits


@pytest.mark.parametrize("text", ["starting January 2020", "before February 30", "start a business", "March"])
def test_a_date_gone_by_or_none_at_all_is_no_limit(text: str) -> None:
    assert not read(text).limits


def test_a_term_of_the_year_is_only_suggested() -> None:
    assert suggested("welding winter 2027") == {("starts_after", "2027-01-01"), ("starts_before", "2027-04-30")}
    assert not applied("welding winter 2027")


def test_an_institution_is_certain_by_its_whole_name_only() -> None:
    assert applied("nurse at Maple Harbour College") == {("institution", "maple-harbour")}
    assert applied("soins au college des grands pins", "fr") == {("institution", "grands-pins")}
    assert read("soins au Collège des Grands\u2011Pins", "fr").core == "soins"
    assert (applied("maple harbour nurse"), suggested("maple harbour nurse")) == (
        set(),
        {("institution", "maple-harbour")},
    )


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("how to become a welder", "welder"),
        ("courses for bookkeeping", "bookkeeping"),
        ("I want to be a data analyst", "data analyst"),
        ("I'd like to become an electrician in Ontario", "electrician"),
        ("training in payroll", "payroll"),
        ("micro-credential in payroll", "payroll"),
        ("welding near me please", "welding"),
        ("comment devenir soudeuse", "soudeuse"),
        ("cours de soudage", "soudage"),
        ("formation pour être soudeur", "soudeur"),
        ("je veux apprendre l’espagnol", "espagnol"),
        ("Est-ce qu’il y a des cours de soudage?", "soudage"),
        ("a course on C++", "C++"),
        (".NET courses", ".NET"),
        ("dog training", "dog training"),
        ("golf course", "golf course"),
        ("cours d'eau", "cours d'eau"),
        ("best practices in payroll", "best practices in payroll"),
    ],
)
def test_framing_goes_and_the_subject_stays(text: str, core: str) -> None:
    assert read(text, "fr" if "é" in text or "cours " in text else "en").core == core


def test_a_word_of_both_languages_is_read_in_the_interface_language() -> None:
    assert read("or et argent", "fr").core == "or et argent"
    assert read("or welding", "en").core == "welding"


@pytest.mark.parametrize("text", ["free online courses", "cours gratuits en ligne", "  online \t free\u00a0courses?"])
def test_nothing_but_limits_leaves_no_subject(text: str) -> None:
    assert read(text).core == ""
    assert applied(text) == {("cost_max", "0"), ("delivery", "online")}


@pytest.mark.parametrize("text", ["training", "how to become a", "courses", "the"])
def test_nothing_but_framing_is_the_subject_itself(text: str) -> None:
    assert read(text) == Said(text, (), ())


def test_case_accents_and_apostrophes_do_not_matter() -> None:
    assert applied("SOUDAGE A MON RYTHME") == applied("soudage à mon rythme") == applied("soudage a\u0300 mon rythme")
    assert applied("PSW l’après-midi", "fr") == applied("PSW l'apres-midi", "fr") == {("schedule", "daytime")}


def test_places_are_those_of_the_query_as_typed() -> None:
    text = "e\u0301te\u0301 ﬁn\u00a0: soudage à mon rythme à\u00a0Sudbury"
    found = {limit.parameter: text[limit.start : limit.end] for limit in read(text, "fr").certain}
    assert found == {"pace": "à mon rythme", "city": "à\u00a0Sudbury"}


def test_of_two_values_for_one_bound_the_first_is_applied() -> None:
    assert applied("under $500 or under $900") == {("cost_max", "500")}
    assert suggested("under $500 or under $900") == {("cost_max", "900")}


def test_a_filter_the_contract_does_not_have_is_never_said() -> None:
    bare = without(listing_contract(), "schedule", "cost", "starts", "place.city", "institution.id", "institution.kind")
    said = LimitReader(bare, gazetteer(), INSTITUTIONS).read(
        "nurse evenings under $500 starting in January in Sudbury Maple Harbour College", "en", TODAY
    )
    assert said.limits == ()


def test_the_word_lists_hold_text_only() -> None:
    """YAML reads a bare `no` or `on` as true or false."""
    found: list[object] = []

    def leaves(value: object, key: str = "") -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                leaves(inner, str(name))
                leaves(name)
        elif isinstance(value, list):
            for inner in value:
                leaves(inner, key)
        elif (isinstance(value, bool) and key != "known_before") or value is None:
            found.append((key, value))

    for name in ("choices", "amounts", "starts", "places", "framing"):
        leaves(words(name))
    assert found == []


def test_every_choice_is_a_value_of_the_contract() -> None:
    known = filter_parameters(listing_contract())
    for row in words("choices"):
        values = set(row.get("values", [row.get("value")]))
        assert not known[row["parameter"]] or values <= known[row["parameter"]], row


@given(text=QUERIES, language=LANGUAGE)
@settings(deadline=None)
def test_any_limit_read_is_a_valid_parameter_at_its_place(text: str, language: Language) -> None:
    contract = listing_contract()
    lists = {item.param for item in contract.with_role("filter") if not item.bounds and item.type != "flag"}
    for limit in READER.read(text, language, TODAY).limits:
        assert 0 <= limit.start < limit.end <= len(text)
        value = [limit.value] if limit.parameter in lists else limit.value
        parameters_model(contract).model_validate({limit.parameter: value})


@given(text=QUERIES, language=LANGUAGE)
@settings(deadline=None)
def test_the_subject_is_made_of_words_of_the_query(text: str, language: Language) -> None:
    said = READER.read(text, language, TODAY)
    assert {token.text for token in folded(said.core).tokens} <= {token.text for token in folded(text).tokens}
    if not said.certain and words_of(text):
        assert said.core


@given(data=st.data(), text=QUERIES.filter(lambda text: len(text) > 1))
@settings(deadline=None)
def test_no_limit_and_no_framing_lies_over_known_names(data: st.DataObject, text: str) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    said = READER.read(text, "en", TODAY, [(start, end)])
    for first, last in ((limit.start, limit.end) for limit in said.limits):
        assert last <= start or first >= end


def test_a_limit_out_of_range_would_be_noticed() -> None:
    """The parameters refuse what the reader must never give."""
    with pytest.raises(ValidationError):
        parameters_model(listing_contract()).model_validate({"delivery": ["on the moon"]})
