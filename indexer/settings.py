"""Settings from the environment; the only module that reads it."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from indexer.failures import IndexerError
from mappings.reference_store import DATABASE
from mappings.vectors import Centring

ROOT = Path(__file__).resolve().parent.parent
VECTORS = "vectors.sqlite"
SOURCES = Path("data") / "sources.yml"
# The sample catalogue, judged by hand.
SAMPLE_GOLDEN = Path("tests") / "relevance" / "golden.yml"
OFF = "off"


class Settings(BaseSettings):
    """Where feeds, state and the engine are. Relative paths start at the project's folder; empty is as unset."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    opensearch_url: str = "http://127.0.0.1:9200"
    opensearch_user: str = ""
    opensearch_password: SecretStr = SecretStr("")
    opensearch_ca: Path | None = None
    index_prefix: str = Field(default="listings", pattern=r"^[a-z0-9][a-z0-9_-]{0,99}$")
    state_dir: Path = Path(".state")
    sources: Path = SOURCES
    knowledge_dir: Path = Path("data")
    embedding_model: str = ".state/encoder"
    centring: Centring = "per_language"
    # Several loads may share one; by default it lies in the state folder.
    vector_cache: Path | None = None
    # A vector that no load used for so long is removed. A use is noted once a week, so less than two make no sense.
    vector_days: int = Field(default=90, ge=14, le=3650)
    # Official figures that were imported; by default it lies in the state folder.
    reference_db: Path | None = None
    # What other currencies are worth in Canadian dollars; without it their prices are only shown.
    rates: Path | None = None
    shards: int = Field(default=1, ge=1)
    replicas: int = Field(default=0, ge=0)
    max_feed_megabytes: int = Field(default=512, ge=1)
    # A file of golden queries, or `off`; by default those of the sample catalogue where that is loaded.
    golden: str = ""
    # The largest loss of mean nDCG@10 in a language that a load may bring. A tenth of the sample's listings coming or
    # going moves it by .004 at most; one feed of eighteen whose titles slipped by a row, by .006 to .011.
    golden_loss: float = Field(default=0.005, ge=0, le=1)
    # Which of its own rows an institution's report holds: those with something to put right, or all.
    report_rows: Literal["wrong", "all"] = "wrong"
    # Whether the pages that listings lead to are asked for, for so many seconds a load, and how many days a page that
    # was there is not asked for again.
    check_links: bool = False
    link_seconds: int = Field(default=600, ge=1, le=86_400)
    link_days: int = Field(default=7, ge=1, le=365)
    # Versions kept beside the served one: how often a rollback can be repeated.
    keep: int = Field(default=3, ge=1, le=50)
    # The folder in which each prefix has one of its own for snapshots; by default the engine's.
    snapshots: str = ""
    # Snapshots kept of the prefix; older ones go when one is made.
    keep_snapshots: int = Field(default=14, ge=1, le=1000)
    # A writer not heard of for so long is taken for dead.
    lease_seconds: int = Field(default=60, ge=3, le=3600)

    @property
    def state(self) -> Path:
        return ROOT / self.state_dir

    @property
    def vectors(self) -> Path:
        """The file vectors are kept in between loads."""
        return ROOT / self.vector_cache if self.vector_cache else self.state / VECTORS

    @property
    def reference_file(self) -> Path:
        """The database of imported official figures; absent until the first import."""
        return ROOT / self.reference_db if self.reference_db else self.state / DATABASE

    @property
    def rates_file(self) -> Path | None:
        return ROOT / self.rates if self.rates else None

    @property
    def fetched(self) -> Path:
        """The folder of fetched feeds, one folder a source."""
        return self.state / "feeds"

    @property
    def sources_file(self) -> Path:
        return ROOT / self.sources

    @property
    def knowledge_folder(self) -> Path:
        return ROOT / self.knowledge_dir

    @property
    def golden_file(self) -> Path | None:
        """The golden queries a new index is asked before it is served; None for none."""
        if self.golden:
            return None if self.golden == OFF else ROOT / self.golden
        is_sample = self.sources_file == ROOT / SOURCES
        return ROOT / SAMPLE_GOLDEN if is_sample and (ROOT / SAMPLE_GOLDEN).is_file() else None

    @property
    def reader_environment(self) -> dict[str, str]:
        """What the reader's programmes are told, over this process's own environment."""
        told = {
            "OPENSEARCH_URL": self.opensearch_url,
            "OPENSEARCH_USER": self.opensearch_user,
            "OPENSEARCH_PASSWORD": self.opensearch_password.get_secret_value(),
            "INDEX_PREFIX": self.index_prefix,
            "STATE_DIR": str(self.state),
            "REFERENCE_DB": str(self.reference_file),
            "EMBEDDING_MODEL": self.model,
            "CENTRING": self.centring,
        }
        authority = {"OPENSEARCH_CA": str(self.opensearch_ca)} if self.opensearch_ca else {}
        return {**os.environ, **told, **authority}

    @property
    def model(self) -> str:
        """The encoder's folder where there is one of that name, else the name of a published model."""
        folder = ROOT / self.embedding_model
        return str(folder) if folder.is_dir() or self.embedding_model.startswith((".", "/")) else self.embedding_model


def read_settings() -> Settings:
    """Settings from the environment. Raises IndexerError naming the wrong variable."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise IndexerError(f"the setting {name} is wrong: {first['msg']}") from error


def secret_variable(name: str) -> SecretStr | None:
    """What an environment variable that a source names holds; None when it is not set."""
    value = os.environ.get(name)
    return SecretStr(value) if value is not None else None
