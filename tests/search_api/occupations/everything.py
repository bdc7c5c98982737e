"""All that the sample catalogue's API answers on occupations and listings, each answer asked for once.

Several tests read the same answers; none of them may change one.
"""

from collections.abc import Iterator
from functools import cache

from flask.testing import FlaskClient

from mappings.contract import Language
from mappings.knowledge import DATA_FOLDER
from mappings.reference_tables import shipped_titles
from search_api.service import SearchService
from tests.search_api.asking import SEARCH, Answers, Json


class Everything(Answers):
    """Answers on occupations and listings."""

    def __init__(self, api: FlaskClient, service: SearchService) -> None:
        super().__init__(api)
        self.listing = cache(service.listing)

    def status(self, link: str, lang: str) -> int:
        """What a link is answered with by one who reads that language; a link that names a language has its own."""
        return self.got(link if "?" in link else f"{link}?lang={lang}")[0]

    def occupation(self, code: str, lang: str) -> Json:
        return self.ask(f"/v1/occupations/{code}?lang={lang}")

    def occupations(self, lang: str) -> Iterator[Json]:
        """Every unit group."""
        return (self.occupation(code, lang) for code in shipped_titles(DATA_FOLDER))

    def hits(self, lang: str) -> list[Json]:
        """Every listing as a hit of browsing."""
        link = f"{SEARCH}?per_page=100&lang={lang}"
        pages = self.ask(link)["pages"]
        return [hit for page in range(1, pages + 1) for hit in self.ask(f"{link}&page={page}")["hits"]]

    def listings(self, lang: Language) -> list[Json]:
        """Every listing as its own page tells it."""
        return [self.listing(hit["id"], lang) for hit in self.hits(lang)]
