"""The version that operators read names the commit, whatever git keeps it in."""

from pathlib import Path

import pytest

from secondment.common.release import commit_of, release

COMMIT = "1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b"


@pytest.fixture
def git(tmp_path: Path) -> Path:
    folder = tmp_path / ".git"
    (folder / "refs" / "heads").mkdir(parents=True)
    (folder / "HEAD").write_text("ref: refs/heads/main\n")
    return folder


def test_a_branch_in_a_file_of_its_own(git: Path) -> None:
    (git / "refs" / "heads" / "main").write_text(f"{COMMIT}\n")
    assert commit_of(git.parent) == "1a2b3c4d"


def test_a_branch_that_was_packed(git: Path) -> None:
    (git / "packed-refs").write_text(f"# pack-refs\n{'0' * 40} refs/heads/other\n{COMMIT} refs/heads/main\n")
    assert commit_of(git.parent) == "1a2b3c4d"


def test_a_branch_without_a_commit(git: Path) -> None:
    (git / "packed-refs").write_text("# pack-refs\n")
    assert commit_of(git.parent) == ""


def test_a_commit_checked_out_by_itself(git: Path) -> None:
    (git / "HEAD").write_text(f"{COMMIT}\n")
    assert commit_of(git.parent) == "1a2b3c4d"


def test_a_further_work_tree(git: Path, tmp_path: Path) -> None:
    (git / "refs" / "heads" / "main").write_text(f"{COMMIT}\n")
    own = git / "worktrees" / "two"
    own.mkdir(parents=True)
    (own / "HEAD").write_text("ref: refs/heads/main\n")
    (own / "commondir").write_text("../..\n")
    tree = tmp_path / "two"
    tree.mkdir()
    (tree / ".git").write_text(f"gitdir: {own}\n")
    assert commit_of(tree) == "1a2b3c4d"


def test_code_that_is_no_checkout(tmp_path: Path) -> None:
    assert commit_of(tmp_path) == ""


def test_the_number_and_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    for commit, shown in ((COMMIT[:8], "0.1.0+1a2b3c4d"), ("", "0.1.0")):
        monkeypatch.setattr("secondment.common.release.commit_of", lambda _checkout, found=commit: found)
        release.cache_clear()
        monkeypatch.setattr("secondment.common.release.version", lambda _name: "0.1.0")
        assert release() == shown
    release.cache_clear()
