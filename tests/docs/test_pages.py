"""The pages lead where they say, stand in both languages where people read them, and name nothing of one machine."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, anchors, name_of, pages, read, relative_links

# What a person outside the project reads: English page, French page.
IN_BOTH = (
    ("quick-start.md", "fr/demarrage.md"),
    ("feeds.md", "fr/flux.md"),
    ("api.md", "fr/api.md"),
    ("operations.md", "fr/exploitation.md"),
    ("privacy.md", "fr/confidentialite.md"),
    ("fields.md", "fr/champs.md"),
)
MACHINE = re.compile(r"(?<![\w.])/(?:work|tmp|home|root|Users|mnt)/|\b[A-Z]:\\")
HOST = re.compile(r"\b(?:[a-z0-9-]+\.)+(?:org|com|net|io|dev|co|ca|edu|example)\b")
# `.example` is nobody's; the others explain a format.
KNOWN_HOSTS = re.compile(r"(?:.*\.example|jmespath\.org|www\.w3\.org|schema\.org)")
LARGEST_IMAGE = 300_000


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_relative_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for target, anchor in relative_links(page):
        assert target.exists(), target
        assert not anchor or anchor in anchors(target), f"{target.name}#{anchor}"


@pytest.mark.parametrize("page", [*pages(), *DOCS.rglob("*.svg")], ids=name_of)
def test_a_page_names_no_path_of_a_machine_and_no_host(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert MACHINE.findall(text) == []
    assert [host for host in HOST.findall(text) if not KNOWN_HOSTS.fullmatch(host)] == []


@pytest.mark.parametrize(("english", "french"), IN_BOTH)
def test_what_people_outside_read_stands_in_both_languages_and_each_leads_to_the_other(
    english: str, french: str
) -> None:
    pair = DOCS / english, DOCS / french
    for page, other in (pair, pair[::-1]):
        assert other.resolve() in {target for target, _ in relative_links(page)}


def test_the_readme_is_short_and_leads_to_every_page() -> None:
    assert len(read("README.md").splitlines()) < 90
    linked = {target for target, _ in relative_links(ROOT / "README.md")}
    assert set(DOCS.glob("*.md")) | set(DOCS.glob("fr/*.md")) <= linked


def test_every_decision_has_its_three_parts_and_is_listed() -> None:
    listed = {target for target, _ in relative_links(DOCS / "decisions" / "README.md")}
    for page in DOCS.glob("decisions/[0-9]*.md"):
        assert anchors(page) >= {"context", "decision", "consequences"}
        assert page in listed


def test_pictures_are_small() -> None:
    assert all(path.stat().st_size < LARGEST_IMAGE for path in DOCS.glob("images/*"))
