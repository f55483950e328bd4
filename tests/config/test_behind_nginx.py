"""The nginx page of the handbook, tried with the real nginx where it is installed."""

import http.client
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from reliability.servers import Server, free_port, get, running, unsafe_context, wait_until

from secondment.accounts.models import SignInTries
from tests.config.test_environment import make_certificate

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
HANDBOOK = settings.PACKAGE_DIR.parent.parent / "docs" / "handbook" / "operations.zh-CN.md"
HOST = "guazhi.example.cn"
PATH = "/accounts/sign-in/"
# Another address of this machine than the proxy's, so that visitor and proxy can be told apart.
VISITOR = "127.0.0.2"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed: apt-get install nginx-light"),
]


@contextmanager
def nginx(directory: Path, upstream: int) -> Iterator[tuple[int, int]]:
    """The handbook's configuration on ports of its own; http and https port."""
    plain, secure = free_port(), free_port()
    certificate, key = make_certificate(directory / "tls")
    (block,) = re.findall(r"```nginx\n(.*?)```", HANDBOOK.read_text(), re.DOTALL)
    for documented, tried in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{secure} ssl;"),
        ("/etc/nginx/tls/guazhi.pem", str(certificate)),
        ("/etc/nginx/tls/guazhi.key", str(key)),
        ("127.0.0.1:8000", f"127.0.0.1:{upstream}"),
    ):
        assert documented in block
        block = block.replace(documented, tried)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {directory}/{kind};\n" for kind in kinds)
    (directory / "nginx.conf").write_text(
        f"daemon off; pid {directory}/pid; error_log {directory}/log; worker_processes 1;\n"
        f"events {{}}\nhttp {{ access_log off;\n{places}{block} }}\n"
    )
    command = [str(NGINX), "-p", str(directory), "-c", str(directory / "nginx.conf")]
    process = subprocess.Popen(command)  # noqa: S603 -- the machine's nginx
    try:
        wait_until(lambda: (directory / "pid").exists() and (directory / "pid").stat().st_size)
        yield plain, secure
    finally:
        process.terminate()
        process.wait()


class Visitor:
    """A browser behind the proxy: sends the origin it sees and keeps cookies; claims another address than its own."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=60, source_address=(VISITOR, 0), context=unsafe_context()
        )
        headers = {
            "Host": HOST,
            "Origin": f"https://{HOST}",
            "Referer": f"https://{HOST}{PATH}",
            "X-Forwarded-For": "198.51.100.1",
            "X-Forwarded-Proto": "http",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        with closing(connection):
            connection.request(method, PATH, urlencode(form or {}) if form else None, headers)
            response = connection.getresponse()
            for cookie in response.headers.get_all("Set-Cookie", []):
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return response.status, response.read().decode()


@pytest.mark.parametrize(("https", "cookie"), [("1", "__Host-csrf"), ("0", "csrf")])
def test_forms_go_through_nginx(prepared_data: Path, tmp_path: Path, https: str, cookie: str) -> None:
    environment = {
        "SECONDMENT_HTTPS": https,
        "SECONDMENT_HOSTS": HOST,
        "SECONDMENT_TRUSTED_PROXIES": "127.0.0.1",
    }
    with (
        running(prepared_data, **environment) as server,
        nginx(tmp_path, server.port) as (plain, secure),
    ):
        server.wait_until_up().begin()
        visitor = Visitor(secure)
        assert visitor.ask("GET")[0] == 200
        form = {"username": "nobody", "password": "wrong", "csrfmiddlewaretoken": visitor.cookies[cookie]}
        assert visitor.ask("POST", form)[0] == 200
        assert addresses_of_tries(server) == [VISITOR]
        http_page = get("127.0.0.1", plain, PATH, Host=HOST)
        assert (http_page.status, http_page.headers["Location"]) == (301, f"https://{HOST}{PATH}")


def addresses_of_tries(server: Server) -> list[str]:
    with closing(sqlite3.connect(server.data / "secondment.sqlite3")) as database:
        query = f"select distinct address from {SignInTries._meta.db_table} where address <> ''"
        return [address for (address,) in database.execute(query)]
