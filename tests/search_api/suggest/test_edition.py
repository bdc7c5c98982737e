"""Suggestions over a few listings made by hand."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mappings.knowledge import DATA_FOLDER, knowledge
from mappings.reference_store import read_reference
from search_api.suggest.inventory import LONGEST_ID, inventory_of
from search_api.suggest.names import KINDS, Kind, Target
from search_api.titles import other_titles
from tests.search_api.catalogue import WELDER
from tests.search_api.suggest.making import SOURCES, edition, jobs, marked, shown, skills, source, title

VETERINARIAN = "31103"
EDITION = edition()


def test_each_kind_leads_to_its_own_filter_and_a_credential_to_itself() -> None:
    asked: dict[Kind, str] = {
        "job_title": "welder", "skill": "weld", "tool": "autoc", "subject": "health", "institution": "bay",
        "credential": "drafting",
    }  # fmt: skip
    found = {kind: EDITION.suggest(text, "en", 1, [kind])[0] for kind, text in asked.items()}
    addresses = {kind: (one.count, one.parameters, one.url) for kind, one in found.items()}
    assert addresses == {
        "job_title": (2, {"occupation": WELDER}, f"/v1/credentials?occupation={WELDER}"),
        "skill": (2, {"skill": "welding"}, "/v1/credentials?skill=welding"),
        "tool": (1, {"tool": "autocad"}, "/v1/credentials?tool=autocad"),
        "subject": (1, {"subject": "health-care"}, "/v1/credentials?subject=health-care"),
        "institution": (5, {"institution": "bay"}, "/v1/credentials?institution=bay"),
        "credential": (1, None, "/v1/credentials/bay.4"),
    }


def test_an_id_is_written_into_an_address_so_that_it_stays_one_part() -> None:
    (found,) = edition([source("bay.A/1 é", en="Alpha")]).suggest("alpha", "en", 10)
    assert found.url == "/v1/credentials/bay.A%2F1%20%C3%A9"


def test_nothing_that_leads_nowhere_is_suggested() -> None:
    assert EDITION.suggest("bookkeeping", "en", 10) == []
    assert EDITION.suggest("cybersecurity", "en", 10) == []


def test_a_target_is_suggested_once_by_its_best_name() -> None:
    (found,) = EDITION.suggest("weld", "en", 10, ["job_title"])
    assert (found.text, found.detail) == ("welder", None)
    (other,) = EDITION.suggest("welding fit", "en", 10, ["job_title"])
    assert (other.text, other.detail) == ("welding fitter", "welder")


def test_the_asked_language_is_shown_and_the_other_only_when_it_alone_matches() -> None:
    (found,) = EDITION.suggest("soudeur", "en", 10, ["job_title"])
    assert (found.text, found.language, found.detail) == ("soudeur", "fr", "welder")
    (subject,) = EDITION.suggest("health", "fr", 10, ["subject"])
    assert (subject.text, subject.language) == ("Health care", "en")
    (both,) = EDITION.suggest("hygi", "fr", 10, ["credential"])
    assert (both.text, both.language) == ("L'hygiène dentaire", "fr")


def test_a_name_that_both_languages_share_is_in_the_asked_one() -> None:
    assert [EDITION.suggest("autocad", x, 1)[0].language for x in ("en", "fr")] == ["en", "fr"]


def test_what_a_feed_named_itself_is_suggested_by_the_feeds_name() -> None:
    (found,) = EDITION.suggest("hydros", "fr", 10)
    assert (found.type, found.text, found.id) == ("tool", "Hydroscie", "hydro-saw")


def test_what_has_no_name_at_all_is_suggested_by_its_ids_words() -> None:
    found = edition([source("bay.1", en="A", skills=skills("small-talk"))]).suggest("talk", "fr", 10)
    assert shown(found) == [("skill", "small talk")]


def test_an_imported_title_finds_its_occupation() -> None:
    titles = [title("Pressure vessel welder", WELDER), title("Glass blower", "99999")]
    over = edition(titles=titles)
    assert [one.id for one in over.suggest("vessel", "en", 10)] == [WELDER]
    assert over.suggest("glass blower", "en", 10) == []


def test_an_occupation_only_the_import_knows_is_displayed_by_its_first_title() -> None:
    over = edition(
        [source("bay.1", en="A", occupations=jobs("99999"))], [title("Blowers", "99999"), title("Gaffer", "99999")]
    )
    (found,) = over.suggest("gaf", "fr", 10)
    assert (found.text, found.detail, found.language) == ("Gaffer", "Blowers", "en")


def test_better_matches_come_first_and_then_more_listings() -> None:
    sources = [
        source("bay.1", en="Tax", skills=[{"id": "a", "en": "Tax law"}]),
        source("bay.2", en="Law of tax", skills=[{"id": "b", "en": "Tax returns"}]),
        source("bay.3", en="Hats", skills=[{"id": "b", "en": "Tax returns"}]),
        source("bay.4", en="Tex-Mex"),
    ]
    names = [text for _type, text in shown(edition(sources).suggest("tax", "en", 10))]
    assert names == ["Tax", "Tax returns", "Tax law", "Law of tax"]


def test_misspelt_names_follow_the_rightly_spelt() -> None:
    sources = [source("bay.1", en="Welding helmets"), source("bay.2", en="Wedding planning")]
    assert [text for _type, text in shown(edition(sources).suggest("wedding", "en", 10))] == [
        "Wedding planning", "Welding helmets",
    ]  # fmt: skip


def test_a_misspelt_name_is_marked_whole() -> None:
    (found,) = EDITION.suggest("wleder", "en", 10, ["job_title"])
    assert (found.text, marked(found)) == ("welder", ["welder"])


def test_a_credential_names_its_institution_in_the_asked_language() -> None:
    (found,) = EDITION.suggest("drafting", "fr", 10)
    assert found.detail == "Collège de la Baie"


def test_credentials_of_one_title_are_each_suggested() -> None:
    twice = [
        source("bay.1", en="First Aid"),
        source("cove.1", en="First Aid", institution={"id": "cove", "name": {"en": "Cove"}}),
    ]
    found = edition(twice).suggest("first aid", "en", 10)
    assert {(one.id, one.detail) for one in found} == {("bay.1", "Bay College"), ("cove.1", "Cove")}


def test_a_skill_listed_twice_by_one_listing_counts_once() -> None:
    counts = inventory_of([source("bay.1", en="A", skills=skills("x", "x"))]).counts
    assert counts[Target("skill", "x")] == 1


def test_an_id_longer_than_a_parameter_takes_is_left_out() -> None:
    long = source("bay.1", en="Alpha", skills=[{"id": "x" * (LONGEST_ID + 1), "en": "Long skill"}])
    assert edition([long]).suggest("long", "en", 10) == []


def test_an_empty_index_has_no_suggestions() -> None:
    assert edition([]).suggest("welder", "en", 10) == []


@given(st.text(max_size=100), st.sampled_from(["en", "fr"]), st.integers(1, 20), st.sets(st.sampled_from(KINDS)))
def test_whatever_is_typed_each_suggestion_is_wanted_counted_and_there_once(
    text: str, language: str, limit: int, kinds: set[str]
) -> None:
    found = EDITION.suggest(text, "fr" if language == "fr" else "en", limit, [kind for kind in KINDS if kind in kinds])
    assert len(found) <= limit
    assert len({(one.type, one.id) for one in found}) == len(found)
    assert all(one.count >= 1 and (not kinds or one.type in kinds) for one in found)


@given(st.sampled_from([one["en"]["title"] for one in SOURCES if "en" in one]), st.integers(1, 30))
def test_every_beginning_of_a_title_finds_it(title: str, size: int) -> None:
    assert ("credential", title) in shown(EDITION.suggest(title[:size], "en", 20))


def test_every_institution_is_named() -> None:
    assert shown(EDITION.suggest("college bay", "en", 3)) == [("institution", "Bay College")]


def tools_on(*taught: tuple[str, str, str], times: int = 1) -> list[dict[str, Any]]:
    """So many listings that teach each tool, given by id, English and French name."""
    told = [{"id": identifier, "en": en, "fr": fr} for identifier, en, fr in taught]
    return [source(f"bay.{taught[0][0]}-{number}", en="Class", tools=told) for number in range(times)]


def test_of_equal_matches_the_asked_language_comes_first() -> None:
    over = edition([*tools_on(("a", "Marble saw", "Scie"), times=9), *tools_on(("b", "Kiln", "Marbre coupé"))])
    assert [over.suggest("marb", x, 1)[0].id for x in ("en", "fr")] == ["a", "b"]


def test_of_counts_of_one_magnitude_the_shorter_name_comes_first() -> None:
    many, several, few = (("a", "Lathe turning", "A"), 7), (("b", "Lathe work", "B"), 5), (("c", "Lathe", "C"), 1)
    over = edition([one for tool, times in (many, several, few) for one in tools_on(tool, times=times)])
    assert [one.text for one in over.suggest("lath", "en", 3, ["tool"])] == ["Lathe work", "Lathe turning", "Lathe"]


def test_of_equally_good_names_of_one_target_the_displayed_one_is_shown() -> None:
    titles = [title("Blower of glass", "99999"), title("Blower", "99999")]
    over = edition([source("bay.1", en="A", occupations=jobs("99999"))], titles)
    assert [one.text for one in over.suggest("blo", "en", 10)] == ["Blower of glass"]
    assert [one.text for one in over.suggest("blower", "en", 10)] == ["Blower"]


def test_a_name_of_a_group_is_suggested_and_its_official_title_says_what_it_leads_to() -> None:
    reference = read_reference(DATA_FOLDER, None)
    listed = [source("bay.1", en="Animal Care", occupations=jobs(VETERINARIAN))]
    over = edition(listed, other_titles(knowledge(), reference), knowledge())
    (english,), (french,) = over.suggest("zoo vet", "en", 5), over.suggest("vétérinaire de", "fr", 5)
    assert (english.id, english.language, english.detail) == (VETERINARIAN, "en", "Veterinarians")
    assert (french.id, french.language, french.detail) == (VETERINARIAN, "fr", "Vétérinaires")
    assert french.text.startswith("vétérinaire de")


def test_a_name_of_ours_is_shown_above_an_imported_one_spelt_the_same() -> None:
    over = edition(titles=[title("WELDER", WELDER)])
    assert [one.text for one in over.suggest("welder", "en", 10, ["job_title"])] == ["welder"]
