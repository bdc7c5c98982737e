"""Settings from the environment; the only module that reads it."""

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from indexer.failures import IndexerError
from mappings.reference_store import DATABASE
from mappings.vectors import Centring

ROOT = Path(__file__).resolve().parent.parent
VECTORS = "vectors.sqlite"


class Settings(BaseSettings):
    """Where feeds, state and the engine are. Relative paths start at the project's folder."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    opensearch_url: str = "http://127.0.0.1:9200"
    opensearch_user: str = ""
    opensearch_password: SecretStr = SecretStr("")
    opensearch_ca: Path | None = None
    index_prefix: str = Field(default="listings", pattern=r"^[a-z0-9][a-z0-9_-]{0,99}$")
    state_dir: Path = Path(".state")
    sources: Path = Path("data/sources.yml")
    knowledge_dir: Path = Path("data")
    embedding_model: str = ".state/encoder"
    centring: Centring = "per_language"
    # Several loads may share one; by default it lies in the state folder.
    vector_cache: Path | None = None
    # Official figures that were imported; by default it lies in the state folder.
    reference_db: Path | None = None
    shards: int = Field(default=1, ge=1)
    replicas: int = Field(default=0, ge=0)
    max_feed_megabytes: int = Field(default=512, ge=1)

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
    def sources_file(self) -> Path:
        return ROOT / self.sources

    @property
    def knowledge_folder(self) -> Path:
        return ROOT / self.knowledge_dir

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
