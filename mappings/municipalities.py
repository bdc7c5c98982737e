"""Where Ontario's municipalities are, in either language's spelling, from public facts: data/municipalities."""

import csv
import re
from functools import cache
from pathlib import Path

from mappings.knowledge import DATA_FOLDER
from mappings.phrases import fold

FILE = DATA_FOLDER / "municipalities" / "ontario.csv"
BAR = "|"
# What may stand behind a city: Toronto, ON; Hearst (Ontario); Barrie, Ontario, Canada.
PROVINCE = re.compile(r"(?:[, (]+(?:ontario|ont\.?|on)\)?)?(?:[, (]+canada\)?)?$")
LONGEST = 80  # characters; a longer text is an address, not a city
MARKS = re.compile(r"[\W_]+")

Position = tuple[float, float]


def _key(name: str) -> str:
    return MARKS.sub(" ", fold(name)).strip()


def read_municipalities(path: Path) -> dict[str, Position]:
    """Folded name -> longitude and latitude in degrees, to two decimals, about a kilometre."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            _key(name): (float(row["longitude"]), float(row["latitude"]))
            for row in csv.DictReader(file)
            for name in (row["name"], *row["other_names"].split(BAR))
            if name
        }


@cache
def municipalities() -> dict[str, Position]:
    """Those that ship."""
    return read_municipalities(FILE)


def position_of(city: str) -> Position | None:
    """Longitude and latitude of a municipality's middle; None for a city that is not one of Ontario's larger ones."""
    if len(city) > LONGEST:
        return None
    folded = fold(city).strip()
    return municipalities().get(_key(folded)) or municipalities().get(_key(PROVINCE.sub("", folded)))
