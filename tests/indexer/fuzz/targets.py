"""One target a reader: a good small file of its form, how it is harmed, and what must hold of whatever comes of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from hypothesis import strategies as st

from indexer.reading import SourceRead
from mappings.contract import LANGUAGES
from tests.indexer.fuzz.harm import flipped, rebuilt, retyped
from tests.indexer.hostile import workbooks
from tests.indexer.hostile.forms import FORMS, Form
from tests.indexer.hostile.reading import ALSO_GOOD, GOOD, judged

# Words such as `javascript:` do no harm in a text, which is shown as text; letters that nobody sees do.
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
CASES = Path(__file__).with_name("cases")
SHEETS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    ".xlsx": ("xl/worksheets/sheet1.xml", workbooks.xlsx),
    ".ods": ("content.xml", workbooks.ods),
}


@dataclass(frozen=True)
class Target:
    """A reader under trial. Its cases are whole files."""

    form: Form

    @property
    def name(self) -> str:
        return self.form.name

    @cached_property
    def good(self) -> bytes:
        return self.form.write([GOOD, ALSO_GOOD])

    @property
    def files(self) -> st.SearchStrategy[bytes]:
        """Files of this form, harmed; some of any bytes. Of a workbook the sheet inside is harmed too."""
        kinds = [st.binary(max_size=200), flipped(self.good)]
        if self.form.is_workbook:
            part, wrapped = SHEETS[Path(self.form.file).suffix]
            return st.one_of(*kinds, rebuilt(workbooks.part(self.good, part)).map(wrapped))
        if self.form.is_json:
            kinds.append(retyped(self.good.decode()))
        if self.form.is_lines:
            kinds.append(st.lists(retyped(self.good.decode().split("\n")[0]), min_size=1, max_size=3).map(b"\n".join))
        return st.one_of(*kinds, rebuilt(self.good))

    def check(self, content: bytes, folder: Path) -> None:
        """Raises whatever a reader raises, and AssertionError for what must not come of any file."""
        found = judged(self.form.placed(folder, content), megabytes=1)
        _check_said(found)
        assert [mark for one in found.listings for mark in UNSEEN.findall(one.model_dump_json())] == []
        assert all(one.url is None or one.url.lower().startswith(("https://", "http://")) for one in found.listings)

    @property
    def cases(self) -> list[Path]:
        """Files that were found to do harm once, oldest name first."""
        return sorted((CASES / self.name).glob("*"))


def _check_said(found: SourceRead) -> None:
    """Nothing is lost without a word, and every word is there in both languages."""
    assert found.failure or found.listings
    assert all(one.listing or one.issues for one in found.judged)
    problems = [issue.problem for issue in found.issues] + ([found.failure] if found.failure else [])
    assert all(one.in_language(language) for one in problems for language in LANGUAGES)


TARGETS = {form.name: Target(form) for form in FORMS}
