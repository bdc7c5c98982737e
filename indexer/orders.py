"""What an operator says of a run beforehand: which feeds it reads, and what of the gate is overruled."""

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.failures import IndexerError

ALL = "all"


@dataclass(frozen=True)
class Orders:
    """`only` are sources or institutions, empty for all. `everything` overrules golden queries too, `sources` only
    their own shrinking.
    """

    only: frozenset[str] = frozenset()
    everything: bool = False
    sources: frozenset[str] = frozenset()

    def allows(self, source: str) -> bool:
        """Whether the source may shrink."""
        return self.everything or source in self.sources


ORDINARY = Orders()


def _named(text: str) -> frozenset[str]:
    return frozenset(name for part in text.split(",") if (name := part.strip()))


def orders(only: str, forced: str, *, everything: bool) -> Orders:
    """From names parted by commas; `all` among those forced stands for everything."""
    sources = _named(forced)
    return Orders(_named(only), everything or ALL in sources, sources - {ALL})


def check_names(names: Iterable[str], known: Iterable[str], option: str) -> None:
    """Raises IndexerError for a name that stands for no source: a slip must not pass for consent."""
    listed = sorted(set(known))
    unknown = sorted(set(names) - set(listed))
    if unknown:
        raise IndexerError(f"{option} names {unknown[0]}, which is none of the sources: {', '.join(listed)}")
