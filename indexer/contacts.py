"""Ways to reach people, and names of staff, taken out of what learners read: neither is indexed nor shown.

An address or a telephone number becomes an ellipsis, which is the same in both languages and no word to be found by. A
line that names who to write to, or who teaches, goes as a whole; so does the name of whoever is to be called or written
to. Another name inside a sentence cannot be told from other words and stays.
"""

import re

from mappings.private_text import EMAIL, PHONE

TAKEN = "…"
# A local number is told from other digits by the word before it.
LOCAL = re.compile(
    r"(?i)(?<!\w)(?:tel|tél|phone|téléphone|call|appelez|appeler|fax|cell)(?:\.|(?!\w))(?: (?:us )?(?:at|le|au))?"
    r"[ :.#]{0,3}[0-9]{3}[ .-]?[0-9]{4}(?!\w)|(?<!\w)(?:ext|extension|poste)[ .:]{1,2}[0-9]{3,6}(?!\w)"
)
EXTENSION = re.compile(rf"(?i){TAKEN},? ?(?:ext|extension|poste|x)\.? ?[0-9]{{2,6}}(?!\w)")
ROLES = (
    "contacts?|contact person|contact name|for (?:more |further )?information|more information|questions?|inquiries|"
    "instructors?|instructor\\(s\\)|facilitators?|teachers?|professors?|coordinators?|co-ordinators?|taught by|led by|"
    "program(?:me)? (?:coordinator|manager|director)|"
    "personnes?[ -]ressources?|personne à contacter|renseignements|pour (?:plus d['’]information|tout renseignement)|"
    "enseignante?s?|enseignant\\(e\\)s?|formateurs?|formatrices?|professeure?s?|animateurs?|animatrices?|"
    "coordonnateurs?|coordonnatrices?|responsables?|donné par|offert par|animé par"
)
NAME = (
    r"(?:(?:Dr|Dre|Mr|Mrs|Ms|Mx|M|Mme|Mlle|Prof|Pr)\.? )?"
    r"[A-ZÀ-Ý][\w'’.-]*(?: (?:[A-ZÀ-Ý][\w'’.-]*|de|du|van|von|la|le)){1,4}"
)
# The role at the start of a line, then a colon; what follows must be a name or hold a way to reach someone.
HEADED = re.compile(rf"^[ \t*•-]*(?:{ROLES})\s*(?::|\s[-–—]\s)\s*", re.IGNORECASE)
# The same inside a passage: only the name and what stands behind it as far as the sentence goes.
INSIDE = re.compile(rf"(?<!\w)(?i:{ROLES})\s*:\s*{NAME}[^.\n]{{0,120}}(?:{TAKEN}[^.\n]{{0,120}})?")
# Someone who is to be reached at what was taken out: "call Jane Doe at …".
ASKED = re.compile(
    r"(?<!\w)((?i:call|phone|contact|e-?mail|reach|text|write to|ask for|speak (?:with|to)|appelez|contactez|joignez|"
    rf"téléphonez à|écrivez à|communiquez avec|adressez-vous à)\s+){NAME}(?=[^.\n{TAKEN}]{{0,60}}{TAKEN})"
)
NAMED = re.compile(NAME)
# Cheap signs: without any of the first, then of the second, nothing is looked for.
DIGIT = re.compile(r"\d")
SIGNS = re.compile(r"[0-9@:–—-]")
HINT = re.compile(r"@|[0-9]{4}|[0-9][ .-][0-9]{2}|\+[0-9]|:|\s[-–—]\s|(?i:ext|poste|extension)[ .:]{1,2}[0-9]")


def _masked(text: str) -> str:
    """Addresses and numbers as ellipses."""
    shown = EMAIL.sub(TAKEN, text) if "@" in text else text
    if DIGIT.search(shown):
        shown = EXTENSION.sub(TAKEN, LOCAL.sub(TAKEN, PHONE.sub(TAKEN, shown)))
    return shown


def _names_staff(line: str, shown: str) -> bool:
    """Whether a line (and what is shown of it) is there to say whom to reach or who teaches."""
    headed = HEADED.match(line)
    return headed is not None and (shown != line or NAMED.match(line[headed.end() :]) is not None)


def _kept_line(line: str) -> str | None:
    shown = _masked(line)
    if _names_staff(line, shown):
        return None
    unnamed = ASKED.sub(rf"\1{TAKEN}", shown) if TAKEN in shown else shown
    return INSIDE.sub(TAKEN, unnamed) if ":" in unnamed else unnamed


def without_contacts(text: str) -> str:
    """The text without ways to reach people and without lines that name staff; blank when nothing else is left."""
    if not (SIGNS.search(text) and HINT.search(text)):
        return text
    kept = [line for line in map(_kept_line, text.split("\n")) if line is not None]
    return "\n".join(kept) if any(line.strip(f"{TAKEN} .,:;") for line in kept) else ""
