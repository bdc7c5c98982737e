"""`python3 -m deploy COMMAND`. Old syntax, so that an old python3 gets a sentence and not a SyntaxError."""

import os
import sys

from deploy.preflight import newer_python, python_problem


def main():  # type: () -> int
    problem = python_problem(sys.version_info[:2])
    if problem is None:
        from deploy.commands import main as run_command  # noqa: PLC0415 - newer syntax than an old Python can read

        return run_command(sys.argv[1:])
    newer = newer_python(os.environ)
    if newer is None:
        sys.stderr.write("error: {}\n".format(problem))
        return 1
    os.execv(newer, [newer, "-m", "deploy"] + sys.argv[1:])  # noqa: S606 - no shell is meant
    return 1


if __name__ == "__main__":
    sys.exit(main())
