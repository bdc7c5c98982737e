"""The job titles this reader holds, indexed anew once an operator has imported others."""

import threading

import structlog

from mappings.knowledge import Knowledge
from mappings.reference_store import Reference
from search_api.occupations.held import HeldFigures
from search_api.titles.index import TitleIndex
from search_api.titles.rows import all_titles

log = structlog.get_logger()


class HeldTitles:
    """Safe to share between threads and to fork once made."""

    def __init__(self, knowledge: Knowledge, figures: HeldFigures) -> None:
        self._knowledge, self._figures = knowledge, figures
        self._lock = threading.Lock()
        self._of = figures.current().reference
        self._index = self._made(self._of)

    def current(self) -> TitleIndex:
        """The titles as of the last import; while those of a new one are indexed, which takes seconds, the old ones."""
        reference = self._figures.current().reference
        with self._lock:
            if reference is not self._of:
                self._of = reference
                threading.Thread(target=self._renew, args=(reference,), daemon=True).start()
            return self._index

    def _made(self, reference: Reference) -> TitleIndex:
        return TitleIndex(all_titles(self._knowledge, reference))

    def _renew(self, reference: Reference) -> None:
        index = self._made(reference)
        with self._lock:
            if reference is self._of:
                self._index = index
        log.info("titles_renewed", occupations=len(index.codes))
