"""Five tries before any hashing, whatever arrives at the same time, on both databases."""

import datetime as dt
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, connections, transaction
from tests.makers import AT

from secondment.accounts.backends import ThrottleBackend
from secondment.accounts.models import SignInTries
from secondment.accounts.throttle import MOST_TRIES, REST, forget_old_tries, forget_tries, take_try

N_PARALLEL = 20
# Twenty threads on a database file of their own: the suite's own SQLite lives in memory and has one connection.
SCRIPT = """
import datetime as dt, threading, django
django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.db import connection, connections
from secondment.accounts.models import SignInTries
from secondment.accounts.throttle import take_try
with connection.schema_editor() as editor:
    editor.create_model(SignInTries)
start = threading.Barrier(20)
def one(_):
    start.wait()
    try:
        return take_try("leader", "10.0.0.1", at=dt.datetime(2026, 11, 24, tzinfo=dt.UTC))
    finally:
        connections.close_all()
with ThreadPoolExecutor(20) as pool:
    print(sorted(left for left in pool.map(one, range(20)) if left is not None))
"""


def tries(
    n: int, username: str = "leader", address: str = "10.0.0.1", at: dt.datetime = AT
) -> list[int | None]:
    return [take_try(username, address, at=at) for _ in range(n)]


def test_parallel_tries_on_a_database_file_take_five_numbers(tmp_path: Path) -> None:
    environment = {
        "SECONDMENT_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "secondment.config.settings",
        "PYTHONPATH": ":".join(sys.path),
    }
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, check=True)  # noqa: S603 -- our own
    assert done.stdout == b"[0, 1, 2, 3, 4]\n"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has one connection; see above")
@pytest.mark.django_db(transaction=True)
def test_parallel_tries_on_a_server_take_five_numbers() -> None:
    def one(_: int) -> int | None:
        try:
            return take_try("leader", "10.0.0.1", at=AT)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(N_PARALLEL) as pool:
        taken = [left for left in pool.map(one, range(N_PARALLEL)) if left is not None]
    assert sorted(taken) == [0, 1, 2, 3, 4]


@pytest.mark.django_db
class TestCounting:
    def test_each_name_and_network_has_its_own_five(self) -> None:
        assert tries(7) == [4, 3, 2, 1, 0, None, None]
        assert tries(1, address="10.0.0.2") == tries(1, username="other") == [4]
        assert tries(1, username=" LEADER ") == [None]

    def test_the_rest_counts_from_the_last_try_taken(self) -> None:
        tries(5)
        assert tries(1, at=AT + REST - dt.timedelta(seconds=1)) == [None]
        assert tries(1, at=AT + REST) == [4]

    def test_a_sign_in_begins_anew_there_and_a_new_password_everywhere(self) -> None:
        for address in ("10.0.0.1", "10.0.0.2"):
            tries(5, address=address)
        forget_tries("leader", "10.0.0.1")
        assert (tries(1), tries(1, address="10.0.0.2")) == ([4], [None])
        forget_tries("leader")
        assert tries(1, address="10.0.0.2") == [4]

    def test_old_counts_go_and_names_are_not_kept(self) -> None:
        tries(1, username="my-secret-password")
        assert "secret" not in str(list(SignInTries.objects.values()))
        assert (forget_old_tries(at=AT), forget_old_tries(at=AT + REST)) == (0, 1)

    def test_the_database_refuses_a_sixth(self) -> None:
        tries(5)
        with pytest.raises(IntegrityError), transaction.atomic():
            SignInTries.objects.update(n=MOST_TRIES + 1)

    def test_no_sign_in_without_a_request(self) -> None:
        with pytest.raises(PermissionDenied):
            ThrottleBackend().authenticate(None, username="leader")
