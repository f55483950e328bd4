"""Making the environment: one at a time, and usable in any directory and locale."""

import os
import signal
import subprocess
import sys
import venv
from pathlib import Path

from django.conf import settings

BOOTSTRAP = settings.PACKAGE_DIR.parent.parent / "scripts" / "bootstrap.sh"
ON_ITS_OWN = f'set -eu; . "{BOOTSTRAP}"; find_python() {{ echo "{sys.executable}"; }}; '
HOLD = "lock_environment; echo locked; read -r _line; unlock_environment; echo free; read -r _line"


def start(directory: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 -- the product's own script
        ["/bin/sh", "-c", ON_ITS_OWN + HOLD],
        cwd=directory,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def end(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        process.kill()
        process.communicate()


def test_a_second_start_waits_until_the_first_is_done_or_killed(tmp_path: Path) -> None:
    first, second, third = start(tmp_path), None, None
    try:
        assert first.stdout.readline() == "locked\n"
        second = start(tmp_path)
        assert "另一个 ./run 或 ./test 正在准备运行环境" in second.stderr.readline()
        print("go on", file=first.stdin, flush=True)
        assert first.stdout.readline() == "free\n"
        assert second.stdout.readline() == "locked\n"
        third = start(tmp_path)
        assert "waiting" in third.stderr.readline()
        second.send_signal(signal.SIGKILL)
        assert third.stdout.readline() == "locked\n"
    finally:
        end(*filter(None, (first, second, third)))


def test_the_environment_works_in_a_chinese_directory_under_the_c_locale(tmp_path: Path) -> None:
    root = tmp_path / "中文 目录"
    (root / "src").mkdir(parents=True)
    (root / "src" / "sources_are_found.py").touch()
    venv.create(root / ".venv", symlinks=True)
    (packages,) = (root / ".venv" / "lib").glob("python3*/site-packages")
    (packages / "_editable_impl_secondment.pth").write_text(f"{root}/src")
    python = str(root / ".venv" / "bin" / "python")
    if sys.version_info < (3, 13):
        assert code(root, python, "-c", "import sources_are_found") == 1
    assert code(root, "/bin/sh", "-c", ON_ITS_OWN + "point_to_sources") == 0
    assert code(root, python, "-c", "import sources_are_found") == 0


def code(directory: Path, *command: str) -> int:
    """How the command ends under the C locale."""
    environment = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(  # noqa: S603 -- the product's own script
        command, cwd=directory, env=environment, capture_output=True, check=False
    ).returncode


def test_packages_beside_the_program_are_the_only_ones(tmp_path: Path) -> None:
    """The place is named as seen from there: pip takes a space for the beginning of another."""
    show = 'echo "${PIP_NO_INDEX:-} ${PIP_FIND_LINKS:-} ${UV_OFFLINE:-} ${UV_FIND_LINKS:-}"'
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}

    def shown() -> str:
        command = ["/bin/sh", "-c", ON_ITS_OWN + show]
        return subprocess.check_output(command, cwd=tmp_path, env=plain, text=True)  # noqa: S603 -- the product's own script

    assert shown() == "   \n"
    (tmp_path / "wheels").mkdir()
    assert shown() == "1 wheels 1 wheels\n"
