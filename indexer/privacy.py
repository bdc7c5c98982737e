"""E-mail addresses and phone numbers taken out of what a report repeats."""

import re

EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>|,;]+\.[^\s@<>|,;]+")
# Ten digits as written in North America, or an international number; 2027-01-18 and 33100|32111 are neither.
PHONE = re.compile(
    r"(?<![\w.-])(?:\+?1[ .-]?)?(?:\([2-9]\d{2}\)\s?|[2-9]\d{2}[ .-]?)[2-9]\d{2}[ .-]?\d{4}(?![\w-])"
    r"|(?<!\w)\+\d{1,3}(?:[ .-]?\d{1,4}){2,6}(?!\w)"
)
EMAIL_MARK, PHONE_MARK = "[e-mail]", "[phone]"


def masked(text: str) -> str:
    """The text without addresses and numbers by which a person can be reached."""
    return PHONE.sub(PHONE_MARK, EMAIL.sub(EMAIL_MARK, text))
