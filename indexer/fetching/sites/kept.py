"""The pages of a site as they were last fetched, beside its map."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from indexer.fetching.kept import Validators, content_hash
from indexer.rules import Problem, problem
from mappings.contract import LANGUAGES
from mappings.record import Record

FOLDER = "pages"
ENDING = ".pages.json"
JOURNAL = ".pages.ndjson"  # what a crawl that was ended early had got


class Wrong(Record):
    """Why a page could not be fetched, as a rule of ours."""

    kind: str
    facts: dict[str, Any] = Field(default_factory=dict)

    @property
    def problem(self) -> Problem:
        return problem(self.kind, **self.facts)

    @property
    def details(self) -> dict[str, str]:
        """Its sentences, as facts of another."""
        return {f"detail_{language}": self.problem.in_language(language) for language in LANGUAGES}


class Page(Validators):
    """A page, its copy if there is one, its hash, and the day it was last seen to hold.

    `changed` is what the map said then of its last change; `wrong` is why it could not be fetched since.
    """

    url: str
    file: str | None = Field(default=None, pattern=r"^[0-9a-f]{32}\.html$")
    content: str = ""
    changed: str = ""
    day: dt.date | None = None
    wrong: Wrong | None = None


class Passed(Record):
    """Pages that were not asked for, for one reason: a kind of rule, how many, and the first of them."""

    kind: str
    count: int
    first: str


class Site(Record):
    """The pages a map names, in its order, and those that were passed over."""

    pages: tuple[Page, ...] = ()
    passed: tuple[Passed, ...] = ()


def pages_folder(map_file: Path) -> Path:
    return map_file.parent / FOLDER


def _beside(map_file: Path, ending: str) -> Path:
    return map_file.with_name(map_file.name + ending)


def is_kept(map_file: Path) -> bool:
    """Whether the pages of a map were fetched, as against those that stand beside it."""
    return _beside(map_file, ENDING).is_file()


def read_site(map_file: Path) -> Site:
    """Empty where nothing was kept, or what was is damaged."""
    try:
        return Site.model_validate_json(_beside(map_file, ENDING).read_bytes())
    except (OSError, ValidationError):
        return Site()


def _journal(map_file: Path) -> Iterator[Page]:
    """Its whole lines; the last may be cut short."""
    path = _beside(map_file, JOURNAL)
    for text in path.read_bytes().splitlines() if path.is_file() else ():
        try:
            yield Page.model_validate_json(text)
        except ValidationError:
            continue


def known_pages(map_file: Path) -> dict[str, Page]:
    """By address, what is known of each page; its copy only where that is whole."""
    found = {page.url: page for page in (*read_site(map_file).pages, *_journal(map_file))}
    return {url: page if _is_whole(map_file, page) else Page(url=url) for url, page in found.items()}


def _is_whole(map_file: Path, page: Page) -> bool:
    try:
        return page.file is not None and content_hash(pages_folder(map_file) / page.file) == page.content
    except OSError:
        return False


def note_down(map_file: Path, page: Page) -> None:
    """Keeps what was got of a page should the crawl not come to its end."""
    with _beside(map_file, JOURNAL).open("a", encoding="utf-8") as file:
        file.write(page.model_dump_json() + "\n")


def keep_site(map_file: Path, site: Site, folder: Path) -> None:
    """Puts a site in place of the one before, by way of the folder, and takes away pages that are none of its own."""
    written = folder / "site"
    written.write_text(site.model_dump_json(), encoding="utf-8")
    written.replace(_beside(map_file, ENDING))
    _beside(map_file, JOURNAL).unlink(missing_ok=True)
    own = {page.file for page in site.pages}
    for path in pages_folder(map_file).iterdir():
        if path.name not in own:
            path.unlink()
