"""Which indices of a prefix stay. Pure: names in, names out."""

from collections.abc import Iterable, Sequence

from indexer.load import Stored


def previous_of(stored: Sequence[Stored], served: Stored) -> Stored | None:
    """The newest complete index older than the served one: what a rollback goes back to."""
    older = [one for one in stored if one.is_complete and (one.time, one.name) < (served.time, served.name)]
    return older[-1] if older else None


def incomplete(stored: Iterable[Stored], served: Stored | None) -> list[str]:
    """What killed or refused runs left behind."""
    return [one.name for one in stored if not one.is_complete and one.name != (served.name if served else None)]


def outlived(stored: Sequence[Stored], now: str, before: str | None) -> list[str]:
    """All but the index served now and the one served before; without one, the newest other complete index stays."""
    others = [one for one in stored if one.name != now]
    complete = [one.name for one in others if one.is_complete]
    kept = before if before in complete else next(reversed(complete), None)
    return [one.name for one in others if one.name != kept]
