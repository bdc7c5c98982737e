"""What an operator may set for the reader; the environment is read nowhere else in this room."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from mappings.occupation_vectors import FILE as OCCUPATION_VECTORS
from mappings.reference_store import DATABASE

ROOT = Path(__file__).resolve().parent.parent
# A learner waits no longer than this for the engine; the answer after it is a 503 that says when to come back.
ENGINE_SECONDS = 1.5
# A key that can be guessed would let anybody send people anywhere in this service's name.
SHORTEST_KEY = 16


class ReaderSettings(BaseSettings):
    """Each field is an environment variable of the same name in capitals; an empty one is as one that is not set."""

    # What is wrong with a key or a password is said without showing it.
    model_config = SettingsConfigDict(
        env_file=None, env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    opensearch_url: str = "http://127.0.0.1:9200"
    opensearch_user: str = ""
    opensearch_password: str = ""
    opensearch_ca: Path | None = None
    index_prefix: str = "listings"
    embedding_model: str = str(ROOT / ".state" / "encoder")
    centring: Literal["per_language", "none"] = "per_language"
    engine_seconds: float = Field(default=ENGINE_SECONDS, gt=0, le=30)
    # Exact cosines cost 7 ms at 2,600 listings and 102 ms at 100,000; above this many the vector graph is walked.
    exact_up_to: int = Field(default=10_000, ge=0)
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    # Lets a caller choose the legs of a search, for measuring them apart.
    experiments: bool = False
    state_dir: Path = Path(".state")
    # Official figures that were imported; by default it lies in the state folder.
    reference_db: Path | None = None
    # Whether use is counted, where, for how many days, and the key of links that count; see docs/privacy.md.
    usage: bool = True
    usage_dir: Path | None = None
    usage_days: int = Field(default=90, ge=1, le=3650)
    link_key: SecretStr = SecretStr("")
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def reference_file(self) -> Path:
        """The database of imported official figures; absent until the first import."""
        return ROOT / (self.reference_db or self.state_dir / DATABASE)

    @property
    def occupation_vectors(self) -> Path:
        """What the indexer keeps of occupations' meaning; absent until the first load."""
        return ROOT / self.state_dir / OCCUPATION_VECTORS

    @property
    def usage_folder(self) -> Path:
        """Where use is counted and the key of links is kept; by default in the state folder."""
        return ROOT / (self.usage_dir or self.state_dir / "usage")

    @field_validator("link_key")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < SHORTEST_KEY:
            raise ValueError(f"give at least {SHORTEST_KEY} characters, or none")
        return value

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Origins stand in the variable parted by spaces."""
        return tuple(value.split()) if isinstance(value, str) else value
