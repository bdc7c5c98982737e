"""Every form a feed may have, each with a writer of the same few rows: what is put into one is put into all."""

import calendar
import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from indexer.settings import ROOT
from indexer.sources import Source
from tests.indexer.conftest import csv_text, source_entry
from tests.indexer.hostile import workbooks

MAPPINGS = ROOT / "data" / "feed_mappings"
COLUMNS = {
    "id": "ID", "title": "Title", "description": "Description", "url": "Web address", "cost": "Cost",
    "starts": "Start dates",
}  # fmt: skip
TEXTS = frozenset({"id", "title", "description"})
ALL = frozenset(COLUMNS)
RECORDS = "r.yml"
JSON_MAPPING = (
    "records: body.list\nfields: {id: code, title: name, description: text, url: link, cost: fee, starts: day}\n"
)
TABLE_MAPPING = """
fields: {id: Code, title: Name, description: Text, url: Link, cost: Fee, starts: {path: From, transform: day}}
"""

Row = dict[str, str]
Write = Callable[[Sequence[Row]], bytes]


@dataclass(frozen=True)
class Form:
    """A kind of feed: the file's name, its writer, which fields it can hold, what its source says besides.

    `mapping` is the text of a mapping that is written beside the file.
    """

    name: str
    file: str
    write: Write
    holds: frozenset[str] = ALL
    more: dict[str, Any] = field(default_factory=dict)
    mapping: str = ""

    @property
    def is_workbook(self) -> bool:
        return self.file.endswith((".xlsx", ".ods"))

    @property
    def is_xml(self) -> bool:
        return self.file.endswith(".xml")

    @property
    def is_lines(self) -> bool:
        return self.file.endswith(".ndjson")

    @property
    def is_json(self) -> bool:
        return self.file.endswith((".json", ".jsonld"))

    def placed(self, folder: Path, content: bytes, name: str = "maple") -> Source:
        """A source of these bytes, written into a folder."""
        (folder / self.file).write_bytes(content)
        return Source.model_validate(self.entry(folder, name)).placed(folder)

    def entry(self, folder: Path, name: str) -> dict[str, Any]:
        """The source as sources.yml has it. Writes the mapping where it has one of its own."""
        more = dict(self.more)
        if self.mapping:
            more["mapping"] = f"{self.name}.yml"
            (folder / more["mapping"]).write_text(self.mapping, encoding="utf-8")
        return source_entry(name, self.file, **more)


def shipped(name: str) -> dict[str, Any]:
    return {"mapping": str(MAPPINGS / f"{name}.yml")}


# Tables


def _cells(rows: Sequence[Row], header: Iterable[str]) -> list[list[str]]:
    return [list(header), *([row.get(name, "") for name in COLUMNS] for row in rows)]


def _table(separator: str, header: Iterable[str]) -> Write:
    def write(rows: Sequence[Row]) -> bytes:
        first, *others = _cells(rows, header)
        return csv_text(first, others, separator).encode("utf-8", "surrogatepass")

    return write


OWN = ("Code", "Name", "Text", "Link", "Fee", "From")


def _xlsx(header: Iterable[str]) -> Write:
    return lambda rows: workbooks.xlsx(workbooks.xlsx_sheet(_cells(rows, header)))


def _ods(rows: Sequence[Row]) -> bytes:
    return workbooks.ods(workbooks.ods_content(_cells(rows, COLUMNS.values())))


# JSON


def _renamed(row: Row, names: dict[str, str]) -> dict[str, str]:
    return {names[key]: value for key, value in row.items() if key in names}


def _dumped(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _lines(bodies: Iterable[Any]) -> bytes:
    return b"\n".join(map(_dumped, bodies)) + b"\n"


PLAIN = {name: name for name in COLUMNS}
MAPPED = {
    "id": "code", "title": "name", "description": "text", "url": "link", "cost": "fee", "starts": "day",
}  # fmt: skip
EDX = {"id": "course_id", "title": "name", "description": "overview", "starts": "start"}
DESTINY = {"id": "code", "title": "name", "description": "description", "url": "url"}


def _edx(row: Row) -> dict[str, Any]:
    return {**_renamed(row, EDX), "start_type": "timestamp"}


def _destiny(row: Row) -> dict[str, Any]:
    return {**_renamed(row, DESTINY), "sections": [{"tuition": row.get("cost"), "startDate": row.get("starts")}]}


def _seconds(day: str) -> int:
    """Seconds since 1970, also for years that the calendar of this machine does not reach."""
    return calendar.timegm(dt.date.fromisoformat(day).timetuple()) + 43_200 if day else 0


def _moodle(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "fullname": row.get("title"),
        "summary": row.get("description"),
        "startdate": _seconds(row.get("starts", "")),
    }


def _schema_org(row: Row) -> dict[str, Any]:
    said = _renamed(row, {"id": "courseCode", "title": "name", "description": "description", "url": "url"})
    offers = {"@type": "Offer", "price": row.get("cost"), "priceCurrency": "CAD"}
    run = {"@type": "CourseInstance", "startDate": row.get("starts")}
    more = {"offers": offers} if "cost" in row else {}
    runs = {"hasCourseInstance": run} if "starts" in row else {}
    return {"@context": "https://schema.org", "@type": "Course", **said, **more, **runs}


def _ctdl(row: Row) -> dict[str, Any]:
    named = {"title": "name", "description": "description", "url": "subjectWebpage", "id": "ctid"}
    body: dict[str, Any] = {f"ceterms:{named[key]}": value for key, value in row.items() if key in named}
    if "cost" in row:
        body["ceterms:estimatedCost"] = [{"ceterms:price": row["cost"], "ceterms:currency": "CAD"}]
    return {"@type": "ceterms:Course", **body}


# Pages


def _page(body: str) -> bytes:
    return f'<!doctype html><html lang="en"><body>{body}</body></html>'.encode("utf-8", "surrogatepass")


def _script(rows: Sequence[Row]) -> bytes:
    text = json.dumps({"@graph": list(map(_schema_org, rows)), "@context": "https://schema.org"}, ensure_ascii=False)
    safe = text.replace("</", "<\\/")
    return _page(f'<script type="application/ld+json">{safe}</script>')


def _marked_up(item: str, name: str) -> Callable[[Row], str]:
    """A course in Microdata or RDFa: `item` opens a thing of a kind, `name` is the attribute that names a value."""

    def thing(kind: str, inner: str, under: str = "") -> str:
        return f"<div {under} {item.format(kind)}>{inner}</div>"

    def write(row: Row) -> str:
        said = _renamed(row, {"id": "courseCode", "title": "name", "description": "description"})
        parts = [f'<p {name}="{key}">{escape(value)}</p>' for key, value in said.items()]
        if "url" in row:
            parts.append(f'<a {name}="url" href={quoteattr(row["url"])}>more</a>')
        if "cost" in row:
            price = f'<meta {name}="price" content={quoteattr(row["cost"])}>'
            parts.append(thing("Offer", price, f'{name}="offers"'))
        if "starts" in row:
            day = f'<time {name}="startDate" datetime={quoteattr(row["starts"])}></time>'
            parts.append(thing("CourseInstance", day, f'{name}="hasCourseInstance"'))
        return thing("Course", "".join(parts))

    return write


MICRODATA = _marked_up('itemscope itemtype="https://schema.org/{}"', "itemprop")
RDFA = _marked_up('vocab="https://schema.org/" typeof="{}"', "property")


# XML


def _xml(head: str, tail: str, record: Callable[[Row], str]) -> Write:
    def write(rows: Sequence[Row]) -> bytes:
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{"".join(map(record, rows))}{tail}'
        return text.encode("utf-8", "surrogatepass")

    return write


def _elements(row: Row, names: dict[str, str]) -> str:
    return "".join(f"<{tag}>{escape(value)}</{tag}>" for tag, value in _renamed(row, names).items())


def _xcri(row: Row) -> str:
    said = {"id": "dc:identifier", "title": "dc:title", "description": "dc:description", "url": "mlo:url"}
    run = _elements(row, {"starts": "mlo:start", "cost": "mlo:cost"})
    return f"<course>{_elements(row, said)}{f'<presentation>{run}</presentation>' if run else ''}</course>"


XCRI = """<catalog xmlns="http://xcri.org/profiles/1.2/catalog" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:mlo="http://purl.org/net/mlo"><provider>"""


def _rss(row: Row) -> str:
    names = {"id": "guid", "title": "title", "description": "description", "url": "link"}
    return f"<item>{_elements(row, names)}</item>"


def _atom(row: Row) -> str:
    link = f"<link href={quoteattr(row['url'])}/>" if "url" in row else ""
    return f"<entry>{_elements(row, {'id': 'id', 'title': 'title', 'description': 'summary'})}{link}</entry>"


def _lheo(row: Row) -> str:
    said = _elements(row, {"title": "intitule-formation", "description": "contenu-formation"})
    url = f"<url-formation><urlweb>{escape(row['url'])}</urlweb></url-formation>" if "url" in row else ""
    cost = _elements(row, {"cost": "frais-restants"})
    day = row.get("starts", "").replace("-", "")
    run = f"<session><periode><debut>{day}</debut></periode></session>" if day else ""
    return f"<formation numero={quoteattr(row.get('id', ''))}>{said}{url}<action>{cost}{run}</action></formation>"


def _cdm(row: Row) -> str:
    said = _elements(row, {"id": "programID", "title": "programName", "description": "programDescription"})
    url = f"<webLink><href>{escape(row['url'])}</href></webLink>" if "url" in row else ""
    return f"<program>{said}{url}</program>"


FEES = (
    "courseSectionFees", "courseSectionFee", "flatFeeTuitionProfile", "associatedTuitionProfile", "tuitionFees",
    "tuitionFee", "tuitionFeeItems", "tuitionFeeItem", "amount",
)  # fmt: skip


def _section(row: Row) -> str:
    course = _elements(row, {"title": "name", "description": "courseDescription"})
    rest = _elements(row, {"id": "customSectionNumber", "url": "sectionURL", "starts": "beginDate"})
    opened, closed = "".join(f"<{name}>" for name in FEES), "".join(f"</{name}>" for name in reversed(FEES))
    fee = f"{opened}{escape(row['cost'])}{closed}" if "cost" in row else ""
    return f"<courseSectionProfile><associatedCourse>{course}</associatedCourse>{rest}{fee}</courseSectionProfile>"


FORMS: tuple[Form, ...] = (
    Form("csv", "a.csv", _table(",", COLUMNS.values())),
    Form("tsv", "a.tsv", _table("\t", COLUMNS.values())),
    Form("xlsx", "a.xlsx", _xlsx(COLUMNS.values())),
    Form("ods", "a.ods", _ods),
    Form("csv-mapped", "m.csv", _table(";", OWN), mapping=TABLE_MAPPING),
    Form("xlsx-mapped", "m.xlsx", _xlsx(OWN), mapping=TABLE_MAPPING),
    Form("ndjson", "a.ndjson", lambda rows: _lines(_renamed(row, PLAIN) for row in rows)),
    Form("json", "a.json", lambda rows: _dumped([_renamed(row, PLAIN) for row in rows])),
    Form(
        "json-mapped",
        "m.json",
        lambda rows: _dumped({"body": {"list": [_renamed(row, MAPPED) for row in rows]}}),
        mapping=JSON_MAPPING,
    ),
    Form(
        "edx", "edx.json", lambda rows: _dumped({"results": list(map(_edx, rows))}), TEXTS | {"starts"}, shipped("edx")
    ),
    Form(
        "moodle", "moodle.json", lambda rows: _dumped(list(map(_moodle, rows))), TEXTS | {"starts"}, shipped("moodle")
    ),
    Form(
        "destiny-json",
        "destiny.json",
        lambda rows: _dumped({"courses": {"course": list(map(_destiny, rows))}}),
        more=shipped("destiny-one-json"),
    ),
    Form("json-ld", "s.jsonld", lambda rows: _dumped({"@graph": list(map(_schema_org, rows))})),
    Form("json-ld-lines", "s.ndjson", lambda rows: _lines(map(_schema_org, rows)), more={"format": "schema-org"}),
    Form("page-script", "script.html", _script),
    Form("page-microdata", "micro.html", lambda rows: _page("".join(map(MICRODATA, rows)))),
    Form("page-rdfa", "rdfa.html", lambda rows: _page("".join(map(RDFA, rows)))),
    Form(
        "ctdl",
        "c.json",
        lambda rows: _dumped({"@graph": list(map(_ctdl, rows))}),
        ALL - {"starts"},
        {"format": "ctdl"},
    ),
    Form("ctdl-lines", "c.ndjson", lambda rows: _lines(map(_ctdl, rows)), ALL - {"starts"}, {"format": "ctdl"}),
    Form("xcri-cap", "xcri.xml", _xml(XCRI, "</provider></catalog>", _xcri), more=shipped("xcri-cap")),
    Form("rss", "rss.xml", _xml("<rss><channel>", "</channel></rss>", _rss), TEXTS | {"url"}, shipped("rss")),
    Form(
        "atom",
        "atom.xml",
        _xml('<feed xmlns="http://www.w3.org/2005/Atom">', "</feed>", _atom),
        TEXTS | {"url"},
        shipped("atom"),
    ),
    Form("lheo", "lheo.xml", _xml("<lheo><offres>", "</offres></lheo>", _lheo), more=shipped("lheo")),
    Form("cdm-fr", "cdm.xml", _xml("<CDM>", "</CDM>", _cdm), TEXTS | {"url"}, shipped("cdm-fr")),
    Form(
        "destiny-xml",
        "destiny.xml",
        _xml("<found><courseSectionProfiles>", "</courseSectionProfiles></found>", _section),
        more=shipped("destiny-one-xml"),
    ),
)
