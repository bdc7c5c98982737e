"""Made-up rows of the template, as long as real ones, for benchmarks: any number, the same for the same number."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

COLUMNS = (
    "ID", "Title (English)", "Title (French)", "Description (English)", "Description (French)",
    "Learning outcomes (English)", "Web address", "Language of instruction", "Credential type", "Subject", "Delivery",
    "Schedule", "Total hours", "Weeks", "Hours per week", "Cost", "Start dates", "City", "Level", "Skills", "Tools",
    "NOC codes", "Updated",
)  # fmt: skip
ENGLISH = """
welding safety plate metal torch practice learn community college network nurse health care office budget data manage
lead team project plan design market repair install measure cook serve teach write speak record
"""
FRENCH = """
soudage sécurité tôle métal chalumeau pratique réseau santé soins bureau budget données gérer équipe projet plan
conception marché réparer installer mesurer cuisiner servir enseigner écrire parler dossier hôtellerie élève
"""
WORDS, MOTS = ENGLISH.split(), FRENCH.split()
# Words of an English and of a French title and description, of an outcome, of a skill.
TITLE, DESCRIPTION, OUTCOME, SKILL = 5, 70, 8, 2


def _said(chance: random.Random, words: list[str], number: int) -> str:
    return " ".join(chance.choices(words, k=number)).capitalize()


def made_row(number: int, changed: str = "") -> tuple[str, ...]:
    """One row. `changed` words are added to its description."""
    chance = random.Random(number)  # noqa: S311 - made-up rows, no secrets
    outcomes = "|".join(_said(chance, WORDS, OUTCOME) for _ in range(4))
    skills = "|".join(_said(chance, WORDS, SKILL) for _ in range(4))
    return (
        f"R-{number}", f"{_said(chance, WORDS, TITLE)} {number}", f"{_said(chance, MOTS, TITLE)} {number}",
        f"{_said(chance, WORDS, DESCRIPTION)}.{changed}", f"{_said(chance, MOTS, DESCRIPTION)}.", outcomes,
        f"https://college.example/r/{number}", "English", "Micro-credential", "Business", "Online", "Evening|Weekend",
        chance.choice(("12", "24", "36.5")), chance.choice(("4", "6", "8")), "3",
        chance.choice(("$1,299.00", "450", "Free")), "2027-01-18|2027-05-03", "Sudbury", "Introductory", skills,
        "Excel|AutoCAD", "72106", "2026-11-20",
    )  # fmt: skip


def made_rows(count: int) -> Iterator[tuple[str, ...]]:
    return (made_row(number) for number in range(count))


def write_csv(path: Path, rows: Iterator[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return path
