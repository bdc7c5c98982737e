"""What the served index answered when it was loaded: asked of it no more once the code is of another contract."""

from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from indexer.golden.asking import Answers
from indexer.settings import Settings
from mappings.golden import GoldenAnswer
from mappings.record import Record


class KeptAnswers(Record):
    """`asked` is the digest of the queries."""

    index: str
    asked: str
    answers: tuple[GoldenAnswer, ...]


def file_of(settings: Settings) -> Path:
    return settings.state / f"golden-{settings.index_prefix}.json"


def keep(settings: Settings, kept: KeptAnswers, say: Callable[[str], None]) -> None:
    """Replaces the file in one step. One that cannot be written is said, and takes nothing from what is served."""
    path = file_of(settings)
    part = path.with_suffix(".part")
    try:
        part.write_text(kept.model_dump_json(), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        say(f"{path.name} cannot be written: {error}; a load by another contract will have nothing to compare with")


def kept_answers(settings: Settings, index: str, asked: str) -> Answers | None:
    """None when nothing is kept of that index and those queries."""
    try:
        kept = KeptAnswers.model_validate_json(file_of(settings).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError):
        return None
    return {one.query: one for one in kept.answers} if (kept.index, kept.asked) == (index, asked) else None
