"""Which version this is: the number of the package, and of a checkout the commit, because the number seldom changes.

Knows no Django: the server asks before there is an installation.
"""

from functools import cache
from importlib.metadata import version
from pathlib import Path

SHOWN = 8


@cache
def release() -> str:
    """0.1.0+1a2b3c4d; without the commit where the code does not come from a checkout."""
    commit = commit_of(Path(__file__).parents[3])
    return f"{version('secondment')}+{commit}" if commit else version("secondment")


def commit_of(checkout: Path) -> str:
    """The commit that is checked out, read from git's own files; "" where there is none."""
    git = checkout / ".git"
    try:
        if git.is_file():  # a further work tree
            git = checkout / git.read_text().removeprefix("gitdir:").strip()
        head = (git / "HEAD").read_text().strip()
        if head.startswith("ref:"):
            head = _commit_at(git, head.removeprefix("ref:").strip())
    except OSError:
        return ""
    return head[:SHOWN]


def _commit_at(git: Path, ref: str) -> str:
    common = git / "commondir"
    home = git / common.read_text().strip() if common.exists() else git
    loose = home / ref
    if loose.exists():
        return loose.read_text().strip()
    lines = (line.split() for line in (home / "packed-refs").read_text().splitlines())
    return next((words[0] for words in lines if words[1:] == [ref]), "")
