"""A small catalogue of its own for each test: feeds, sources.yml, knowledge, state."""

import csv
import datetime as dt
import io
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from opensearchpy import OpenSearch
from rich.console import Console

from indexer import run
from indexer.cells import Row
from indexer.feeds import read_feed
from indexer.inference import Workshop
from indexer.official import inferable
from indexer.orders import orders
from indexer.profiles import passages
from indexer.progress import Progress
from indexer.readers.feed import Feed
from indexer.reading import Reader
from indexer.report import RunReport
from indexer.settings import VECTORS, Settings, read_settings
from indexer.sources import Source
from indexer.validation import Judged, judge
from indexer.vectors import Embedder, VectorCache, text_key
from mappings.contract import LANGUAGES, Contract, listing_contract
from mappings.embedding import Recipe
from mappings.knowledge import DATA_FOLDER, read_knowledge
from mappings.reference_store import read_reference

OCCUPATIONS = [
    {
        "code": "33102",
        "title": {"en": "Nurse aides, orderlies and patient service associates", "fr": "Aides-infirmiers et préposés"},
        "names": {"en": ["personal support worker"], "fr": ["préposé aux bénéficiaires"]},
        "summary": {
            "en": "Help patients wash, eat and move about.",
            "fr": "Aident les patients à se laver et à manger.",
        },
    },
    {
        "code": "72106",
        "title": {"en": "Welders and related machine operators", "fr": "Soudeurs et opérateurs de machines"},
        "names": {"en": ["welder"], "fr": ["soudeur", "soudeuse"]},
        "summary": {
            "en": "Join metal parts with welding equipment.",
            "fr": "Assemblent des pièces de métal par soudage.",
        },
    },
    {
        "code": "12200",
        "title": {
            "en": "Accounting technicians and bookkeepers",
            "fr": "Techniciens en comptabilité et teneurs de livres",
        },
        "names": {"en": ["bookkeeper"], "fr": ["commis comptable"]},
        "summary": {"en": "Keep the books of a business and its payroll.", "fr": "Tiennent les livres et la paie."},
    },
]
SKILLS = [
    {
        "id": "first-aid",
        "label": {"en": "First aid", "fr": "Premiers soins"},
        "aliases": {"en": ["first aid training"], "fr": ["secourisme"]},
    }
]
TOOLS = [{"id": "excel", "label": {"en": "Microsoft Excel", "fr": "Microsoft Excel"}, "aliases": {"en": ["Excel"]}}]
TECHNOLOGIES = [{"id": "r", "label": {"en": "R", "fr": "R"}, "cased": ["R"]}]

HEADER = ("ID", "Title", "Description", "Total hours", "Weeks", "Cost", "NOC codes")
WELDING = ("W-1", "MIG welding for beginners", "Set up a wire feeder and lay flat beads.", "30", "5", "450", "72106")
CARE = ("C-1", "Safe lifting for personal support workers", "Move residents with a hoist.", "12", "2", "0", "")
BOOKS = ("B-1", "Payroll and HST returns in Excel", "Close the month of a small shop.", "40", "", "", "12200")
ENGLISH = (WELDING, CARE, BOOKS)
FRENCH_HEADER = ("Identifiant", "Titre", "Description", "Heures totales", "Coût")
FRENCH = (
    ("S-1", "Soudage à l'arc", "Préparer un joint et souder à plat.", "24", "350"),
    ("P-1", "Premiers soins en garderie", "Réagir à un étouffement.", "8", "120,50"),
)


def csv_text(header: Sequence[str], rows: Sequence[Sequence[str]], separator: str = ",") -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows([header, *rows])
    return file.getvalue()


def write_knowledge(folder: Path) -> Path:
    files: dict[str, Any] = {
        "occupations/all.yml": OCCUPATIONS,
        "vocabulary/skills.yml": SKILLS,
        "vocabulary/tools.yml": TOOLS,
        "vocabulary/technologies.yml": TECHNOLOGIES,
        "vocabulary/certifications.yml": [],
    }
    for name, rows in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    return folder


def source_entry(source_id: str, file: str, language: str = "en", **more: Any) -> dict[str, Any]:
    institution = {"id": source_id, "name": {language: source_id.title()}, "kind": "college"}
    return {"id": source_id, "institution": institution, "file": file, **more}


@dataclass
class Catalogue:
    """A folder with sources.yml, feeds, knowledge and state, loaded under a prefix of its own."""

    folder: Path
    settings: Settings
    engine: OpenSearch
    entries: list[dict[str, Any]] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        return self.settings.index_prefix

    @property
    def environment(self) -> dict[str, str]:
        """The settings as a command's environment."""
        return {
            "OPENSEARCH_URL": self.settings.opensearch_url,
            "INDEX_PREFIX": self.prefix,
            "SOURCES": str(self.settings.sources),
            "STATE_DIR": str(self.settings.state_dir),
            "VECTOR_CACHE": str(self.settings.vectors),
            "KNOWLEDGE_DIR": str(self.settings.knowledge_dir),
            "EMBEDDING_MODEL": self.settings.embedding_model,
            "GOLDEN": self.settings.golden,
        }

    def add(self, source_id: str, file: str, language: str = "en", **more: Any) -> None:
        self.entries.append(source_entry(source_id, file, language, **more))
        self.write_sources()

    def write_sources(self) -> None:
        text = yaml.safe_dump({"sources": self.entries}, allow_unicode=True)
        (self.folder / "sources.yml").write_text(text, encoding="utf-8")

    def write(self, file: str, content: str | bytes) -> Path:
        path = self.folder / file
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def feed(self, file: str, rows: Sequence[Sequence[str]] = ENGLISH, header: Sequence[str] = HEADER) -> None:
        self.write(file, csv_text(header, rows))

    def load(self, *, force: bool = False, only: str = "", forced: str = "") -> RunReport:
        return run.index(self.settings, quiet(), orders(only, forced, everything=force))

    def served(self) -> list[str]:
        return list(self.engine.indices.get_alias(name=self.prefix))

    def indices(self) -> set[str]:
        return set(self.engine.indices.get(index=f"{self.prefix}-*-*"))

    def documents(self) -> dict[str, dict[str, Any]]:
        answer = self.engine.search(index=self.prefix, body={"size": 100})
        return {hit["_id"]: hit["_source"] for hit in answer["hits"]["hits"]}

    def report_file(self, name: str) -> str:
        newest = max(path for path in (self.settings.state / "reports").iterdir() if not path.name.startswith("."))
        return (newest / name).read_text(encoding="utf-8-sig")


def quiet() -> Progress:
    return Progress(Console(file=io.StringIO()))


# The share of inferred occupations that must be right.
ASKED = 0.70


def workshop(settings: Settings) -> Workshop:
    return Workshop(settings, Reader(listing_contract(), dt.date(2026, 11, 24), 10), quiet())


def shipped_workshop(state: Path, encoder_folder: Path) -> Workshop:
    """The shipped catalogue and knowledge with nothing imported, over the vectors this session's loads keep."""
    vectors = read_settings().vectors
    return workshop(Settings(state_dir=state, vector_cache=vectors, embedding_model=str(encoder_folder)))


@pytest.fixture(scope="session")
def contract() -> Contract:
    return listing_contract()


def title_passages(knowledge: Path, recipe: Recipe) -> list[str]:
    """What every load encodes of the classification, beside that knowledge."""
    known = inferable(read_knowledge(knowledge), read_reference(DATA_FOLDER))
    return [text for language in LANGUAGES for text in passages(known, language, recipe)]


@pytest.fixture(scope="session")
def state_seed(tmp_path_factory: pytest.TempPathFactory, encoder_folder: Path) -> Path:
    """A state folder whose vectors are shared: each test starts with what earlier tests encoded.

    It begins with the classification's titles, a thousand, from where this checkout's sessions keep vectors.
    """
    seed = tmp_path_factory.mktemp("seed")
    knowledge = write_knowledge(tmp_path_factory.mktemp("knowledge"))
    with closing(VectorCache(read_settings().vectors)) as kept, closing(VectorCache(seed / VECTORS)) as own:
        embedder = Embedder(str(encoder_folder), "per_language", kept)
        texts = title_passages(knowledge, embedder.recipe)
        own.put([text_key(text, embedder.recipe) for text in texts], embedder.embed(texts, lambda _: None))
        own.remember(embedder.recipe)
    return seed


@pytest.fixture
def empty_catalogue(
    tmp_path: Path, prefix: str, engine: OpenSearch, engine_url: str, encoder_folder: Path, state_seed: Path
) -> Iterator[Catalogue]:
    write_knowledge(tmp_path / "knowledge")
    state = tmp_path / "state"
    shutil.copytree(state_seed, state)
    settings = Settings(
        opensearch_url=engine_url,
        index_prefix=prefix,
        sources=tmp_path / "sources.yml",
        state_dir=state,
        vector_cache=state / VECTORS,
        knowledge_dir=tmp_path / "knowledge",
        embedding_model=str(encoder_folder),
    )
    yield Catalogue(tmp_path, settings, engine)
    cache = state / VECTORS
    if cache.is_file() and not (state / "private").exists():
        shutil.copyfile(cache, state_seed / VECTORS)


@pytest.fixture
def catalogue(empty_catalogue: Catalogue) -> Catalogue:
    """An English college with three listings and a French one with two."""
    empty_catalogue.feed("maple.csv")
    empty_catalogue.feed("grands-pins.csv", FRENCH, FRENCH_HEADER)
    empty_catalogue.add("maple", "maple.csv", sample=True)
    empty_catalogue.add("grands-pins", "grands-pins.csv", "fr")
    return empty_catalogue


@pytest.fixture
def source(tmp_path: Path) -> Callable[..., Source]:
    """A source of a feed written to a temporary folder."""

    def build(file: str, content: str | bytes, language: str = "en", **more: Any) -> Source:
        (tmp_path / file).write_bytes(content.encode() if isinstance(content, str) else content)
        return Source.model_validate(source_entry("maple", file, language, **more)).placed(tmp_path)

    return build


def ndjson(*records: Mapping[str, Any]) -> str:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n"


def reasons(judged: Judged) -> list[str]:
    """What is wrong with a row, as kinds."""
    return [issue.problem.kind for issue in judged.issues]


def judge_all(rows: Any, source: Source) -> list[Judged]:
    return [judge(row, source, listing_contract()) for row in rows]


@dataclass(frozen=True)
class WholeFeed(Feed):
    """A feed all of whose rows were read."""

    rows: list[Row]


def whole(feed: Feed) -> WholeFeed:
    """Raises SourceError, as its rows do."""
    return WholeFeed(list(feed.rows), feed.notes, feed.columns, feed.slots)


def read_whole(source: Source, contract: Contract, today: dt.date, megabytes: int) -> WholeFeed:
    """A source's feed. Raises SourceError."""
    return whole(read_feed(source, contract, today, megabytes))
