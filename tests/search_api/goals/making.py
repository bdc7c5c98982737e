"""Occupations and listings made for goals: a ladder of three trades, a move between two, and one without a step up."""

from typing import Any

from mappings.contract import LANGUAGES
from mappings.knowledge import Knowledge, Target
from mappings.listing import Listing
from mappings.occupation import Both, Lists, Occupation, VocabularyTerm
from mappings.phrases import PhraseIndex
from tests.search_api.catalogue import in_days, listing

LABOURER, CARPENTER, MANAGER = "75110", "72310", "70010"
DESIGNER, DEVELOPER, LIBRARIAN = "52120", "21234", "51100"
JOBS: tuple[tuple[str, str, str, list[str], list[str], list[str]], ...] = (
    (LABOURER, "construction labourer", "manœuvre en construction", ["lifting"], [], [CARPENTER]),
    (CARPENTER, "carpenter", "charpentière", ["framing", "plan-reading"], ["saw"], [MANAGER, LABOURER, LIBRARIAN]),
    (MANAGER, "site manager", "gérante de chantier", ["scheduling", "budgeting", "plan-reading"], ["procore"], []),
    (DESIGNER, "graphic designer", "graphiste", ["web-design", "illustration"], [], [DEVELOPER]),
    (DEVELOPER, "web developer", "développeuse Web", ["web-design"], ["html", "git"], [DESIGNER]),
    (LIBRARIAN, "librarian", "bibliothécaire", ["cataloguing"], [], [CARPENTER]),
)
TERMS = {
    "lifting": ("skill", "Lifting", "Levage"),
    "framing": ("skill", "Framing", "Ossature"),
    "plan-reading": ("skill", "Plan reading", "Lecture de plans"),
    "scheduling": ("skill", "Scheduling", "Ordonnancement"),
    "budgeting": ("skill", "Budgeting", "Budgétisation"),
    "web-design": ("skill", "Web design", "Conception Web"),
    "illustration": ("skill", "Illustration", "Illustration"),
    "cataloguing": ("skill", "Cataloguing", "Catalogage"),
    "saw": ("tool", "Table saw", "Banc de scie"),
    "procore": ("technology", "Procore", "Procore"),
    "html": ("technology", "HTML", "HTML"),
    "git": ("technology", "Git", "Git"),
}
TOOLS = frozenset({"saw", "procore", "html", "git"})


def made(identifier: str, title: str, teaches: str, *jobs: str, found: str = "", **more: Any) -> Listing:
    """A listing that teaches the terms of `teaches`, and those of `found` as read in its text, for these NOC codes."""
    named = [(term, "feed") for term in teaches.split()] + [(term, "inferred") for term in found.split()]
    terms = [({"id": term, "en": TERMS[term][1], "fr": TERMS[term][2], "basis": basis}) for term, basis in named]
    return listing(
        identifier,
        title,
        skills=[term for term in terms if term["id"] not in TOOLS],
        tools=[term for term in terms if term["id"] in TOOLS],
        occupations=[{"code": code, "basis": "feed", "score": 1.0} for code in jobs],
        **more,
    )


LISTINGS = (
    made("forge.FRAME", "Carpenter: First House", "framing saw", CARPENTER, level="introductory", hours=300,
         starts=[in_days(300)]),
    made("forge.ROOF", "Carpenter: Hard Roofs", "framing", CARPENTER, level="advanced", hours=80),
    made("forge.SAW", "Carpenter: Saw Update", "saw", CARPENTER, level="intermediate", hours=6, starts=[in_days(20)]),
    made("forge.SITE", "Run the Crew", "scheduling procore", level="intermediate", hours=40),
    made("forge.PLAN", "Calendars and Money", "scheduling", found="budgeting", level="introductory", hours=40),
    made("forge.MONEY", "Household Sums", "budgeting", level="introductory"),
    made("forge.PAGES", "Pages that Work", "html git", level="introductory"),
    made("forge.LOOKS", "Web Developer: Looks", "web-design", DEVELOPER, level="introductory"),
    made("forge.WHOLE", "Web Developer: All of it", "web-design html git", DEVELOPER, level="intermediate"),
    made("forge.BOOKS", "Librarian: Advanced Shelves", "cataloguing", LIBRARIAN, level="advanced"),
    made("forge.CARDS", "Librarian: Cards", "cataloguing", LIBRARIAN, level="introductory"),
)  # fmt: skip


def _occupation(code: str, en: str, fr: str, skills: list[str], tools: list[str], related: list[str]) -> Occupation:
    title, names = Both(en=f"{en} group", fr=f"groupe {fr}"), Lists(en=(en,), fr=(fr,))
    return Occupation.model_validate(
        {"code": code, "title": title, "names": names, "summary": title, "skills": skills, "tools": tools,
         "related": related}
    )  # fmt: skip


def goal_knowledge() -> Knowledge:
    """The occupations and terms above, with the phrases people say for them."""
    jobs = {row[0]: _occupation(*row) for row in JOBS}
    terms = {
        name: VocabularyTerm.model_validate({"id": name, "type": kind, "label": {"en": en, "fr": fr}})
        for name, (kind, en, fr) in TERMS.items()
    }
    said = [
        (name, Target("occupation", job.code)) for job in jobs.values() for x in LANGUAGES
        for name in (job.title.in_language(x), *job.names.in_language(x))
    ]  # fmt: skip
    said += [
        (term.label.in_language(x), Target(term.listing_field, term.id)) for term in terms.values() for x in LANGUAGES
    ]
    return Knowledge(jobs, terms, PhraseIndex(said))
