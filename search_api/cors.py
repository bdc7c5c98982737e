"""What portals of the list may do from a browser: read everywhere, post where a plan is asked for."""

from typing import Any

READING = ("GET", "HEAD", "OPTIONS")
POSTING = ("POST", "OPTIONS")


def resources(request_id: str) -> dict[str, dict[str, Any]]:
    """Methods and headers by a pattern of addresses; `request_id` is the header a caller may name a request by.

    One address takes a body: a browser asks beforehand whether it may send it as JSON. Links out are followed, never
    read, and the counters are for the operator.
    """
    return {
        r"/v1/plans": {"methods": POSTING, "allow_headers": ("Content-Type", request_id)},
        r"/(?!metrics$|out$).*": {"methods": READING},
    }
