"""Which indices of a prefix stay, and which one a rollback goes back to. Pure: what is stored in, names out."""

from collections.abc import Iterable, Iterator, Sequence

from indexer.load import Stored


def _time(one: Stored) -> tuple[str, str]:
    return (one.time, one.name)


def previous_of(stored: Sequence[Stored], served: Stored) -> Stored | None:
    """What was served before that index, where it still is there; else the newest older one that was not given up.

    Never by time alone: between a rollback and the next load lies an index that nobody wants back.
    """
    older = [one for one in stored if one.meta and one.meta.complete and _time(one) < _time(served)]
    named = served.meta.previous if served.meta else None
    before = next((one for one in older if one.name == named), None)
    kept = (one for one in reversed(older) if one.meta and one.meta.rolled_back is None)
    return before or next(kept, None)


def line_of(stored: Sequence[Stored], served: Stored) -> Iterator[Stored]:
    """What repeated rollbacks would serve, one after the other."""
    before = previous_of(stored, served)
    while before:
        yield before
        before = previous_of(stored, before)


def incomplete(stored: Iterable[Stored], served: Stored | None) -> list[str]:
    """What killed or refused runs left behind."""
    return [one.name for one in stored if not one.is_complete and one.name != (served.name if served else None)]


def outlived(stored: Sequence[Stored], served: Stored, keep: int) -> list[str]:
    """All but the served index and as many before it as are to be kept."""
    line = [one.name for one in line_of(stored, served)][:keep]
    return [one.name for one in stored if one.name not in (served.name, *line)]
