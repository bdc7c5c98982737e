"""How long going back takes: `python -m tests.indexer.bench_rollback` prints seconds; less than 2 are wanted.

In each round the shipped catalogue is loaded twice under a prefix of its own into the OpenSearch of OPENSEARCH_URL, and
the command, a process of its own, goes back from the second to the first. Nothing here is a test: times differ from
machine to machine.
"""

import argparse
import os
import time

from opensearchpy import OpenSearch

from tests.conftest import remove_indices, run_indexer

PREFIX = "bench-rollback"


def checked(*arguments: str) -> float:
    """Runs the command under the prefix; seconds. Raises SystemExit with its last words when it fails."""
    begun = time.perf_counter()
    done = run_indexer(*arguments, INDEX_PREFIX=PREFIX)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5, help="how many rounds")
    asked = parser.parse_args().times
    taken = []
    with OpenSearch(os.environ["OPENSEARCH_URL"], timeout=30) as engine:
        try:
            for _ in range(asked):
                checked("index", "--force")
                checked("index", "--force")
                taken.append(checked("rollback"))
        finally:
            remove_indices(engine, PREFIX)
    print(f"rollback: {min(taken):.2f} to {max(taken):.2f} s in {asked} rounds")


if __name__ == "__main__":
    main()
