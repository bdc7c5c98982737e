"""What in a text may lead to one person: reports mask it, and of searches that hold it nothing is kept."""

import re

# As long as a mailbox may be named: without an end, a text of one long word would be read once for each letter of it.
EMAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>|,;]+\.[^\s@<>|,;]+")
# Ten digits as written in North America, in pairs as in France, or an international number; 2027-01-18 and 33100|32111
# are none of these.
PHONE = re.compile(
    r"(?<![\w.-])(?:\+?1[ .-]?)?(?:\([2-9]\d{2}\)\s?|[2-9]\d{2}[ .-]?)[2-9]\d{2}[ .-]?\d{4}(?![\w-])"
    r"|(?<![\w.-])[2-9]\d{2}[ .-][2-9]\d{2}[ .-]\d{2}[ .-]\d{2}(?![\w-])"
    r"|(?<![\w.-])0[1-9](?:[ .-]\d{2}){4}(?![\w-])"
    r"|(?<!\w)\+\d{1,3}(?:[ .-]?\d{1,4}){2,6}(?!\w)"
)
# A social insurance number has nine digits, a local telephone number seven, a day of birth eight, a student's number
# six or more without a mark between; a NOC code has five and a CIP code six about a point.
MOST_DIGITS = 6
LONG_NUMBER = re.compile(r"\d{6}")
POSTAL_CODE = re.compile(r"(?<!\w)[a-z]\d[a-z][ -]?\d[a-z]\d(?!\w)", re.IGNORECASE)
STREETS = (
    "street|st|avenue|ave|av|road|rd|boulevard|boul|blvd|drive|dr|crescent|cres|court|lane|place|terrace|highway|hwy|"
    "rue|chemin|ch|rang|allée|impasse|montée|route"
)
# A house number, then the kind of street, at once (French) or after a few words (English).
STREET_ADDRESS = re.compile(
    rf"(?<![\w.])\d{{1,5}}[a-z]?[ ,]+(?:[^\W\d][\w'’.-]*[ ,]+){{0,3}}(?:{STREETS})(?!\w)", re.IGNORECASE
)
# A box, a flat, an address on the web, a name on a network. `.net` is left alone: ASP.NET is a skill.
PLACE_OF_ONE = re.compile(
    r"(?<!\w)(?:p\.? ?o\.? box|c\.p\.|apt\.?|apartment|appartement|app\.?|unité?) ?#? ?\d|://|www\.|@"
    r"|\w\.(?:com|ca|org)(?![\w-])|(?<!\w)linkedin\W{1,3}in/",
    re.IGNORECASE,
)
# How people begin to say who they are.
INTRODUCTION = re.compile(
    r"(?<!\w)(?:my (?:full |first |last )?name|my (?:e-?mail|phone|number|address|birthday|date of birth|sin|password)|"
    r"mon nom|mon prénom|je m['’]appelle|mon (?:courriel|adresse|numéro|nas|mot de passe|téléphone)|"
    r"date de naissance|"
    r"born (?:on|in)|date of birth|née?\s+(?:le|en|\d{4})|mrs?|mme|mlle|monsieur|madame)(?!\w)",
    re.IGNORECASE,
)
TELLING = (EMAIL, PHONE, LONG_NUMBER, POSTAL_CODE, STREET_ADDRESS, PLACE_OF_ONE, INTRODUCTION)


def may_tell_of_a_person(text: str) -> bool:
    """Whether a text holds a way to reach or number a person, or begins to say who one is.

    A name by itself cannot be told from other words.
    """
    digits = sum(mark.isdecimal() for mark in text)
    return digits > MOST_DIGITS or any(pattern.search(text) for pattern in TELLING)
