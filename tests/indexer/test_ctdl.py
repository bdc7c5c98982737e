"""CTDL: credentials, programmes and courses of a graph, and what of it is none."""

import datetime as dt
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.failures import SourceError
from indexer.language_names import currency_code, instruction_language
from indexer.readers.ctdl import read_ctdl
from indexer.sources import Source
from indexer.validation import Judged
from mappings.contract import Contract, listing_contract
from mappings.listing import Listing
from tests.conftest import shared_path
from tests.indexer.conftest import WholeFeed, judge_all, ndjson, read_whole, reasons

TODAY = dt.date(2026, 11, 24)
CTID = "ce-0f1e2d3c-0000-4000-8000-00000000000a"
COURSE = {
    "@type": "ceterms:Course",
    "@id": f"https://registry.example/resources/{CTID}",
    "ceterms:ctid": CTID,
    "ceterms:name": {"en-CA": "Pipe welding", "fr-CA": "Soudage de tuyaux", "es": "Soldadura"},
    "ceterms:description": {"en-CA": "Weld pipe in all positions.", "fr-CA": "Souder des tuyaux."},
    "ceterms:inLanguage": ["English", "en-US"],
    "ceterms:subjectWebpage": "https://college.example/pipe",
}
Sources = Callable[..., Source]


def aligned(*names: str, **more: str) -> list[dict[str, Any]]:
    """Concepts as CTDL aligns to them."""
    return [{"@type": "ceterms:CredentialAlignmentObject", "ceterms:targetNode": name, **more} for name in names]


def profile(price: Any, kind: str | None = None, **more: Any) -> dict[str, Any]:
    kinds = {"ceterms:directCostType": aligned(f"costType:{kind}")} if kind else {}
    return {
        "@type": "ceterms:CostProfile",
        "ceterms:price": price,
        **kinds,
        **{f"ceterms:{k}": v for k, v in more.items()},
    }


@pytest.fixture
def read(source: Sources, contract: Contract) -> Callable[..., WholeFeed]:
    def build(*resources: Any, **more: Any) -> WholeFeed:
        text = json.dumps({"@graph": list(resources), **more})
        return read_whole(source("a.json", text, format="ctdl"), contract, TODAY, 1)

    return build


@pytest.fixture
def judged(read: Callable[..., WholeFeed], source: Sources) -> Callable[..., Judged]:
    def build(*others: Any, **terms: Any) -> Judged:
        course = {**COURSE, **{f"ceterms:{name}": value for name, value in terms.items()}}
        found: Judged = judge_all(read(course, *others).rows, source("b.json", ""))[0]
        return found

    return build


@pytest.fixture
def listing(judged: Callable[..., Judged]) -> Callable[..., Listing]:
    def build(*others: Any, **terms: Any) -> Listing:
        found = judged(*others, **terms)
        assert found.listing, found.issues
        return found.listing

    return build


def notes(feed: WholeFeed) -> list[tuple[int, str]]:
    return [(note.row, note.problem.kind) for note in feed.notes]


def test_a_course_is_listed_in_the_languages_its_maps_hold(listing: Callable[..., Listing]) -> None:
    found = listing()
    assert (found.id, found.credential_type, found.language) == (f"maple.{CTID}", "course", ("en",))
    assert found.en
    assert found.fr
    assert (found.en.title, found.fr.title) == ("Pipe welding", "Soudage de tuyaux")
    assert found.fr.description == "Souder des tuyaux."
    assert found.url == "https://college.example/pipe"


@pytest.mark.parametrize(
    ("name", "english", "french"),
    [
        ("Soudage", None, "Soudage"), ({"@value": "Welding", "@language": "en"}, "Welding", None),
        ([{"@language": "fr-CA", "@value": "Soudage"}, {"@language": "en", "@value": "Welding"}], "Welding", "Soudage"),
        ({"en-US": ["Welding", "Second"]}, "Welding", None), ({"@none": "Soudage"}, None, "Soudage"),
        ({"und": "Soudage"}, None, "Soudage"),
    ],
)  # fmt: skip
def test_text_is_read_in_every_way_json_ld_writes_it(
    listing: Callable[..., Listing], name: Any, english: str | None, french: str | None
) -> None:
    found = listing(name=name, description=None, inLanguage="fr")
    assert (found.en and found.en.title, found.fr and found.fr.title) == (english, french)


def test_a_title_in_a_third_language_only_is_no_title(judged: Callable[..., Judged]) -> None:
    assert reasons(judged(name={"es": "Soldadura"}, description=None)) == ["title_missing"]


@pytest.mark.parametrize(
    ("kind", "credential"),
    [
        ("MicroCredential", "micro_credential"), ("OpenBadge", "digital_badge"), ("Certification", "certificate"),
        ("JourneymanCertificate", "certificate"), ("MasterDegree", None), ("License", None), ("Course", "course"),
        ("LearningProgram", None), ("LearningOpportunityProfile", None), ("SecondarySchoolDiploma", None),
    ],
)  # fmt: skip
def test_classes_of_credentials_and_learning_are_listed(
    read: Callable[..., WholeFeed], source: Sources, kind: str, credential: str | None
) -> None:
    found = judge_all(read({**COURSE, "@type": f"ceterms:{kind}"}).rows, source("b.json", ""))[0].listing
    assert found
    assert found.credential_type == credential


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ({"@type": "ceterms:CredentialOrganization", "ceterms:name": "Guild"}, "organization_unlisted"),
        ({"@type": ["ceterms:QACredentialOrganization"]}, "organization_unlisted"),
        ({"@type": "ceterms:ScheduledOffering", "@id": "x"}, "offering_alone"),
        ({"@type": "ceterms:Pathway"}, "class_unlisted"), ({"ceterms:name": "No class"}, "class_unlisted"),
        ({**COURSE, "ceterms:lifeCycleStatusType": aligned("lifeCycle:Ceased")}, "status_closed"),
        ({**COURSE, "ceterms:credentialStatusType": aligned("credentialStat:Suspended")}, "status_closed"),
        ({**COURSE, "ceterms:expirationDate": "2026-11-23"}, "status_closed"),
    ],
)  # fmt: skip
def test_what_is_no_listing_is_named_and_the_others_load(
    read: Callable[..., WholeFeed], other: dict[str, Any], kind: str
) -> None:
    found = read(other, COURSE)
    assert notes(found) == [(1, kind)]
    assert [row.number for row in found.rows] == [2]


def test_a_course_that_ends_today_or_is_active_is_listed(read: Callable[..., WholeFeed]) -> None:
    active = {
        **COURSE,
        "ceterms:lifeCycleStatusType": aligned("lifeCycle:Active"),
        "ceterms:expirationDate": "2026-11-24",
    }
    assert len(read(active).rows) == 1


def test_a_file_of_organizations_only_is_refused_in_both_languages(read: Callable[..., WholeFeed]) -> None:
    with pytest.raises(SourceError, match="only: CredentialOrganization") as refused:
        read({"@type": "ceterms:CredentialOrganization", "ceterms:name": "Guild"})
    assert "aucune formation" in refused.value.problem.in_language("fr")


def test_a_renewal_fee_is_no_price(listing: Callable[..., Listing]) -> None:
    renewal = [{"@type": "ceterms:ConditionProfile", "ceterms:estimatedCost": [profile(65, "Application")]}]
    assert listing(renewal=renewal, requires=renewal).cost is None
    assert listing(estimatedCost=[profile(65, name="Online renewal")]).cost is None


@pytest.mark.parametrize(
    ("profiles", "cost", "currency"),
    [
        ([profile(900, "Tuition", currency="CAD"), profile(40, "Application", currency="CAD")], 900, "CAD"),
        ([profile(900, "Tuition"), profile("1,100.00", "AggregateCost")], 1100, None),
        ([profile(700, "Tuition", currency="US Dollar"),
          profile(900, "Tuition", currency="Canadian Dollar")], 900, "CAD"),
        ([profile(700, "Tuition", currency="dollar des États-Unis")], 700, "USD"), ([profile(300)], 300, None),
        ([profile(6000, "RoomOrResidency"), profile(80, "LearningResource")], None, None),
        ([profile(2000, "Tuition", residencyType=aligned("residency:OutOfState")),
          profile(900, "Tuition", residencyType=aligned("residency:InState"))], 900, None),
        ([profile(500, "Tuition", audienceType=aligned("audience:Member")), profile(400, "Tuition")], 400, None),
        ([profile(500, "Tuition", endDate="2025-01-01"), profile(400, "Tuition")], 400, None),
        ([profile({"@value": "0"}, "Tuition")], 0, None), ([profile([[["x"]]], "Tuition")], None, None),
        ([profile(400, "Tuition"), profile(450, "Tuition")], 450, None),
    ],
)  # fmt: skip
def test_the_price_is_what_the_public_pays_in_all(
    listing: Callable[..., Listing], profiles: list[Any], cost: float | None, currency: str | None
) -> None:
    found = listing(estimatedCost=profiles)
    assert (found.cost, found.currency) == (cost, currency)


def test_an_amount_of_unknown_currency_is_left_out_and_said(judged: Callable[..., Judged]) -> None:
    found = judged(estimatedCost=[profile(65, "Tuition", currency="shells")])
    assert reasons(found) == ["not_a_currency"]
    assert found.listing
    assert found.listing.cost is None


def test_a_negative_price_holds_the_row_back(judged: Callable[..., Judged]) -> None:
    assert reasons(judged(estimatedCost=[profile(-5, "Tuition")])) == ["out_of_bounds"]


@pytest.mark.parametrize(
    ("said", "weeks", "hours"),
    [
        ({"ceterms:exactDuration": "P6W"}, 6, None), ({"ceterms:exactDuration": "PT40H"}, None, 40),
        ({"ceterms:minimumDuration": "P4W", "ceterms:maximumDuration": "P2M"}, 8.7, None),
        ({"ceterms:minimumDuration": "P4W"}, None, None), ({"ceterms:timeRequired": "PT90M"}, None, 1.5),
        ({"ceterms:exactDuration": "P0D"}, None, None),
    ],
)  # fmt: skip
def test_lengths_are_exact_or_the_longest(
    listing: Callable[..., Listing], said: dict[str, str], weeks: float | None, hours: float | None
) -> None:
    found = listing(estimatedDuration=[said])
    assert (found.weeks, found.hours) == (weeks, hours)


def test_of_several_lengths_the_longest_counts(listing: Callable[..., Listing]) -> None:
    full, part = {"ceterms:exactDuration": "P8W"}, {"ceterms:exactDuration": "P20W"}
    assert listing(estimatedDuration=[full, part]).weeks == 20


def test_a_length_in_words_is_left_out_and_said(judged: Callable[..., Judged]) -> None:
    assert reasons(judged(estimatedDuration=[{"ceterms:exactDuration": "a while"}])) == ["not_a_duration"]


@pytest.mark.parametrize(("text", "said"), [("P1DT6H", ["duration_mixed"]), ("6 weeks", []), ("P0D", [])])
def test_a_length_is_read_as_in_every_feed(judged: Callable[..., Judged], text: str, said: list[str]) -> None:
    assert reasons(judged(estimatedDuration=[{"ceterms:exactDuration": text}])) == said


@pytest.mark.parametrize(
    ("terms", "delivery"),
    [
        ({"deliveryType": aligned("deliveryType:OnlineOnly")}, "online"),
        ({"learningDeliveryType": aligned("deliveryType:BlendedDelivery")}, "hybrid"),
        ({"deliveryType": [{"ceterms:targetNodeName": {"en-US": "In-Person"}}]}, "in_person"),
        ({"deliveryType": aligned("deliveryType:OnlineOnly", "deliveryType:InPerson")}, None),
        ({"deliveryType": "https://purl.org/ctdl/vocabs/deliveryType/OnlineOnly"}, "online"),
        ({"deliveryType": aligned("deliveryType:VariableSite")}, None),
    ],
)  # fmt: skip
def test_delivery_is_said_when_it_is_one(listing: Callable[..., Listing], terms: Any, delivery: str | None) -> None:
    assert listing(**terms).delivery == delivery


def test_level_schedule_and_pace_are_read_from_concepts(listing: Callable[..., Listing]) -> None:
    found = listing(
        audienceLevelType=aligned("audLevel:BeginnerLevel", "audLevel:PostSecondaryLevel"),
        scheduleTimingType=aligned("scheduleTiming:Evening", "scheduleTiming:Weekend"),
        learningMethodType=aligned("learnMethod:SelfPaced"),
    )
    assert (found.level, found.schedule, found.pace) == ("introductory", ("evening", "weekend"), "self_paced")


def test_only_occupations_of_noc_2021_are_kept(listing: Callable[..., Listing]) -> None:
    noc, onet = {"ceterms:frameworkName": "NOC 2021"}, {"ceterms:frameworkName": "O*NET-SOC"}
    french = {"ceterms:frameworkName": {"fr-CA": "Classification nationale des professions"}}
    found = listing(
        occupationType=[
            {**noc, "ceterms:codedNotation": "72106"}, {**onet, "ceterms:codedNotation": "51-4121.00"},
            {**french, "ceterms:codedNotation": "72105"}, {"ceterms:codedNotation": "33102"},
            {"ceterms:frameworkName": "NOC 2016", "ceterms:codedNotation": "72370"}, "72100",
            {**noc, "ceterms:codedNotation": "7237"},
        ]
    )  # fmt: skip
    assert [link.code for link in found.occupations] == ["72106", "72105"]


def test_a_code_of_instructional_programs_is_read_by_its_framework(listing: Callable[..., Listing]) -> None:
    other = {"ceterms:frameworkName": "Local list", "ceterms:codedNotation": "11.1111"}
    cip = {"ceterms:frameworkName": "Classification of Instructional Programs", "ceterms:codedNotation": "48.0508"}
    assert listing(instructionalProgramType=[other, cip]).cip == "48.0508"
    assert listing(cip=["48.0508"]).cip == "48.0508"


def test_subjects_and_keywords_are_skills_and_competencies_are_outcomes(listing: Callable[..., Listing]) -> None:
    stated = {"@id": "https://registry.example/c1", "@type": "ceasn:Competency",
              "ceasn:competencyText": {"en": "Read a weld symbol", "fr": "Lire un symbole"}}  # fmt: skip
    found = listing(
        stated,
        subject=[
            {"ceterms:targetNodeName": {"en": "Pipe fitting", "fr": "Tuyauterie"}},
            {"ceterms:targetNodeName": "TIG"},
        ],
        keyword={"en-US": ["fire watch", "grinding"]},
        teaches=[{"ceterms:targetNode": "https://registry.example/c1"}, {"ceterms:targetNodeName": "Bevel a pipe"}],
    )
    assert found.skills[0].fr == "Tuyauterie"
    assert [skill.en for skill in found.skills] == ["Pipe fitting", "TIG", "fire watch", "grinding"]
    assert found.en
    assert found.fr
    assert set(found.en.outcomes) >= {"Read a weld symbol"}
    assert found.fr.outcomes == ("Lire un symbole",)


def test_what_a_condition_asks_for_is_no_outcome_but_a_prerequisite(listing: Callable[..., Listing]) -> None:
    condition = {
        "ceterms:description": {"en": "Grade 10"},
        "ceterms:targetCompetency": [{"ceterms:targetNodeName": "Kindergarten"}],
    }
    found = listing(requires=[{"ceterms:description": "*** CONDITION DESCRIPTION MISSING ***"}, condition])
    assert found.en
    assert (found.en.prerequisites, found.en.outcomes) == ("Grade 10", ())


def test_a_place_is_read_where_there_is_one_town(listing: Callable[..., Listing]) -> None:
    sudbury = {"@id": "_:b1", "@type": "ceterms:Place", "ceterms:addressLocality": {"en-CA": "Sudbury"},
               "ceterms:latitude": "46.49", "ceterms:longitude": -81.01}  # fmt: skip
    found = listing(sudbury, availableAt=["_:b1"])
    assert found.place
    assert (found.place.city, found.place.location) == ("Sudbury", (-81.01, 46.49))
    assert listing(availableAt=[sudbury, {"ceterms:addressLocality": "Timmins"}]).place is None
    assert listing(availableAt=[{**sudbury, "ceterms:latitude": 460}]).place == found.place.model_copy(
        update={"location": None}
    )


def test_an_offering_says_what_the_course_leaves_open(listing: Callable[..., Listing]) -> None:
    evening = {"@id": "_:o1", "@type": "ceterms:ScheduledOffering", "ceterms:deliveryType": aligned("x:InPerson"),
               "ceterms:estimatedCost": [profile(300, "Tuition")]}  # fmt: skip
    web = {**evening, "@id": "_:o2", "ceterms:deliveryType": aligned("x:OnlineOnly")}
    found = listing(evening, web, hasOffering=["_:o1", {"@id": "_:o2"}])
    assert (found.delivery, found.cost) == (None, 300)
    assert listing(evening, hasOffering=["_:o1"], estimatedCost=[profile(250, "Tuition")]).cost == 250


def test_the_day_it_takes_effect_is_no_start(listing: Callable[..., Listing]) -> None:
    assert listing(dateEffective="2027-01-18").starts == ()


@pytest.mark.parametrize(
    ("ctid", "end"),
    [
        (f"urn:ctid:{CTID[3:]}", CTID), (CTID.upper().replace("CE-", "ce-"), CTID), ("local-7", "local-7"),
        (None, CTID), (5, None),
    ],
)  # fmt: skip
def test_one_ctid_has_one_id_however_it_is_written(judged: Callable[..., Judged], ctid: Any, end: str | None) -> None:
    found = judged(ctid=ctid).listing
    assert (found.id if found else None) == (f"maple.{end}" if end else None)


@pytest.mark.parametrize("alias", ["ceterms:", "https://purl.org/ctdl/terms/", "http://purl.org/ctdl/terms/", "", "c:"])
def test_terms_are_known_by_any_prefix_and_no_context_is_fetched(read: Callable[..., WholeFeed], alias: str) -> None:
    renamed = {key.replace("ceterms:", alias): value for key, value in COURSE.items()}
    context = ["http://127.0.0.1:9/context", {"c": "https://purl.org/ctdl/terms/"}]
    assert len(read({**renamed, "@type": f"{alias}Course"}, **{"@context": context}).rows[0].cells) == 8


def test_lists_single_resources_lines_and_envelopes_are_read(source: Sources, contract: Contract) -> None:
    envelope = {"envelope_version": "1.0.0", "decoded_resource": {"@graph": [COURSE]}}
    for name, text in (
        ("a.json", json.dumps(COURSE)), ("a.json", json.dumps([COURSE])), ("a.json", json.dumps([envelope])),
        ("a.jsonl", ndjson(envelope)),
    ):  # fmt: skip
        found = read_whole(source(name, text, format="ctdl"), contract, TODAY, 1)
        assert [row.number for row in found.rows] == [1], name


def test_a_broken_line_and_a_number_in_a_graph_are_held_back_beside_the_good(
    source: Sources, contract: Contract
) -> None:
    lines = source("a.jsonl", ndjson(COURSE) + '{"cut":\n', format="ctdl")
    graph = source("a.json", json.dumps({"@graph": [7, COURSE]}), format="ctdl")
    assert [reasons(one) for one in judge_all(read_whole(lines, contract, TODAY, 1).rows, lines)] == [[], ["not_json"]]
    assert [reasons(one) for one in judge_all(read_whole(graph, contract, TODAY, 1).rows, graph)] == [
        ["not_an_object"], [],
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"a":' * 100_000])
def test_a_truncated_or_bottomless_file_is_refused(source: Sources, contract: Contract, text: str) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_whole(source("a.json", text, format="ctdl"), contract, TODAY, 1)


@pytest.mark.parametrize("depth", [300, 480])
def test_values_nested_as_deep_as_json_allows_are_no_crash(source: Sources, contract: Contract, depth: int) -> None:
    deep = '{"@id": "d", "ceterms:name": [' * depth + '"x"' + "]}" * depth
    terms = ("name", "subject", "estimatedCost", "estimatedDuration", "availableAt", "teaches", "occupationType",
             "ctid", "inLanguage", "subjectWebpage", "deliveryType", "requires", "cip", "expirationDate")  # fmt: skip
    bare = {key: value for key, value in COURSE.items() if key != "ceterms:ctid"}
    texts = [json.dumps({**bare, f"ceterms:{term}": "DEEP"}).replace('"DEEP"', deep) for term in terms]
    for text in (f"[{','.join(texts)}]", f"[{','.join(texts)}]".replace("[{", "[[{")):
        maple = source("a.json", text, format="ctdl")
        with suppress(SourceError):  # the reader of JSON has a floor of its own
            judge_all(read_whole(maple, contract, TODAY, 1).rows, maple)


def test_resources_that_link_to_each_other_end(read: Callable[..., WholeFeed]) -> None:
    one = {**COURSE, "@id": "a", "ceterms:hasOffering": ["b"], "ceterms:teaches": ["a"], "ceterms:requires": ["a"]}
    two = {"@id": "b", "@type": "ceterms:ScheduledOffering", "ceterms:hasOffering": ["a"]}
    assert len(read(one, two).rows) == 1


def test_no_person_is_read(listing: Callable[..., Listing]) -> None:
    point = {"ceterms:name": "Jo Doe", "ceterms:email": ["jo@college.example"], "ceterms:telephone": ["705-555-0100"]}
    found = listing(
        targetContactPoint=[point],
        availableAt=[{"ceterms:addressLocality": "Sudbury", "ceterms:targetContactPoint": [point]}],
        ownedBy=[{"@type": "ceterms:CredentialOrganization", "ceterms:targetContactPoint": [point]}],
    ).model_dump_json()
    assert not any(private in found for private in ("Jo Doe", "jo@", "555"))


def test_a_mapping_beside_ctdl_is_refused() -> None:
    with pytest.raises(ValueError, match="without a mapping"):
        Source.model_validate({
            "id": "a", "institution": {"id": "a", "name": {"en": "A"}}, "file": "a.json", "format": "ctdl",
            "mapping": "m.yml",
        })  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("English", "en"), ("en-US", "en"), ("eng", "en"), ("Anglais", "en"), ("FR", "fr"), ("fr_CA", "fr"),
        ("French", "fr"), ("français", "fr"), ("Spanish", "other"), ("es", "other"), ("moh", "other"),
        ("Klaatu", "Klaatu"),
        ("", ""), ("Canadian French", "fr"),
    ],
)  # fmt: skip
def test_languages_are_known_by_name_and_tag(text: str, code: str) -> None:
    assert instruction_language(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("US Dollar", "USD"), ("cad", "CAD"), ("dollar canadien", "CAD"), ("Euro", "EUR"), ("shells", "shells")],
)
def test_currencies_are_known_by_name_and_code(text: str, code: str) -> None:
    assert currency_code(text) == code


TERMS = [f"ceterms:{name}" for name in (
    "name", "ctid", "inLanguage", "estimatedCost", "price", "currency", "directCostType", "targetNode",
    "targetNodeName", "estimatedDuration", "exactDuration", "hasOffering", "availableAt", "addressLocality", "latitude",
    "subject", "occupationType", "codedNotation", "requires", "teaches", "deliveryType", "expirationDate",
    "subjectWebpage",
)]  # fmt: skip
WORDS = st.sampled_from(["a", "_:b", "English", "P6W", "CAD", "costType:Tuition", "ceterms:Course", "", "\0", "\ud800"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*TERMS, "@id", "@value", "@language", "@list", "en", "fr", "@type"]), inner, max_size=4
        )
    ),
    max_leaves=20,
)
RESOURCES = st.dictionaries(st.sampled_from([*TERMS, "@id", "@graph", "@context"]), VALUES, max_size=8)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(RESOURCES, max_size=3),
    st.sampled_from(["ceterms:Course", "ceterms:Badge", "ceterms:ScheduledOffering", 5]),
)
def test_any_graph_is_read_or_refused_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, resources: list[dict[str, Any]], kind: Any
) -> None:
    path = tmp_path_factory.mktemp("ctdl") / "a.json"
    path.write_text(json.dumps({"@graph": [{"@type": kind, **one} for one in resources]}), encoding="utf-8")
    maple = Source.model_validate({"id": "a", "institution": {"id": "a", "name": {"en": "A"}}, "file": str(path)})
    try:
        found = read_ctdl(path, None, TODAY)
        rows = list(found.rows)
    except SourceError:
        return
    assert all(note.problem.in_language("fr") for note in found.notes)
    judge_all(rows, maple)


@pytest.mark.parametrize(
    ("file", "listings", "kind"),
    [
        ("registry-credential-1_valid.json", 1, None), ("registry-credential-3_import.json", 1, "certificate"),
        ("registry-learning_opportunity_profile-2_import.json", 1, None),
    ],
)  # fmt: skip
def test_real_files_of_the_registry_load(
    source: Sources, contract: Contract, file: str, listings: int, kind: str | None
) -> None:
    real = source("a.json", shared_path(f"feeds/ctdl/{file}").read_bytes(), format="ctdl")
    found = judge_all(read_whole(real, contract, TODAY, 1).rows, real)
    assert [reasons(one) for one in found] == [[]] * listings
    listing = found[0].listing
    assert listing
    assert (listing.credential_type, listing.cost, listing.starts, listing.occupations) == (kind, None, (), ())


def test_a_real_organization_is_no_listing(source: Sources, contract: Contract) -> None:
    path = shared_path("feeds/ctdl/registry-organization-3_import.json")
    with pytest.raises(SourceError, match="only: CredentialOrganization"):
        read_whole(source("a.json", path.read_bytes(), format="ctdl"), contract, TODAY, 1)


def test_the_contract_is_the_one_that_ships(contract: Contract) -> None:
    assert contract is listing_contract()
