"""One slip of the fingers in a title: a letter left out, doubled, wrong, or in its neighbour's place."""

import random
import re
import string
from hashlib import sha256

LONG_WORD = re.compile(r"[^\W\d_]{5,}")


def _slip(word: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(word) - 1)
    letter = dice.choice(string.ascii_lowercase)
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return dice.choice([slip for slip in slips if slip != word] or [word])


def misspelt(title: str, slips: int = 1) -> str:
    """The title with that many slips, the same every time, in words of five letters or more."""
    dice = random.Random(int.from_bytes(sha256(title.encode()).digest()[:8], "big"))  # noqa: S311 - no secret
    for _ in range(slips):
        words = list(LONG_WORD.finditer(title))
        if not words:
            return title
        word = dice.choice(words)
        title = title[: word.start()] + _slip(word.group(), dice) + title[word.end() :]
    return title
