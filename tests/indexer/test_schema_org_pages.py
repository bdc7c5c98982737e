"""schema.org as found in web pages: scripts, Microdata, RDFa Lite; folders of pages and site maps."""

import datetime as dt
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from indexer.digests import source_digest
from indexer.failures import SourceError
from indexer.readers.schema_org.pages import read_page
from indexer.readers.schema_org.reading import read_schema_org
from indexer.readers.schema_org.sitemaps import files_beside
from indexer.sources import Source
from indexer.validation import judge
from mappings.contract import listing_contract
from mappings.listing import Listing
from tests.indexer.conftest import WholeFeed, read_whole, source_entry

TODAY = dt.date(2026, 11, 24)
COURSE: dict[str, Any] = {
    "@context": "https://schema.org", "@type": "Course", "name": "MIG welding", "description": "Lay flat beads.",
    "offers": {"@type": "Offer", "price": "450", "priceCurrency": "CAD"},
    "hasCourseInstance": {"@type": "CourseInstance", "startDate": "2027-02-01", "courseMode": "onsite"},
}  # fmt: skip
MICRODATA = """<div itemscope itemtype="https://schema.org/Course">
  <h1 itemprop="name">MIG welding</h1>
  <p itemprop="description">Lay flat<!-- x --> <b>beads</b>.<script>alert(1)</script></p>
  <div itemprop="offers" itemscope itemtype="https://schema.org/Offer">
    <data itemprop="price" value="450">$450</data><meta itemprop="priceCurrency" content="CAD"></div>
  <div itemprop="hasCourseInstance" itemscope itemtype="https://schema.org/CourseInstance">
    <time itemprop="startDate" datetime="2027-02-01">February</time><span itemprop="courseMode">onsite</span></div>
</div>"""
RDFA = """<div vocab="https://schema.org/" typeof="Course">
  <h1 property="name">MIG welding</h1><p property="description">Lay flat beads.</p>
  <div property="offers" typeof="Offer"><span property="price" content="450">$450</span>
    <meta property="priceCurrency" content="CAD"></div>
  <div property="hasCourseInstance" typeof="CourseInstance">
    <time property="startDate" datetime="2027-02-01">February</time><span property="courseMode">onsite</span></div>
</div>"""
PREFIXED = RDFA.replace('vocab="https://schema.org/"', "").replace('typeof="', 'typeof="schema:').replace(
    'property="', 'property="schema:'
)  # fmt: skip


def script(body: Any) -> str:
    text = body if isinstance(body, str) else json.dumps(body)
    return f'<script type="application/ld+json">{text}</script>'


def page(*parts: str, language: str = "en", head: str = "") -> str:
    return f'<!doctype html><html lang="{language}"><head>{head}</head><body>{"".join(parts)}</body></html>'


def placed(folder: Path, file: str, **more: Any) -> Source:
    return Source.model_validate(source_entry("maple", file, format="schema-org", **more)).placed(folder)


def feed(folder: Path, file: str = "a.html") -> WholeFeed:
    return read_whole(placed(folder, file), listing_contract(), TODAY, 20)


def listings(read: WholeFeed, folder: Path) -> list[Listing]:
    judged = [judge(row, placed(folder, "a.html"), listing_contract()) for row in read.rows]
    return [one.listing for one in judged if one.listing]


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def said(read: WholeFeed) -> list[str]:
    return [
        *(note.problem.kind for note in read.notes),
        *(wrong.kind for row in read.rows for _, _, wrong in row.problems),
    ]


@pytest.mark.parametrize("markup", [script(COURSE), MICRODATA, RDFA, PREFIXED], ids=["json", "micro", "rdfa", "prefix"])
def test_a_course_is_read_from_whichever_markup(tmp_path: Path, markup: str) -> None:
    write(tmp_path, "a.html", page(markup))
    (one,) = listings(feed(tmp_path), tmp_path)
    assert one.en is not None
    assert (one.id, one.en.title, one.en.description) == ("maple.mig-welding", "MIG welding", "Lay flat beads.")
    assert (one.cost, one.currency, one.delivery, one.starts) == (450, "CAD", "in_person", (dt.date(2027, 2, 1),))


def test_what_a_page_says_twice_is_one_listing(tmp_path: Path) -> None:
    write(tmp_path, "a.html", page(script(COURSE), MICRODATA, RDFA))
    assert len(listings(feed(tmp_path), tmp_path)) == 1


def test_markup_of_another_vocabulary_is_passed_over(tmp_path: Path) -> None:
    other = RDFA.replace("https://schema.org/", "https://other.example/")
    write(tmp_path, "a.html", page(other, MICRODATA.replace("https://schema.org/", "https://other.example/")))
    with pytest.raises(SourceError, match="holds no listing"):
        feed(tmp_path)


def test_the_pages_language_is_that_of_its_texts(tmp_path: Path) -> None:
    write(tmp_path, "a.html", page(script({**COURSE, "name": "Soudage"}), language="fr-CA"))
    write(tmp_path, "b.html", page(MICRODATA, language="fr"))
    for name in ("a.html", "b.html"):
        (one,) = listings(feed(tmp_path, name), tmp_path)
        assert one.fr is not None
        assert one.en is None


def test_relative_links_lead_from_the_pages_own_address(tmp_path: Path) -> None:
    canonical = '<link rel="canonical" href="https://maple.example/en/courses/">'
    link = '<a itemprop="url" href="../courses/wld-1"></a>'
    write(tmp_path, "a.html", page(script({**COURSE, "url": "wld-1"}), head=canonical))
    write(tmp_path, "b.html", page(MICRODATA.replace("<h1", f"{link}<h1"), head=canonical))
    for name in ("a.html", "b.html"):
        (one,) = listings(feed(tmp_path, name), tmp_path)
        assert one.url == "https://maple.example/en/courses/wld-1"


def test_microdata_may_stand_elsewhere_in_the_page(tmp_path: Path) -> None:
    apart = (
        '<div itemscope itemtype="http://schema.org/Course" itemref="n d x"></div><p id="n" itemprop="name">Welding</p>'
    )
    write(tmp_path, "a.html", page(apart, '<p id="d"><i itemprop="description">Beads.</i></p>'))
    (one,) = listings(feed(tmp_path), tmp_path)
    assert one.en is not None
    assert (one.en.title, one.en.description) == ("Welding", "Beads.")


def test_parts_that_refer_to_each_other_end(tmp_path: Path) -> None:
    loop = '<div id="a" itemscope itemtype="http://schema.org/Course" itemref="a"><b itemprop="name">Welding</b></div>'
    write(tmp_path, "a.html", page(loop))
    assert len(listings(feed(tmp_path), tmp_path)) == 1


def test_a_broken_script_is_held_back_and_the_others_load(tmp_path: Path) -> None:
    write(tmp_path, "a.html", page(script('{"@type": "Course",}'), script(COURSE), script("<!-- // -->")))
    read = feed(tmp_path)
    assert [wrong.kind for wrong in (row.problems[-1][2] for row in read.rows)] == ["id_made", "script_broken"]
    assert len(listings(read, tmp_path)) == 1


def test_a_folder_is_read_page_by_page(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, "b.html", page(script({**COURSE, "name": "Brazing"})))
    write(site, "en/a.htm", page(script(COURSE)))
    write(site, "contact.html", page("<p>Call us</p>"))
    write(site, "style.css", "p {}")
    read = feed(tmp_path, "site")
    assert [one.en.title for one in listings(read, tmp_path) if one.en] == ["Brazing", "MIG welding"]
    assert {cell.column for cell in read.rows[1].cells.values()} >= {"en/a.htm: name", "en/a.htm: offers"}
    assert [(note.column, note.problem.kind) for note in read.notes] == [("contact.html", "page_without_course")]


def test_a_list_page_and_a_courses_own_page_give_one_listing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    short = {"@type": "Course", "@id": "https://maple.example/wld-1", "name": "MIG welding"}
    write(
        site, "all.html", page(script({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": short}]}))
    )
    write(site, "wld-1.html", page(script({**COURSE, "@id": "https://maple.example/wld-1"})))
    (one,) = listings(feed(tmp_path, "site"), tmp_path)
    assert (one.id, one.cost) == ("maple.wld-1", 450)


def test_an_empty_folder_holds_no_listing(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    with pytest.raises(SourceError, match="holds no listing"):
        feed(tmp_path, "site")


def urls(*addresses: str, of: str = "url") -> str:
    inner = "".join(f"<{of}><loc> {one} </loc><lastmod>2026-01-01</lastmod></{of}>" for one in addresses)
    root = "urlset" if of == "url" else "sitemapindex"
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</{root}>'


def test_a_site_map_leads_to_the_pages_beside_it(tmp_path: Path) -> None:
    write(tmp_path, "sitemap.xml", urls(
        "https://maple.example/courses/welding", "https://maple.example/", "https://maple.example/courses/brazing?x=1",
        "https://maple.example/gone",
    ))  # fmt: skip
    write(tmp_path, "courses/welding.html", page(script({**COURSE, "url": "?apply"})))
    write(tmp_path, "courses/brazing/index.html", page(script({**COURSE, "name": "Brazing"})))
    write(tmp_path, "index.html", page("Welcome"))
    read = feed(tmp_path, "sitemap.xml")
    assert [one.url for one in listings(read, tmp_path)] == ["https://maple.example/courses/welding?apply", None]
    assert said(read)[:2] == ["page_missing", "page_without_course"]


def test_maps_of_maps_and_packed_maps_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    index = urls("https://maple.example/sitemap.xml", "https://maple.example/part.xml.gz", of="sitemap")
    write(tmp_path, "sitemap.xml", index)
    write(tmp_path, "part.xml.gz", gzip.compress(urls("https://maple.example/a", "https://maple.example/a").encode()))
    write(tmp_path, "a.html", page(script(COURSE)))
    assert len(listings(feed(tmp_path, "sitemap.xml"), tmp_path)) == 1


def test_the_files_of_pages_may_come_from_elsewhere(tmp_path: Path) -> None:
    """Whatever fetches pages hands over where it put them."""
    kept = write(tmp_path, "cache/1234", page(script(COURSE)))
    write(tmp_path, "sitemap.xml", urls("https://maple.example/a"))
    read = read_schema_org(tmp_path / "sitemap.xml", None, listing_contract(), TODAY, 1, lambda _url: kept)
    assert len(list(read.rows)) == 1


@pytest.mark.parametrize(
    "address",
    ["https://maple.example/../secret", "https://maple.example/%2e%2e/secret", "file:///etc/passwd", "https://[", "",
     "https://maple.example/a%00b", "https://maple.example/..%5csecret", "https://maple.example/link"],
)  # fmt: skip
def test_an_address_leads_nowhere_but_into_the_folder(tmp_path: Path, address: str) -> None:
    secret = write(tmp_path, "secret.html", page(script(COURSE)))
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "link.html").symlink_to(secret)
    assert files_beside(folder)(address) is None


@pytest.mark.parametrize(
    "text",
    [b"", b"<urlset><url>", b"\x1f\x8b broken", gzip.compress(b"<urlset>", mtime=0)[:-9],
     gzip.compress(b"<urlset>" + b" " * 30_000_000 + b"</urlset>", mtime=0),
     b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
         b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 50) for n in range(9)
     ) + b"]><urlset><url><loc>&j;</loc></url></urlset>"],
    ids=["empty", "cut", "no gzip", "cut gzip", "gzip bomb", "xml bomb"],
)  # fmt: skip
def test_a_broken_or_hostile_map_is_refused(tmp_path: Path, text: bytes) -> None:
    write(tmp_path, "sitemap.xml.gz" if text[:2] == b"\x1f\x8b" else "sitemap.xml", text)
    with pytest.raises(SourceError):
        feed(tmp_path, "sitemap.xml.gz" if text[:2] == b"\x1f\x8b" else "sitemap.xml")


def test_an_external_entity_is_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret", "https://maple.example/a")
    write(tmp_path, "a.html", page(script(COURSE)))
    bomb = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]><urlset><url><loc>&a;</loc></url></urlset>'
    write(tmp_path, "sitemap.xml", bomb)
    with pytest.raises(SourceError):
        feed(tmp_path, "sitemap.xml")


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<div>" * 100_000 + MICRODATA, 0),
        (script("[" * 100_000), 0),
        (script({**COURSE, "description": "x" * 10_000_000}), 1),
        (MICRODATA.replace("Lay flat", "x" * 10_000_000), 1),
        ('<b itemprop="x">' * 3_000 + "x" * 1_000_000, 0),
        ("<div itemscope itemtype='http://schema.org/Course' itemprop='hasPart'>" * 3_000, 0),
        ("\0" * 1000 + MICRODATA, 1),
        ("<i>" * 200 + "<b></b>" * 200_000, 0),
    ],
    ids=["deep", "deep script", "long", "long micro", "nested texts", "nested things", "nul", "many"],
)
def test_a_hostile_page_ends_and_the_page_beside_it_loads(tmp_path: Path, markup: str, found: int) -> None:
    write(tmp_path, "site/a.html", page(markup))
    write(tmp_path, "site/b.html", page(script({**COURSE, "name": "Brazing"})))
    assert len(listings(feed(tmp_path, "site"), tmp_path)) == found + 1


def test_script_and_false_links_in_any_text_come_to_nothing(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>Weld"
    course = {**COURSE, "name": evil, "description": evil, "url": "javascript:alert(1)", "teaches": [evil],
              "coursePrerequisites": evil, "educationalLevel": evil, "courseCode": "W-1"}  # fmt: skip
    write(tmp_path, "a.html", page(script(json.dumps(course).replace("</", "<\\/"))))
    (one,) = listings(feed(tmp_path), tmp_path)
    assert "alert" not in one.model_dump_json()
    assert one.url is None


def test_a_page_that_is_too_large_is_held_back_alone(tmp_path: Path) -> None:
    write(tmp_path, "site/a.html", page("x" * 1_000_001))
    write(tmp_path, "site/b.html", page(script(COURSE)))
    read = read_whole(placed(tmp_path, "site"), listing_contract(), TODAY, 1)
    assert "page_too_large" in said(read)
    assert len(listings(read, tmp_path)) == 1


def test_a_page_of_another_encoding_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.html", page(script({**COURSE, "name": "Café"}).replace("\\u00e9", "é")).encode("cp1252"))
    assert any("Café" in str(node.values["name"]) for node in read_page(path, "a.html").nodes)


def test_a_new_page_or_a_new_day_is_another_load(tmp_path: Path) -> None:
    write(tmp_path, "site/a.html", page(script(COURSE)))
    site = placed(tmp_path, "site")
    first = source_digest(site, "code", TODAY)
    assert source_digest(site, "code", TODAY) == first
    assert source_digest(site, "code", TODAY + dt.timedelta(1)) != first
    write(tmp_path, "site/b.html", page(script(COURSE)))
    assert source_digest(site, "code", TODAY) != first
