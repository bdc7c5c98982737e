"""The embedding recipe: what text becomes which vector, and how vectors are centred.

Figures behind the choices (prefixes, lower-cased queries, centring per language) are in docs/decisions.
"""

import base64
import json
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mappings.adapter import NONE, adapter_name
from mappings.vectors import Centring, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from mappings.listing import Text

IDENTITY_FILE = "identity.json"
MAX_TOKENS = 256  # nine in ten listings are shorter; time grows with length
BATCH = 32


class EncoderMissingError(RuntimeError):
    """The embedding model cannot be loaded; the message says what to do."""


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a vector. Two recipes that differ never share an index."""

    model: str
    dimension: int
    query_prefix: str = "query: "
    passage_prefix: str = "passage: "
    lower_case_queries: bool = True
    max_tokens: int = MAX_TOKENS
    text: str = "title. title. skills, tools. outcomes. description"
    centring: Centring = "per_language"
    adapter: str = NONE

    def as_meta(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Means:
    """Mean vectors to subtract, by side and language. Stored with the index so both sides share one recipe."""

    query: dict[str, Vectors] = field(default_factory=dict)
    document: dict[str, Vectors] = field(default_factory=dict)

    def as_meta(self) -> dict[str, dict[str, str]]:
        """Little-endian float32 in base64, by side and language."""
        sides = {"query": self.query, "document": self.document}
        return {side: {language: _pack(mean) for language, mean in means.items()} for side, means in sides.items()}

    @staticmethod
    def from_meta(meta: dict[str, dict[str, str]]) -> "Means":
        sides = {side: {language: _unpack(text) for language, text in meta.get(side, {}).items()} for side in meta}
        return Means(sides.get("query", {}), sides.get("document", {}))


def _pack(mean: Vectors) -> str:
    return base64.b64encode(mean.astype("<f4").tobytes()).decode("ascii")


def _unpack(text: str) -> Vectors:
    return np.frombuffer(base64.b64decode(text), dtype="<f4").astype(np.float32)


def normalise(text: str) -> str:
    """NFC with white space folded, so that one text has one vector."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def query_text(text: str, recipe: Recipe) -> str:
    folded = normalise(text)
    return recipe.query_prefix + (folded.lower() if recipe.lower_case_queries else folded)


def passage_text(text: "Text", labels: Iterable[str], recipe: Recipe) -> str:
    """The passage for one language of a listing: what is taught first, so that a cut loses the least."""
    parts = (text.title, text.title, ", ".join(labels), ". ".join(text.outcomes), text.description or "")
    return recipe.passage_prefix + normalise(". ".join(part for part in parts if part))


def model_identity(model: str) -> dict[str, Any]:
    """Name and, for a folder built here, dimension and checksum of a model."""
    path = Path(model) / IDENTITY_FILE
    if path.is_file():
        body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return body
    return {"name": model.rstrip("/").rsplit("/", maxsplit=1)[-1] if Path(model).exists() else model}


def model_name(model: str) -> str:
    """What a recipe calls the model: its name, with its checksum where that is known. Nothing is loaded."""
    identity = model_identity(model)
    return "@".join(str(identity[key]) for key in ("name", "checksum") if key in identity)


def recipe_of(model: str, dimension: int, centring: Centring) -> Recipe:
    """The recipe of a model: with the adapter that was learned for it, which wants centred vectors."""
    name = model_name(model)
    return Recipe(name, dimension, centring=centring, adapter=NONE if centring == "none" else adapter_name(name))


class Encoder:
    """A sentence-transformers model with the recipe it is used by. Safe to share between threads."""

    def __init__(self, model: str, centring: Centring = "per_language") -> None:
        """Loads the model from a folder or by name. Raises EncoderMissingError."""
        self._model = _load(model)
        self._lock = threading.Lock()
        dimension = self._model.get_embedding_dimension() or 0
        self.recipe = recipe_of(model, dimension, centring)
        self._model.max_seq_length = min(self.recipe.max_tokens, self._model.max_seq_length or MAX_TOKENS)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, one row per prefixed text, not centred. Shape (len(texts), dimension)."""
        with self._lock:
            rows = self._model.encode(
                list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
            )
        return np.asarray(rows, dtype=np.float32)

    def pieces(self, text: str) -> int:
        """How many pieces the model reads a query in: one or two a word it knows, nearly one a letter of none."""
        asked = normalise(text)
        with self._lock:
            return len(self._model.tokenizer.tokenize(asked.lower() if self.recipe.lower_case_queries else asked))


def _load(model: str) -> "SentenceTransformer":
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds; only where needed
        from transformers.utils import logging as model_logging  # noqa: PLC0415

        # A report on a pooling layer that this model never uses would greet every operator.
        model_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        model_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        return SentenceTransformer(model, device="cpu")
    except (OSError, ValueError, ImportError) as error:
        raise EncoderMissingError(f"the embedding model {model!r} cannot be loaded: {error}") from error
