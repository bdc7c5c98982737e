"""2,600 made-up listings as feeds of 24 institutions, as plausible as a generator makes them, for benchmarks.

Counts are those of the sample catalogue: how many terms a listing teaches, its starts, schedule, price and length. A
few occupations have hundreds of listings and most have a handful. One listing in twelve asks for another by its title.
"""

import datetime as dt
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from mappings.contract import Language
from mappings.knowledge import Knowledge
from mappings.occupation import Occupation
from mappings.telling import terms_of

LISTINGS, INSTITUTIONS = 2_600, 24
# Numbers of skills and tools, of coming starts, and modes, each as often as in the sample catalogue.
TAUGHT = (2, 3, 4, 4, 5, 5, 5, 6, 6, 7, 7, 8, 9)
STARTS = (1, 1, 1, 2, 2, 2, 2, 2, 3, 4)
SCHEDULES = (["evening"], ["evening"], ["daytime"], ["daytime"], ["weekend"], ["evening", "weekend"])
DELIVERIES = ("online", "in_person", "hybrid")
WEEKS = (0.4, 1, 2, 4, 6, 6, 8, 8, 10, 12, 14)
LEVELS = ("introductory", "intermediate", "advanced")
ASPECTS: dict[Language, tuple[str, ...]] = {
    "en": ("Foundations of", "Practical", "Applied", "Essentials of", "Working with", "Advanced", "A first look at"),
    "fr": ("Bases :", "Pratique :", "Application :", "L'essentiel :", "Perfectionnement :", "Initiation :"),
}


def _weeks_or_hours(chance: random.Random, *, self_paced: bool) -> dict[str, Any]:
    weeks = chance.choice(WEEKS)
    hours = float(max(3, round(weeks * chance.uniform(2, 7))))
    return {"hours": hours} if self_paced else {"hours": hours, "weeks": weeks}


def _when(chance: random.Random, today: dt.date) -> dict[str, Any]:
    """One in nine is self-paced; of the others one in twenty has begun already."""
    self_paced = chance.random() < 1 / 9
    when = {"pace": "self_paced" if self_paced else "scheduled", **_weeks_or_hours(chance, self_paced=self_paced)}
    if self_paced:
        return when
    first, last = (-120, -1) if chance.random() < 1 / 20 else (10, 420)
    days = sorted({chance.randint(first, last) for _start in range(chance.choice(STARTS))})
    starts = [(today + dt.timedelta(days=day)).isoformat() for day in days]
    return {**when, "starts": starts, "schedule": chance.choice(SCHEDULES)}


def _price(chance: random.Random) -> dict[str, Any]:
    """One in eight states none, one in thirty is free, one in fifty is in another currency."""
    drawn = chance.random()
    if drawn < 1 / 8:
        return {}
    cost = 0.0 if drawn < 1 / 8 + 1 / 30 else float(chance.randrange(45, 2200, 5))
    return {} if chance.random() < 1 / 50 else {"cost_cad": cost}


def _prerequisites(chance: random.Random, language: Language, earlier: Sequence[str]) -> dict[str, str]:
    """Another listing of the institution, or words that name none."""
    drawn = chance.random()
    if earlier and drawn < 1 / 12:
        return {"prerequisites": chance.choice(earlier)}
    plain = "Grade 12 English; basic computer skills" if language == "en" else "Français de 12e année; un ordinateur"
    return {"prerequisites": plain} if drawn < 1 / 2 else {}


def _words(language: Language, terms: Sequence[str], job: Occupation, known: Knowledge, number: int) -> dict[str, Any]:
    labels = [known.terms[term].label.in_language(language) for term in terms]
    aspect = ASPECTS[language][number % len(ASPECTS[language])]
    title = f"{aspect} {labels[0]} ({number})"
    named = ", ".join(labels[1:]) or labels[0]
    job_name = job.display_name(language)
    said = {"en": f"For a {job_name}: {named}.", "fr": f"Pour le métier de {job_name} : {named}."}
    return {"title": title, "description": said[language]}


def _terms(chance: random.Random, job: Occupation) -> list[str]:
    taught = sorted(terms_of(job))
    return chance.sample(taught, min(len(taught), chance.choice(TAUGHT)))


def _listing(
    number: int, chance: random.Random, known: Knowledge, job: Occupation, titles: dict[Language, list[str]]
) -> dict[str, Any]:
    language: Language = chance.choice(("en", "en", "fr"))
    terms = _terms(chance, job)
    words = _words(language, terms, job, known, number)
    words |= _prerequisites(chance, language, titles[language])
    titles[language].append(words["title"])
    named: dict[str, list[dict[str, str]]] = {"skills": [], "tools": []}
    for term in terms:
        named[known.terms[term].listing_field].append({language: known.terms[term].label.in_language(language)})
    return {
        "id": f"M-{number:04}", language: words, "language": [language], "delivery": chance.choice(DELIVERIES),
        "level": chance.choice(LEVELS), "occupations": [{"code": job.code}], **named,
        **_price(chance), **_when(chance, dt.date.today()),  # noqa: DTZ011 - starts are days away
    }  # fmt: skip


def jobs_by_fame(known: Knowledge) -> list[Occupation]:
    """The occupations, those with the most listings first."""
    codes = sorted(known.occupations)
    return [known.occupations[code] for code in random.Random(7).sample(codes, len(codes))]  # noqa: S311 - no secret


def feeds(known: Knowledge) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each institution's id with its listings."""
    chance, jobs = random.Random(1), jobs_by_fame(known)  # noqa: S311 - a catalogue, not a secret
    fame = [1 / (rank + 3) for rank in range(len(jobs))]
    for place in range(INSTITUTIONS):
        titles: dict[Language, list[str]] = {"en": [], "fr": []}
        numbers = range(place, LISTINGS, INSTITUTIONS)
        rows = [_listing(number, chance, known, chance.choices(jobs, fame)[0], titles) for number in numbers]
        yield f"made-{place:02}", rows


def write_feeds(folder: Path, known: Knowledge) -> Path:
    """The feeds, and the sources.yml that names them; its path."""
    entries = []
    for name, rows in feeds(known):
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.ndjson").write_text("".join(lines), encoding="utf-8")
        owner = {"id": name, "name": {"en": f"Made College {name[-2:]}"}, "kind": "college"}
        entries.append({"id": name, "institution": owner, "file": f"{name}.ndjson", "sample": True})
    sources = folder / "sources.yml"
    sources.write_text(yaml.safe_dump({"sources": entries}, allow_unicode=True), encoding="utf-8")
    return sources
