"""Finds a JDK the engine runs on. The machine's default `java` is often an older one, so it looks further.

Read before the machine's Python is known to be new enough, hence its old syntax.
"""

import glob
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Callable, Iterator, Mapping, NamedTuple, Optional

# OpenSearch 3 is compiled for 21.
LOWEST = 21
FOLDERS = (
    "/usr/lib/jvm/*",
    "/usr/lib64/jvm/*",
    "/usr/java/*",
    "/opt/java/*",
    "/opt/jdk*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "~/.sdkman/candidates/java/*",
    "~/.jdks/*",
)


class Java(NamedTuple):
    home: Path
    major: int


def major_of(version: str) -> int:
    """21 of `21.0.4`, 8 of `1.8.0_392`, 0 of anything else."""
    found = re.match(r"^(?:1\.)?([0-9]+)", version)
    return int(found.group(1)) if found else 0


def version_of(home: Path) -> str:
    """The version a JDK states in its `release` file, else what its `java` prints; empty when neither can be had."""
    release = home / "release"
    if release.is_file():
        found = re.search(r'^JAVA_VERSION="?([^"\n]+)', release.read_text(errors="replace"), re.MULTILINE)
        if found:
            return found.group(1)
    try:
        command = [str(home / "bin" / "java"), "-version"]
        printed = subprocess.check_output(command, stderr=subprocess.STDOUT, timeout=20).decode(errors="replace")
    except (OSError, subprocess.SubprocessError):
        return ""
    found = re.search(r'version "([^"]+)"', printed)
    return found.group(1) if found else ""


def homes(environment: Mapping[str, str], folders: "tuple[str, ...]" = FOLDERS) -> Iterator[Path]:
    """Candidate JDK folders, most wanted first: what the operator named, the one on the PATH, the installed ones."""
    for name in ("OPENSEARCH_JAVA_HOME", "JAVA_HOME"):
        if environment.get(name):
            yield Path(environment[name])
    on_path = shutil.which("java", path=environment.get("PATH"))
    if on_path:
        yield Path(os.path.realpath(on_path)).parent.parent
    for folder in folders:
        yield from (Path(found) for found in sorted(glob.glob(os.path.expanduser(folder)), reverse=True))


def lacks_locales(home: Path) -> bool:
    """Whether it is a cut-down JDK without locale data: the node would start and then fail at every index."""
    release = home / "release"
    text = release.read_text(errors="replace") if release.is_file() else ""
    return "MODULES=" in text and "jdk.localedata" not in text


def _anyone(_program: Path) -> bool:
    return True


def find_java(
    environment: Mapping[str, str],
    folders: "tuple[str, ...]" = FOLDERS,
    usable: Callable[[Path], bool] = _anyone,
) -> Optional[Java]:
    """The first complete JDK of major 21 or more whose `java` is usable, or None."""
    for home in homes(environment, folders):
        program = home / "bin" / "java"
        if os.access(str(program), os.X_OK) and usable(program):
            major = major_of(version_of(home))
            if major >= LOWEST and not lacks_locales(home):
                return Java(home, major)
    return None
