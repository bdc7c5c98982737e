"""Query vectors: the real encoder behind a cache, and a service that goes on without it."""

import threading
import time
from functools import lru_cache

import structlog
from cachetools import LRUCache

from mappings.embedding import Encoder, EncoderMissingError, Recipe, query_text
from mappings.vectors import Centring, Vectors

log = structlog.get_logger()
CACHED_QUERIES = 4096
# A model that could not be loaded is tried again this often: its folder may have been put in place meanwhile.
SECONDS_BETWEEN_TRIES = 30.0
# Letters a piece. Of 160 everyday phrasings in English and French none has less than 2.1; keys struck at random have
# 1.1 to 2.0, and so have abbreviations, whose vectors tell as little.
FEWEST_LETTERS = 2.05


class QueryEncoder:
    """Vectors of queries, not centred. Safe to share between threads and to load before a fork."""

    def __init__(self, model: str, centring: Centring) -> None:
        self._model, self._centring = model, centring
        self._encoder: Encoder | None = None
        self._lock = threading.Lock()
        self._tried = float("-inf")
        self._cache: LRUCache[str, Vectors] = LRUCache(CACHED_QUERIES)
        # Kept as vectors are: the same texts are asked for, and who reads a text waits for those being encoded.
        self._letters_a_piece = lru_cache(CACHED_QUERIES)(self._measured)

    def load(self) -> None:
        """Loads the model and encodes once, so that no learner waits for it. A failure is logged, not raised."""
        self.vector("warm-up")

    @property
    def recipe(self) -> Recipe | None:
        """The recipe of the loaded model; None while there is none."""
        return self._encoder.recipe if self._encoder else None

    def vector(self, text: str) -> Vectors | None:
        """One unit vector, shape (dimension,), or None when the encoder is away."""
        with self._lock:
            encoder = self._ready()
            if encoder is None:
                return None
            key = query_text(text, encoder.recipe)
            if key not in self._cache:
                self._remember(key, encoder)
            return self._cache.get(key)

    def reads(self, text: str) -> bool:
        """Whether the model knows words of the text: the vector of one that it spells out by letters is chance."""
        return self._encoder is not None and self._letters_a_piece(text) > FEWEST_LETTERS

    def _measured(self, text: str) -> float:
        assert self._encoder is not None
        return sum(character.isalnum() for character in text) / max(self._encoder.pieces(text), 1)

    def _remember(self, key: str, encoder: Encoder) -> None:
        try:
            self._cache[key] = encoder.encode([key])[0]
        except RuntimeError as error:
            log.warning("encoder_failed", error=type(error).__name__)

    def _ready(self) -> Encoder | None:
        if self._encoder is None and time.monotonic() - self._tried > SECONDS_BETWEEN_TRIES:
            self._tried = time.monotonic()
            try:
                self._encoder = Encoder(self._model, self._centring)
            except EncoderMissingError as error:
                log.warning("encoder_missing", error=str(error))
        return self._encoder
