"""Indices over a few titles, written in the tests that ask them."""

from mappings.contract import Language
from mappings.reference import ExampleTitle
from search_api.titles import Candidates, TitleIndex

NURSE, PSYCHIATRIC, PRACTICAL, AIDE, HOME, WELDER, COOK, DRIVER = (
    "31301", "31300", "32101", "33102", "44101", "72106", "63200", "73300",
)  # fmt: skip

TITLES: tuple[tuple[str, Language, str], ...] = (
    (NURSE, "en", "Nurse"),
    (NURSE, "en", "Operating room nurse"),
    (NURSE, "en", "Registered nurse (R.N.)"),
    (NURSE, "en", "Intensive care nurse"),
    (PRACTICAL, "en", "RPN"),
    (PRACTICAL, "en", "Registered practical nurse"),
    (AIDE, "en", "PSW"),
    (AIDE, "en", "Personal support worker"),
    (HOME, "en", "Personal support worker - home support"),
    (WELDER, "en", "Welder"),
    (WELDER, "en", "Spot welder"),
    (COOK, "en", "Journeyman/woman cook"),
    (DRIVER, "en", "Truck driver"),
    ("65200", "en", "Waiter/waitress"),
    ("65200", "en", "Server - food and beverage services"),
    ("21222", "en", "Systems analyst"),
    ("21223", "en", "Data analyst"),
    ("11101", "en", "Financial analyst"),
    ("41402", "en", "Analyst - market research"),
    ("22302", "en", "CAD/CAM programmer"),
    (NURSE, "fr", "Infirmier/infirmière"),
    (NURSE, "fr", "Infirmier/infirmière de salle d'opération"),
    (AIDE, "fr", "Préposé/préposée aux bénéficiaires"),
    (WELDER, "fr", "Soudeur/soudeuse"),
    (DRIVER, "fr", "Conducteur/conductrice de camion"),
    ("72410", "fr", "Apprenti mécanicien/apprentie mécanicienne d'automobiles"),
    ("22310", "fr", "Technicien/technicienne en électronique"),
)  # fmt: skip


def example(code: str, language: Language, title: str) -> ExampleTitle:
    return ExampleTitle(code=code, language=language, title=title)


def small_index() -> TitleIndex:
    return TitleIndex(example(*row) for row in TITLES)


def codes(found: Candidates) -> list[str]:
    return [one.code for one in found]
