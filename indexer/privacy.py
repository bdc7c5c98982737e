"""E-mail addresses and phone numbers taken out of what a report repeats."""

from mappings.private_text import EMAIL, PHONE

EMAIL_MARK, PHONE_MARK = "[e-mail]", "[phone]"


def masked(text: str) -> str:
    """The text without addresses and numbers by which a person can be reached.

    A text of megabytes without a sign of an address is not searched for one, which takes as long as its square.
    """
    shown = EMAIL.sub(EMAIL_MARK, text) if "@" in text else text
    return PHONE.sub(PHONE_MARK, shown)
