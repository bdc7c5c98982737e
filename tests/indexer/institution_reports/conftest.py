"""Reports as an institution opens them."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest

from indexer import run
from indexer.institution_reports.facts import InstitutionReport
from tests.indexer.conftest import Catalogue, quiet


class Page(HTMLParser):
    """The elements, attributes and words of a page, as a browser would have them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._parts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self._parts.append(data)

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", "".join(self._parts).replace("\N{NO-BREAK SPACE}", " "))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


class Reports:
    """The newest run's reports of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @property
    def folder(self) -> Path:
        return max(path for path in (self._catalogue.settings.state / "reports").iterdir() if path.name[0] != ".")

    def path(self, name: str, institution: str = "maple") -> Path:
        return self.folder / "institutions" / institution / name

    def facts(self, institution: str = "maple") -> InstitutionReport:
        return InstitutionReport.model_validate_json(self.path("report.json", institution).read_bytes())

    def page(self, language: str, institution: str = "maple") -> Page:
        return Page(self.path(f"{language}.html", institution).read_text(encoding="utf-8"))

    def rows(self, language: str = "en", institution: str = "maple") -> list[list[str]]:
        text = self.path(f"{language}.csv", institution).read_text(encoding="utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline="")))


@pytest.fixture
def reports(catalogue: Catalogue) -> Reports:
    return Reports(catalogue)


@pytest.fixture
def checked(catalogue: Catalogue, reports: Reports) -> Callable[..., Reports]:
    """The reports of a trial run over an English college's rows."""

    def check(rows: Sequence[Sequence[str]], header: Sequence[str]) -> Reports:
        catalogue.feed("maple.csv", rows, header)
        run.dry_run(catalogue.settings, quiet(), golden=False)
        return reports

    return check
