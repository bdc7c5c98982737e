"""XML formats of other systems, read by the mappings that ship."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from indexer.reading import Reader, SourceRead
from indexer.settings import ROOT
from indexer.sources import Source
from mappings.contract import Contract
from tests.conftest import shared_path
from tests.indexer.conftest import reasons

MAPPINGS = ROOT / "data" / "feed_mappings"
TODAY = dt.date(2026, 11, 24)
EMG_DAY = dt.date(2018, 11, 1)  # before the starts of the sample
XML_MAPPINGS = ("atom.yml", "cdm-fr.yml", "destiny-one-xml.yml", "emg.yml", "lheo.yml", "rss.yml", "xcri-cap.yml")

Read = Callable[..., SourceRead]

FEEDS = ROOT / "tests" / "indexer" / "xml_feeds"
XCRI, LHEO, CDM, RSS, ATOM = (
    (FEEDS / f"{name}.xml").read_text(encoding="utf-8") for name in ("xcri-cap", "lheo", "cdm-fr", "rss", "atom")
)

EMG = """<import xmlns="http://educations.com/XmlImport" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<provider uniqueIdentifier="one"><locations><location uniqueIdentifier="hall"><place>Sudbury</place></location>
</locations><courses><!-- aside --><course uniqueIdentifier="one" name="Weld" courseType="Course"><contentFields/>
<events>{events}</events></course></courses></provider></import>"""
EVENT = '<event xsi:type="{kind}" uniqueIdentifier="e" {more}>{inner}</event>'

DESTINY = """<SearchCourseSectionProfileResult><paginationResponse><totalCount>4</totalCount></paginationResponse>
<courseSectionProfiles>{0}{1}{2}{3}</courseSectionProfiles></SearchCourseSectionProfileResult>"""
FEE_PATH = (
    "courseSectionFees", "courseSectionFee", "flatFeeTuitionProfile", "associatedTuitionProfile", "tuitionFees",
    "tuitionFee", "tuitionFeeItems", "tuitionFeeItem", "amount",
)  # fmt: skip
SECTION = """<courseSectionProfile><objectId>{0}</objectId><code>00{0}</code><objectStatusCode>{1}</objectStatusCode>{2}
<instructionMethods><instructionMethod><name>Online</name></instructionMethod></instructionMethods>
<instructors><instructor><name>A Person</name></instructor></instructors>
<beginDate>2027-0{0}-11T00:00:00-05:00</beginDate>{3}</courseSectionProfile>"""
COURSE = "<associatedCourse><courseNumber>WLD 1</courseNumber><name>Welding basics</name></associatedCourse>"


@pytest.fixture
def read(contract: Contract, source: Callable[..., Source]) -> Read:
    def build(content: str, mapping: str, today: dt.date = TODAY, language: str = "en") -> SourceRead:
        made = source("feed.xml", content, language, mapping=str(MAPPINGS / mapping))
        return Reader(contract, today, 100).read(made)

    return build


def section(number: int, status: str, course: str = COURSE) -> str:
    begun = "".join(f"<{name}>" for name in FEE_PATH)
    ended = "".join(f"</{name}>" for name in reversed(FEE_PATH))
    return SECTION.format(number, status, course, f"{begun}395.00{ended}")


def kinds(found: SourceRead) -> list[list[str]]:
    """What is wrong with each row."""
    return [reasons(one) for one in found.judged]


def emg(read: Read, *events: tuple[str, str, str], today: dt.date = TODAY) -> Any:
    inner = "".join(EVENT.format(kind=kind, more=more, inner=text) for kind, more, text in events)
    found = read(EMG.format(events=inner), "emg.yml", today)
    assert len(found.judged) == 1
    return found.judged[0]


def distance(inner: str) -> tuple[str, str, str]:
    return ("DistanceEvent", 'deliveryMethod="Online"', inner)


@pytest.mark.parametrize(
    ("price", "cost", "currency"),
    [
        ('<price price="500"/>', 500, None), ('<price price="500" currency="EUR"/>', 500, "EUR"),
        ('<price price="500" vat="10"/>', 500, None), ('<price price="500" vat="15" vatIncluded="true"/>', 500, None),
        ('<price price="500"><discount value="100"/></price>', 500, None),
        ('<price price="500"><discount value="100" startDate="2026-12-01"/></price>', 500, None),
        ('<price price="500"><discountRate percentage="10" endDate="2026-12-31"/></price>', 500, None),
        ('<price price="0"/>', 0, None), ("", None, None),
    ],
)  # fmt: skip
def test_emg_price_is_the_public_one_and_zero_is_free(read: Read, price: str, cost: Any, currency: Any) -> None:
    listing = emg(read, distance(price), distance("")).listing
    assert (listing.cost, listing.currency) == (cost, currency)


@pytest.mark.parametrize("other", ['<price price="400"/>', '<price price="500" currency="EUR"/>', '<price price="0"/>'])
def test_emg_events_whose_prices_differ_have_none_in_common(read: Read, other: str) -> None:
    listing = emg(read, distance('<price price="500"/>'), distance(other)).listing
    assert (listing.cost, listing.currency) == (None, None)


@pytest.mark.parametrize(
    ("start", "starts", "pace", "wrong"),
    [
        ("", (), "self_paced", []), ('<start xsi:type="AlwaysOpen"/>', (), "self_paced", []),
        ('<start xsi:type="Fixed" startDate="2027-02-01" endDate="2027-03-01"/>', ("2027-02-01",), "scheduled", []),
        ('<start xsi:type="Fixed" startDate="2026-02-01"/>', (), "scheduled", []),
        ('<start xsi:type="Text" description="Every Monday"/>', (), None, ["Every Monday"]),
        ('<start xsi:type="Semester" semester="Fall" year="2027"/>', (), None, ["Fall"]),
        ('<start xsi:type="Month" month="11"/>', (), None, ["11"]),
    ],
)  # fmt: skip
def test_emg_starts_are_days_to_come_and_words_are_reported(
    read: Read, start: str, starts: Any, pace: str | None, wrong: list[str]
) -> None:
    judged = emg(read, distance(start))
    assert tuple(map(str, judged.listing.starts)) == starts
    assert judged.listing.pace == pace
    assert [issue.value for issue in judged.issues] == wrong


def test_emg_place_is_that_of_the_location_an_event_points_to(read: Read) -> None:
    judged = emg(read, ("LocationEvent", 'locationUID="hall"', ""), ("AreaEvent", 'place="Canada"', ""))
    assert judged.listing.place.city == "Sudbury"
    assert emg(read, ("LocationEvent", 'locationUID="elsewhere"', "")).listing.place is None


def test_emg_provider_and_course_that_share_an_identifier_are_one_listing(read: Read) -> None:
    assert emg(read, distance("")).listing.id == "maple.one"


def test_an_emg_event_outside_of_a_course_is_reported(read: Read) -> None:
    content = EMG.format(events="").replace("</courses>", '</courses><event uniqueIdentifier="lost"/>')
    assert [note.problem.kind for note in read(content, "emg.yml").notes] == ["run_without_course"]


def real(contract: Contract, name: str) -> SourceRead:
    source = Source.model_validate({
        "id": "real", "institution": {"id": "real", "name": {"en": "Real"}},
        "file": str(shared_path(f"feeds/xml/{name}")), "mapping": str(MAPPINGS / "emg.yml"),
    })  # fmt: skip
    return Reader(contract, EMG_DAY, 100).read(source)


def test_the_real_emg_courses_are_thirteen_listings(contract: Contract) -> None:
    found = real(contract, "3.0-course-sample.xml")
    assert [one.id for one in found.listings] == [f"real.course-{number:02}" for number in range(13)]
    by_id = {one.id[-2:]: one for one in found.listings}
    described = [number for number, one in by_id.items() if one.en and one.en.description]
    assert described == ["01"]
    assert [number for number, one in by_id.items() if one.hours == 40] == ["10", "11"]
    assert [number for number, one in by_id.items() if one.credential_type == "certificate"] == ["08"]
    assert [number for number, one in by_id.items() if one.url] == ["02", "05"]
    assert by_id["03"].credential_type is None
    assert str(by_id["05"].application_closes) == "2018-12-31"
    assert found.issues == []
    assert "yourcompany" not in "".join(one.model_dump_json() for one in found.listings)


def test_the_real_emg_events_are_starts_of_one_listing(contract: Contract) -> None:
    found = real(contract, "3.0-event-sample.xml")
    assert [one.id for one in found.listings] == ["real.sample"]
    listing = found.listings[0]
    assert [str(day) for day in listing.starts] == ["2018-12-01"]
    assert (listing.cost, listing.currency, listing.delivery, listing.pace) == (None, None, None, None)
    assert (listing.language, listing.place and listing.place.city) == (("en",), "Stockholm")
    assert sorted(issue.value for issue in found.issues) == [
        "1", "11", "Fall", "Spring", "This event starts every three days",
    ]  # fmt: skip


def test_xcri_presentations_are_starts_and_read_where_they_agree(read: Read) -> None:
    found = read(XCRI, "xcri-cap.yml")
    first, last = found.listings
    assert (first.id, first.url, first.cost, first.weeks) == ("maple.BK-1", "https://pretend.example/c/1", 1250, 6)
    assert first.en is not None
    assert first.fr is not None
    assert (first.en.title, first.en.description) == ("Bookkeeping", "Close the month.\nFile HST.")
    assert (first.fr.title, first.fr.description, first.en.prerequisites) == (
        "Tenue de livres",
        "Clore le mois.",
        "None.",
    )
    assert (first.credential_type, first.delivery, first.schedule) == (
        "certificate",
        "in_person",
        ("evening", "weekend"),
    )
    assert [str(day) for day in (*first.starts, first.application_closes)] == ["2027-01-18", "2027-01-10"]
    assert (first.language, first.place and first.place.city) == (("en",), "Sudbury")
    assert (last.cost, last.delivery, last.credential_type, last.place) == (None, None, "course", None)
    assert last.en
    assert last.en.description == "Pay people."


def test_xcri_deleted_courses_are_left_out_and_faults_reported(read: Read) -> None:
    found = read(XCRI, "xcri-cap.yml")
    assert [one.row for one in found.judged] == [1, 3, 4]
    assert kinds(found) == [["not_a_date"], ["text_untitled", "title_missing"], []]
    assert [(note.column, note.problem.kind) for note in found.notes] == [("presentation", "run_without_course")]


def test_xcri_of_the_version_before_is_refused_and_not_half_read(read: Read) -> None:
    failure = read(XCRI.replace("profiles/1.2/catalog", "profiles/catalog"), "xcri-cap.yml").failure
    assert failure
    assert failure.kind == "records_missing"


@pytest.mark.parametrize("namespace", ["http://www.lheo.org/2.2", "http://lheo.gouv.fr/2.3", ""])
def test_lheo_of_any_version_is_read(read: Read, namespace: str) -> None:
    found = read(LHEO.format(namespace=namespace), "lheo.yml", language="fr")
    first, second = found.listings
    assert first.fr
    assert (first.id, first.fr.title, first.fr.description) == (
        "maple.F-1", "Soudage à l'arc", "Préparer\nun joint & souder.",
    )  # fmt: skip
    assert (first.cost, first.currency, first.hours, first.delivery) == (350, "EUR", 35, "in_person")
    days = (*first.starts, first.application_closes, first.updated)
    assert [str(day) for day in days] == ["2027-01-18", "2027-01-10", "2026-11-01"]
    assert (second.id, second.delivery, second.currency, second.credential_type) == (
        "maple.M-2",
        "hybrid",
        None,
        "course",
    )
    assert kinds(found) == [[], ["date_impossible"], ["id_missing"]]
    assert [note.column for note in found.notes] == ["session"]
    assert "Personne" not in first.model_dump_json()


VERSIONS = [
    ("http://cdm-fr.fr/2006/CDM-frSchema", "http://cdm-fr.fr/2006/CDM-frSchema"),
    ("http://cdm-fr.fr/2013/CDM", "http://cdm-fr.fr/2013/CDM-frSchema"),
]


@pytest.mark.parametrize("namespaces", VERSIONS)
def test_cdm_fr_programmes_are_listings_and_their_units_are_not(read: Read, namespaces: tuple[str, str]) -> None:
    found = read(CDM.format(*namespaces), "cdm-fr.yml", language="fr")
    first, second = found.listings
    assert first.fr
    assert first.en
    assert (first.id, first.fr.title, first.en.title) == ("maple.DU-1", "Éthique des données", "Data ethics")
    assert (first.fr.description, first.fr.prerequisites) == ("Le cadre légal.\nDes cas.", None)
    assert (first.url, first.language) == ("https://universite.example/du-1", ("fr",))
    assert second.id == "maple.P-2"
    assert kinds(found) == [[], [], ["title_missing"]]


def test_rss_items_are_listings(read: Read) -> None:
    found = read(RSS, "rss.yml")
    first, second, bad = found.listings
    assert first.en
    assert second.en
    assert (first.id, first.en.title, first.en.description) == ("maple.w-1", "Welding & you", "Long text.")
    assert (first.url, str(first.updated), first.language) == ("https://a.example/1", "2026-11-02", ())
    assert (second.url, second.en.description, second.updated) == ("https://a.example/2", "Short", None)
    assert bad.url is None
    assert kinds(found) == [[], ["not_a_date"], ["text_untitled", "title_missing", "id_missing"], ["not_a_web_address"]]


def test_atom_entries_are_listings_in_their_language(read: Read) -> None:
    found = read(ATOM, "atom.yml")
    first, second = found.listings
    assert first.fr
    assert second.en
    assert (first.id, first.fr.title, first.fr.description) == ("maple.urn-c-1", "Soudage", "Un.\nDeux.")
    assert (first.url, str(first.updated)) == ("https://a.example/1", "2026-11-01")
    assert (second.en.title, second.en.description) == ("Weld now", "Short.")
    assert kinds(found) == [[], [], ["title_missing"]]


def test_destiny_one_sections_on_offer_are_rows_of_their_course(read: Read) -> None:
    sections = [section(1, "Active"), section(2, "Cancelled"), section(3, "Active"), section(4, "Active", course="")]
    found = read(DESTINY.format(*sections), "destiny-one-xml.yml")
    assert [one.id for one in found.listings] == ["maple.WLD-1-001", "maple.WLD-1-003"]
    assert [str(one.starts[0]) for one in found.listings] == ["2027-01-11", "2027-03-11"]
    assert {(one.cost, one.delivery) for one in found.listings} == {(395, "online")}
    assert [(note.row, note.problem.kind) for note in found.notes] == []
    assert "Person" not in "".join(one.model_dump_json() for one in found.listings)


@pytest.mark.parametrize(
    ("page", "words", "title"),
    [("docs/feeds.md", "Fall 2027", "Welding basics"), ("docs/fr/flux.md", "Automne 2027", "Soudage de base")],
)
def test_the_example_of_the_pages_gives_what_they_say(
    contract: Contract, source: Callable[..., Source], tmp_path: Path, page: str, words: str, title: str
) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    content, mapping = re.findall(r"```xml\n(.*?)```.*?```yaml\n(.*?)```", text, re.DOTALL)[0]
    (tmp_path / "m.yml").write_text(mapping, encoding="utf-8")
    found = Reader(contract, TODAY, 1).read(source("a.xml", content, mapping="m.yml"))
    listing = found.listings[0]
    told = listing.en or listing.fr
    assert told
    assert (told.title, list(map(str, listing.starts))) == (title, ["2027-02-01"])
    assert listing.place
    assert listing.place.city == "Sudbury"
    assert [issue.value for issue in found.issues] == [words]


@pytest.mark.parametrize("name", XML_MAPPINGS)
def test_no_shipped_mapping_reads_people(name: str) -> None:
    paths = yaml.safe_dump(yaml.safe_load((MAPPINGS / name).read_text(encoding="utf-8"))).lower()
    for word in ("instructor", "author", "creator", "contact-", "contacts", "courriel", "email", "phone"):
        assert word not in paths
