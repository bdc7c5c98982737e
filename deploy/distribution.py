"""The engine's programme files: fetched once by Maven, unpacked whole or not at all."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from deploy.failure import DeployError
from deploy.java import Java
from deploy.lock import held

POM = Path(__file__).parent / "pom.xml"
MANIFEST = "manifest.json"
PLUGIN_DESCRIPTOR = "plugin-descriptor.properties"
MAVEN_SECONDS = 1800.0
# SHA-256 of the files this was built and tested with: to be renewed with opensearch.version. Maven itself only warns of
# a wrong checksum, and none is published for the plugin.
CHECKSUMS = {
    "distribution.zip": "a91faa1dc1cadc78cb278b4f63847e19e1627a4e9de698e14e7efc14ee37b286",
    "plugin-knn.zip": "ac392ca28a39b3bf290648a422ef30cb149dda2963a9d7feb26060e932341c9a",
}


class DamagedArchiveError(Exception):
    """A zip that is cut off or changed: its download, or Maven's copy of it, is not the file it should be."""


def engine_version(pom: Path = POM) -> str:
    found = re.search(r"<opensearch\.version>([^<]+)<", pom.read_text(encoding="utf-8"))
    if found is None:
        raise DeployError(f"{pom} names no opensearch.version; restore the file.")
    return found.group(1)


def sizes(folder: Path) -> dict[str, int]:
    """Bytes of every file below, by its path from the folder. The manifest itself is left out."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.stat().st_size for path in files if path.name != MANIFEST}


def is_whole(folder: Path) -> bool:
    """Whether every file the manifest lists is there with its size."""
    try:
        listed: dict[str, int] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    there = sizes(folder)
    return all(there.get(name) == size for name, size in listed.items())


def verify(archive: Path) -> None:
    """Raises DamagedArchiveError when it is another file than the one tested, a cut-off download for instance."""
    with archive.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != CHECKSUMS[archive.name]:
        raise DamagedArchiveError(f"{archive.name} has the checksum {found[:12]}, not {CHECKSUMS[archive.name][:12]}")


def unpack(archive: Path, folder: Path) -> None:
    """Everything in the zip, readable by all and executable where the zip says so. Raises DamagedArchiveError."""
    verify(archive)
    with zipfile.ZipFile(archive) as opened:
        for member in opened.infolist():
            written = Path(opened.extract(member, folder))
            may_run = (member.external_attr >> 16) & 0o111
            written.chmod(0o755 if may_run or member.is_dir() else 0o644)


def plugin_name(folder: Path) -> str:
    found = re.search(r"^name=(.+)$", (folder / PLUGIN_DESCRIPTOR).read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise DeployError(f"The plugin in {folder} has no name in its {PLUGIN_DESCRIPTOR}.")
    return found.group(1).strip()


def assemble(zips: Path, work: Path) -> Path:
    """The distribution with its plugins and manifest inside `work`; returns its folder. Raises DamagedArchiveError."""
    unpack(zips / "distribution.zip", work / "unpacked")
    (home,) = (work / "unpacked").iterdir()
    for archive in sorted(zips.glob("plugin-*.zip")):
        unpack(archive, work / archive.stem)
        target = home / "plugins" / plugin_name(work / archive.stem)
        (work / archive.stem).rename(target)
        target.chmod(0o755)
    (home / MANIFEST).write_text(json.dumps(sizes(home)), encoding="utf-8")
    (home / MANIFEST).chmod(0o644)
    home.chmod(0o755)
    return home


def maven_environment(java: Java, environment: Mapping[str, str]) -> dict[str, str]:
    """Maven runs on any Java the machine has; ours is named only where there is no other."""
    has_own = environment.get("JAVA_HOME") or shutil.which("java", path=environment.get("PATH"))
    return {**environment, **({} if has_own else {"JAVA_HOME": str(java.home)})}


def _reason(output: str) -> str:
    """The first error line Maven printed, without its colours and tag."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", output)
    errors = [line.removeprefix("[ERROR]").strip() for line in plain.splitlines() if line.startswith("[ERROR]")]
    return (errors or plain.strip().splitlines()[-1:] or ["no output"])[0][:300]


def fetch(zips: Path, java: Java, repository: Path | None = None) -> None:
    """Has Maven put the zips into a folder; given an empty repository it uses no copy it has. Raises DeployError."""
    maven = shutil.which("mvn")
    if maven is None:
        raise DeployError("Maven is needed to fetch OpenSearch: install it (for instance `apt-get install maven`).")
    own = [] if repository is None else [f"-Dmaven.repo.local={repository}"]
    command = [maven, "-B", "-ntp", "-q", "-f", str(POM), f"-Dzips={zips}", *own, "generate-resources"]
    environment = maven_environment(java, os.environ)
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=MAVEN_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise DeployError(f"Maven did not finish in {MAVEN_SECONDS / 60:.0f} minutes; check the network.") from error
    if done.returncode:
        raise DeployError(
            f"Maven could not fetch OpenSearch; check the network or its settings: {_reason(done.stdout + done.stderr)}"
        )


def _fetched_and_assembled(work: Path, java: Java) -> Path:
    try:
        fetch(work / "zips", java)
        return assemble(work / "zips", work / "first")
    except DamagedArchiveError:
        # Maven would hand out its cached copy again, so this time it may not look there.
        fetch(work / "zips-again", java, repository=work / "repository")
    try:
        return assemble(work / "zips-again", work / "second")
    except DamagedArchiveError as error:
        raise DeployError(f"OpenSearch arrived damaged twice ({error}); check the network or the mirror.") from error


def _make(distributions: Path, target: Path, java: Java) -> None:
    for left_over in distributions.glob(".part-*"):
        shutil.rmtree(left_over)
    work = Path(tempfile.mkdtemp(prefix=".part-", dir=distributions))
    try:
        home = _fetched_and_assembled(work, java)
        if target.exists():
            shutil.rmtree(target)
        home.rename(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def ensure_distribution(distributions: Path, java: Java) -> Path:
    """The unpacked distribution's folder. Raises DeployError.

    It appears under its name only when complete, so a killed set-up leaves nothing half-made in use.
    """
    target = distributions / engine_version()
    with held(distributions / ".lock", "another command that is fetching OpenSearch"):
        if not is_whole(target):
            _make(distributions, target, java)
    return target
