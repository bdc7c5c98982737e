"""Trying again: only what may pass, further and further apart, and never beyond the time there is."""

import time
from collections.abc import Callable
from typing import TypeVar

from urllib3 import Retry
from urllib3.exceptions import MaxRetryError

from indexer.fetching.deadline import Deadline
from indexer.fetching.failures import PassingError

T = TypeVar("T")

Pause = Callable[[float], None]

# Five tries: at once, then after 2, 4 and 8 seconds, each with up to a second of chance so that a server that
# restarts does not meet all its callers in the same moment.
POLICY = Retry(total=4, backoff_factor=1.0, backoff_jitter=1.0, backoff_max=30.0)


def _next(policy: Retry, failed: PassingError) -> Retry:
    """The policy with one try fewer. Raises the failure when none is left."""
    try:
        return policy.increment(error=failed)
    except MaxRetryError:
        raise failed from None


def persistent(attempt: Callable[[], T], deadline: Deadline, pause: Pause = time.sleep, policy: Retry = POLICY) -> T:
    """What an attempt gives, tried again while that may help. Raises the last failure."""
    while True:
        try:
            return attempt()
        except PassingError as error:
            policy = _next(policy, error)
            seconds = max(error.after or 0.0, policy.get_backoff_time())
            if seconds >= deadline.left:
                raise
            pause(seconds)
