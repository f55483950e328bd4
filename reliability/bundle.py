"""Installs the bundle for closed networks where there is no network at all, and asks the server for a page.

`.venv/bin/python -m reliability.bundle [BUNDLE]`; without one it is made first. Linux only.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APART = ["unshare", "--map-root-user", "--net"]
# No way out, but an address of its own; then what the office does: unpack, run, open the first page.
INSTALL = """
ip link set lo up
if python3 -c 'import socket; socket.create_connection(("1.1.1.1", 53), 2)' 2>/dev/null; then echo "there is a network"; exit 1; fi
tar -xzf "$1" && cd secondment-* || exit 1
env -i PATH="$PATH" HOME="$PWD" LANG=C.UTF-8 PORT=8765 SECONDMENT_DEMO=0 ./run &
server=$!
for _ in $(seq 300); do
    if python3 -c 'import urllib.request as r; r.urlopen("http://127.0.0.1:8765/accounts/sign-in/", timeout=5)' 2>/dev/null; then
        kill $server; wait $server; echo "the page is there"; exit 0
    fi
    kill -0 $server 2>/dev/null || exit 1
    sleep 1
done
kill $server; exit 1
"""


def main() -> int:
    """0 when the page was answered, or when the kernel forbids a network of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundle", nargs="?", type=Path, help="made by scripts/bundle.sh")
    asked = parser.parse_args()
    if subprocess.run([*APART, "ip", "link", "set", "lo", "up"], check=False, capture_output=True).returncode:
        print(
            "skipped: this kernel or account may not make a network of its own (unshare --net), or `ip` is missing"
        )
        return 0
    with tempfile.TemporaryDirectory(prefix="secondment-bundle-") as folder:
        bundle = asked.bundle.resolve() if asked.bundle else make(Path(folder))
        begun = time.monotonic()
        code = subprocess.run(
            [*APART, "sh", "-c", INSTALL, "install", str(bundle)], cwd=folder, check=False
        ).returncode
        megabytes = bundle.stat().st_size // 1_000_000
        print(
            f"{bundle.name}: {megabytes} MB, {time.monotonic() - begun:.0f} s, {'held' if code == 0 else 'FAILED'}"
        )
    return code


def make(folder: Path) -> Path:
    """The bundle of what is committed."""
    subprocess.run(["sh", "scripts/bundle.sh", str(folder)], cwd=ROOT, check=True)
    (bundle,) = folder.glob("secondment-*.tar.gz")
    return bundle


if __name__ == "__main__":
    sys.exit(main())
