"""The server with real processes: what ends starts again, what stops stops whole, and nobody shares port or data."""

import http.client
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from reliability.servers import Server, free_port, members, running, wait_until

from secondment.common.refusals import StartRefusedError
from secondment.config.lock import DataLock
from tests.config.test_environment import make_certificate

pytestmark = [pytest.mark.slow, pytest.mark.server]


def test_whatever_dies_starts_again_alone_and_nobody_shares(prepared_data: Path) -> None:
    with running(prepared_data.rename(prepared_data.with_name("数据"))) as server:
        server.wait_until_up()
        assert server.get().status == 200
        refuse_a_second_server(server)
        replace_a_dead_web_worker(server)
        replace_a_dead_job_worker(server)
        replace_a_dead_granian(server)
        leave_nothing_when_the_server_itself_is_killed(server)


def refuse_a_second_server(server: Server) -> None:
    for data, port, sentence in (
        (server.data, free_port(), f"已有一个系统在运行（进程 {server.process.pid}）"),
        (server.data.parent / "other", server.port, f"端口 {server.port} 已被其他程序占用"),
    ):
        second = Server(data, port)
        assert second.wait_until_over() == 1
        assert sentence in second.said


def replace_a_dead_web_worker(server: Server) -> None:
    site, worker = server.groups
    workers = set(members(site)) - {site}
    killed = max(workers)
    os.kill(killed, signal.SIGKILL)
    answers_until(server, lambda: len(set(members(site)) - {site, killed}) == 2)
    assert server.groups == [site, worker]


def replace_a_dead_job_worker(server: Server) -> None:
    site, worker = server.groups
    os.kill(worker, signal.SIGKILL)
    answers_until(server, lambda: server.groups[0] == site and server.groups[1:] not in ([], [worker]))
    assert "后台任务进程意外结束（信号 9），0.5 秒后重新启动。" in server.said


def replace_a_dead_granian(server: Server) -> None:
    """Callers wait in the listener's queue meanwhile; the job worker goes on."""
    site, worker = server.groups
    os.kill(site, signal.SIGKILL)
    wait_until(lambda: not members(site))
    assert server.get().status == 200
    assert server.groups[0] != site
    assert server.groups[1] == worker
    assert "网站进程意外结束（信号 9），0.5 秒后重新启动。" in server.said


def leave_nothing_when_the_server_itself_is_killed(server: Server) -> None:
    server.process.kill()
    server.process.wait()
    wait_until(lambda: not server.left)
    wait_until(lambda: lock_is_free(server.data))
    with pytest.raises(ConnectionRefusedError):
        server.get()


def lock_is_free(data: Path) -> bool:
    """A process that is just ending may hold it for a moment longer than it can be seen."""
    try:
        os.close(DataLock.take(data, lambda: False).descriptor)
    except StartRefusedError:
        return False
    return True


def answers_until(server: Server, is_so: Callable[[], bool]) -> None:
    """Every caller gets the page meanwhile; one connection that the dead process had taken may be lost."""
    lost = 0

    def look() -> bool:
        nonlocal lost
        try:
            assert server.get().status == 200
        except (ConnectionResetError, http.client.RemoteDisconnected):
            lost += 1
        return is_so()

    wait_until(look, server.log)
    assert lost <= 1


def test_https_of_its_own_and_a_stop_that_ends_all(prepared_data: Path, tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path / "tls")
    tls = {"SECONDMENT_TLS_CERTIFICATE": str(certificate), "SECONDMENT_TLS_KEY": str(key)}
    with running(prepared_data, **tls) as server:
        server.wait_until_up()
        page = server.get(tls=True)
        assert page.status == 200
        assert "__Host-csrf" in page.headers["Set-Cookie"]
        assert page.headers["Strict-Transport-Security"]
        server.process.terminate()
        assert server.wait_until_over() == 0
        assert server.has_left_nothing()
        assert "Traceback" not in server.said


@pytest.mark.parametrize(("is_first", "n_children"), [(True, 0), (True, 1), (False, 2)])
def test_a_stop_in_the_first_moments_leaves_nothing(
    tmp_path: Path, prepared_data: Path, is_first: bool, n_children: int
) -> None:
    """Before anything runs, while it prepares, and while site and worker still load."""
    with running(tmp_path / "data" if is_first else prepared_data) as server:
        wait_until(lambda: server.data.exists() and len(server.groups) >= n_children, server.log)
        server.process.send_signal(signal.SIGINT)
        assert server.wait_until_over() in {0, -signal.SIGINT}
        assert server.has_left_nothing()
        assert "Traceback" not in server.said


def test_a_database_that_cannot_be_reached_is_one_sentence(tmp_path: Path) -> None:
    with running(tmp_path / "data", DATABASE_URL="postgres://u:secret@127.0.0.1:1/db") as server:
        assert server.wait_until_over() == 1
        assert "无法连接数据库（" in server.said
        steps = [
            line for line in server.said.splitlines() if line.startswith("  ")
        ]  # named when they are slow
        assert len(server.said.splitlines()) - len(steps) == 2  # the line before says what is being done
