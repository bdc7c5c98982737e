"""The key of the marks that stand for queries: in memory only, another one every day."""

import datetime as dt
import hashlib
import hmac
import secrets

BYTES = 16


class DayKey:
    """Made before the server forks, so that its processes agree. Each day's key is made of the one before.

    An earlier day's cannot be had back from a later one's. But the process that forks never counts, so it keeps the
    first day's, of which all later ones can be made, until it ends. Not safe to share between threads.
    """

    def __init__(self, day: dt.date) -> None:
        self._day, self._key = day, secrets.token_bytes(32)

    def forget_before(self, day: dt.date) -> None:
        while self._day < day:
            self._day, self._key = self._day + dt.timedelta(days=1), hashlib.sha256(self._key).digest()

    def mark(self, day: dt.date, text: str) -> bytes | None:
        """What stands for the text on that day, 16 bytes; None for a day whose key is gone."""
        self.forget_before(day)
        if day != self._day:
            return None
        return hmac.digest(self._key, text.encode(errors="replace"), "sha256")[:BYTES]
