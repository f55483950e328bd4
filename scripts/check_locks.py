"""Check the lock files without a network: hashes, no addresses, every extra that is asked for, tried with old and new pip."""

import hashlib
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
LOCKS = ("run.txt", "test.txt")
STAMP = "tried.txt"
RELOCK = "compile the lock again with --no-strip-extras --generate-hashes (docs/contributing.md)"


def main() -> int:
    """A line a fault; 0 when there is none."""
    faults = [f"{name}: {fault}" for name in LOCKS for fault in faults_of((FOLDER / name).read_text())]
    stamp = FOLDER / STAMP
    if not stamp.exists() or stamp.read_text().strip() != fingerprint(FOLDER):
        faults.append(f"{STAMP}: a lock has changed since both were tried; run scripts/try_locks.sh")
    print("\n".join(faults), end="\n" if faults else "", file=sys.stderr)
    return 1 if faults else 0


def fingerprint(folder: Path) -> str:
    """One checksum over all locks."""
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in LOCKS)).hexdigest()


def faults_of(lock: str) -> Iterator[str]:
    """What pip would refuse somewhere, although it may install here."""
    if "://" in lock:
        yield f"holds an address; {RELOCK}"
    pins = []
    for line in re.sub(r"\\\n", " ", lock).splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            pin, *hashes = line.split(" --hash=")
            pins.append(Requirement(pin))
            if not hashes:
                yield f"{pin.strip()} has no hash; {RELOCK}"
    yield from _faults_of_pins(pins)


def _faults_of_pins(pins: list[Requirement]) -> Iterator[str]:
    """What the pinned distributions ask for, by their own installed metadata, against what is pinned."""
    extras: dict[str, set[str]] = {}
    for pin in pins:
        extras.setdefault(canonicalize_name(pin.name), set()).update(pin.extras)
    for pin in pins:
        if pin.marker and not pin.marker.evaluate():
            continue
        if not pin.specifier.contains(metadata.version(pin.name), prereleases=True):
            yield f"{pin} is not what is installed here"
            continue
        for asked in _asked_by(pin.name, pin.extras):
            name = canonicalize_name(asked.name)
            if name not in extras:
                yield f"{pin.name} asks for {asked}, which is not pinned; {RELOCK}"
            elif not asked.extras <= extras[name]:
                yield f"{pin.name} asks for {asked}, but {name} is pinned without the extra; {RELOCK}"


def _asked_by(name: str, extras: set[str]) -> Iterator[Requirement]:
    for line in metadata.requires(name) or ():
        asked = Requirement(line)
        if not asked.marker or any(asked.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield asked


if __name__ == "__main__":
    sys.exit(main())
