"""Made-up courses as feeds of every kind, as long as real ones, for benchmarks and tests of memory."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape  # it writes; nothing is parsed

from tests.indexer.made_rows import COLUMNS, made_row, made_rows, write_csv

Course = dict[str, str]
PAGE = "https://college.example"
CTID = "ce-00000000-0000-4000-8000-{:012d}"
XML_MAPPING = """
paths: xpath
records: course
fields: {id: code, en.title: name, fr.title: nom, en.description: about, fr.description: propos, url: page,
         hours: hours, weeks: weeks, cost: cost, place.city: city}
"""


def made_course(number: int) -> Course:
    return dict(zip(COLUMNS, made_row(number), strict=True))


def _languages(course: Course, name: str) -> dict[str, str]:
    return {"en": course[f"{name} (English)"], "fr": course[f"{name} (French)"]}


def record(course: Course) -> dict[str, Any]:
    """As the template's record."""
    texts = {name: _languages(course, name.capitalize()) for name in ("title", "description")}
    said = {code: {name: text[code] for name, text in texts.items()} for code in ("en", "fr")}
    plain = {"hours": "Total hours", "weeks": "Weeks", "cost": "Cost", "url": "Web address", "updated": "Updated"}
    return {
        "id": course["ID"], **said, **{name: course[column] for name, column in plain.items()}, "language": ["en"],
        "delivery": "online", "starts": course["Start dates"].split("|"), "skills": course["Skills"].split("|"),
        "place": {"city": course["City"]},
    }  # fmt: skip


def schema_org(course: Course) -> Iterator[dict[str, Any]]:
    """A course, and its run apart from it; both point to others by their addresses."""
    page = course["Web address"]
    yield {
        "@type": "Course", "@id": page, "courseCode": course["ID"], "name": _labelled(course, "Title"),
        "description": _labelled(course, "Description"), "provider": {"@id": PAGE}, "inLanguage": "en",
        "teaches": course["Learning outcomes (English)"].split("|"), "timeRequired": f"PT{course['Total hours']}H",
        "hasCourseInstance": [{"@id": f"{page}#run"}],
    }  # fmt: skip
    offers = {"@type": "Offer", "price": course["Cost"], "priceCurrency": "CAD"}
    yield {
        "@type": "CourseInstance", "@id": f"{page}#run", "startDate": "2027-01-18", "courseMode": "online",
        "location": {"@id": f"{PAGE}/campus"}, "offers": offers,
    }  # fmt: skip


def _labelled(course: Course, name: str) -> list[dict[str, str]]:
    return [{"@value": text, "@language": code} for code, text in _languages(course, name).items()]


def ctdl(course: Course) -> Iterator[dict[str, Any]]:
    """A course and an offering of it, which point to each other by their addresses."""
    number = int(course["ID"].removeprefix("R-"))
    cost = {"@type": "ceterms:CostProfile", "ceterms:price": course["Cost"], "ceterms:currency": "CAD"}
    yield {
        "@type": "ceterms:Course", "@id": f"{PAGE}/{CTID.format(number)}", "ceterms:ctid": CTID.format(number),
        "ceterms:name": _languages(course, "Title"), "ceterms:description": _languages(course, "Description"),
        "ceterms:inLanguage": ["en"], "ceterms:subjectWebpage": course["Web address"],
        "ceterms:estimatedCost": [cost], "ceterms:hasOffering": [f"{PAGE}/offering/{number}"],
        "ceterms:ownedBy": [PAGE],
    }  # fmt: skip
    yield {
        "@type": "ceterms:ScheduledOffering", "@id": f"{PAGE}/offering/{number}",
        "ceterms:learningDeliveryType": [{"ceterms:targetNode": "deliveryType:OnlineOnly"}],
    }  # fmt: skip


def _xml(course: Course) -> str:
    columns = {
        "code": "ID", "name": "Title (English)", "nom": "Title (French)", "about": "Description (English)",
        "propos": "Description (French)", "page": "Web address", "hours": "Total hours", "weeks": "Weeks",
        "cost": "Cost", "city": "City",
    }  # fmt: skip
    inside = "".join(f"<{name}>{escape(course[column])}</{name}>" for name, column in columns.items())
    return f"<course>{inside}</course>"


def _write(path: Path, begin: str, pieces: Iterable[str], between: str, end: str) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write(begin)
        for number, piece in enumerate(pieces):
            file.write(f"{between if number else ''}{piece}")
        file.write(end)
    return path


def _courses(count: int) -> Iterator[Course]:
    return map(made_course, range(count))


def _graph(path: Path, things: Iterable[dict[str, Any]], context: str) -> Path:
    return _write(path, f'{{"@context": "{context}", "@graph": [', map(json.dumps, things), ",", "]}")


def write_json(path: Path, count: int) -> Path:
    return _write(path, "[", (json.dumps(record(one)) for one in _courses(count)), ",", "]")


def write_ndjson(path: Path, count: int) -> Path:
    return _write(path, "", (json.dumps(record(one)) for one in _courses(count)), "\n", "\n")


def write_xml(path: Path, count: int) -> Path:
    path.with_name("mapping.yml").write_text(XML_MAPPING, encoding="utf-8")
    return _write(path, "<courses>", map(_xml, _courses(count)), "", "</courses>")


def write_schema_org(path: Path, count: int) -> Path:
    campus = {"@id": f"{PAGE}/campus", "@type": "Place", "address": {"addressLocality": "Sudbury"}}
    things = (thing for one in _courses(count) for thing in schema_org(one))
    maker = {"@id": PAGE, "@type": "CollegeOrUniversity", "name": "Made College"}
    return _graph(path, (one for group in ([campus], things, [maker]) for one in group), "https://schema.org")


def write_ctdl(path: Path, count: int) -> Path:
    things = (thing for one in _courses(count) for thing in ctdl(one))
    return _graph(path, things, "https://credreg.net/ctdl/schema/context/json")


# By the name of the format: the file's name, and what writes that many courses into it.
FEEDS: dict[str, tuple[str, Callable[[Path, int], Path]]] = {
    "csv": ("made.csv", lambda path, count: write_csv(path, made_rows(count))),
    "ndjson": ("made.ndjson", write_ndjson),
    "json": ("made.json", write_json),
    "xml": ("made.xml", write_xml),
    "schema-org": ("made.jsonld", write_schema_org),
    "ctdl": ("made.json", write_ctdl),
}
