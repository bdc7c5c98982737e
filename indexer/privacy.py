"""E-mail addresses and phone numbers taken out of what a report repeats."""

import re

from mappings.private_text import EMAIL, PHONE

SIGNS = re.compile(r"[@\d]")  # cheaper to look for: a text without any of these holds neither
EMAIL_MARK, PHONE_MARK = "[e-mail]", "[phone]"


def masked(text: str) -> str:
    """The text without addresses and numbers by which a person can be reached.

    A text of megabytes without a sign of an address is not searched for one, which takes as long as its square.
    """
    if not SIGNS.search(text):
        return text
    return PHONE.sub(PHONE_MARK, EMAIL.sub(EMAIL_MARK, text) if "@" in text else text)
