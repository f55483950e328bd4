"""The check of the lock files finds what an older pip would refuse; the committed locks pass it."""

from pathlib import Path

from scripts import check_locks

HASH = " \\\n    --hash=sha256:0123\n    # via -r requirements/test.in\n"


def faults(*pins: str) -> list[str]:
    return list(check_locks.faults_of("".join(pin + HASH for pin in pins)))


def test_the_committed_locks_are_whole_and_were_tried() -> None:
    assert check_locks.main() == 0


def test_an_extra_that_is_asked_for_must_be_pinned_with_it() -> None:
    lock = (check_locks.FOLDER / "test.txt").read_text()
    (fault,) = check_locks.faults_of(lock.replace("coverage[toml]==", "coverage=="))
    assert fault.startswith("pytest-cov asks for coverage[toml]")
    assert "coverage is pinned without the extra" in fault


def test_what_a_pinned_extra_asks_for_must_be_pinned_too() -> None:
    version = check_locks.metadata.version("psycopg")
    assert faults(f"psycopg=={version}")[0].startswith("psycopg asks for typing-extensions")
    wanted = [one for one in faults(f"psycopg[binary]=={version}") if "psycopg-binary" in one]
    assert len(wanted) == 1


def test_a_pin_needs_a_hash_and_no_address() -> None:
    version = check_locks.metadata.version("sqlparse")
    assert faults(f"sqlparse=={version}") == []
    (no_hash,) = check_locks.faults_of(f"sqlparse=={version}\n")
    assert no_hash.startswith(f"sqlparse=={version} has no hash")
    (address,) = check_locks.faults_of(f"# https://example.org/\nsqlparse=={version}{HASH}")
    assert address.startswith("holds an address")


def test_a_pin_of_another_platform_is_left_out_and_another_version_is_named() -> None:
    assert faults('no-such-thing==1 ; sys_platform == "nowhere"') == []
    assert faults("sqlparse==0.0.1") == ["sqlparse==0.0.1 is not what is installed here"]


def test_a_lock_changed_after_the_trial_is_named(tmp_path: Path, monkeypatch, capsys) -> None:
    for name in (*check_locks.LOCKS, check_locks.STAMP):
        (tmp_path / name).write_text("")
    monkeypatch.setattr(check_locks, "FOLDER", tmp_path)
    assert check_locks.main() == 1
    assert "run scripts/try_locks.sh" in capsys.readouterr().err
    (tmp_path / check_locks.STAMP).write_text(check_locks.fingerprint(tmp_path))
    assert check_locks.main() == 0
    (tmp_path / check_locks.STAMP).unlink()
    assert check_locks.main() == 1
