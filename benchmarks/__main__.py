"""List the benchmarks, or run one: ``PYTHONPATH=src python -m benchmarks [name [arguments]]``."""

import runpy
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """All benchmarks, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))


def first_sentence(name: str) -> str:
    """What a benchmark says of itself on its first line."""
    return (FOLDER / f"{name}.py").read_text(encoding="utf-8").split("\n", 1)[0].strip('"')


def main() -> None:
    """Without a name, print the list; with one, hand the rest of the line to that benchmark."""
    if len(sys.argv) == 1:
        for name in names():
            print(f"{name:20} {first_sentence(name)}")
        return
    name = sys.argv[1]
    if name not in names():
        raise SystemExit(f"no benchmark “{name}”; there are: {', '.join(names())}")
    sys.argv = [f"benchmarks {name}", *sys.argv[2:]]
    runpy.run_module(f"benchmarks.{name}", run_name="__main__")


if __name__ == "__main__":
    main()
