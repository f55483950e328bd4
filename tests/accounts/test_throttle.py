"""Ten tries of a name, sixty from a network and a total, before any hashing, whatever arrives at the same time."""

import datetime as dt
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from tests.makers import AT

from secondment.accounts.backends import ThrottleBackend
from secondment.accounts.models import SignInTries
from secondment.accounts.throttle import (
    KNOWN_FOR,
    WINDOW,
    begin_anew,
    forget_old_tries,
    forget_tries,
    give_back,
    network_of,
    take_try,
)

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
start = threading.Barrier(20, timeout=60)
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


def test_parallel_tries_on_a_database_file_take_ten_numbers(tmp_path: Path) -> None:
    environment = {
        "SECONDMENT_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "secondment.config.settings",
        "PYTHONPATH": ":".join(sys.path),
    }
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, check=True)  # noqa: S603 -- our own
    assert done.stdout == b"[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has one connection; see above")
@pytest.mark.django_db(transaction=True)
def test_parallel_tries_on_a_server_take_ten_numbers() -> None:
    def one(_: int) -> int | None:
        try:
            return take_try("leader", "10.0.0.1", at=AT)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(N_PARALLEL) as pool:
        taken = [left for left in pool.map(one, range(N_PARALLEL)) if left is not None]
    assert sorted(taken) == list(range(10))


@pytest.mark.django_db
class TestCounting:
    def test_the_ninth_tenth_and_eleventh_try_of_a_name(self) -> None:
        assert tries(11)[8:] == [1, 0, None]
        assert tries(1, username=" LEADER ") == [None]

    def test_another_name_and_another_network_have_their_own(self) -> None:
        tries(11)
        assert tries(1, address="10.0.0.2") == tries(1, username="other") == [9]

    def test_the_59th_60th_and_61st_try_from_a_network(self) -> None:
        taken = [take_try(f"name{i}", "10.0.0.1", at=AT) for i in range(61)]
        assert taken[58:] == [1, 0, None]
        assert tries(1, address="10.0.0.2") == [9]

    def test_the_last_tries_in_total(self, settings) -> None:
        settings.SIGN_IN_TRIES_TOTAL = 5
        taken = [take_try("leader", f"10.0.0.{i}", at=AT) for i in range(6)]
        assert taken == [4, 3, 2, 1, 0, None]

    def test_the_windows_first_and_last_second(self) -> None:
        tries(9)
        first, last = AT + dt.timedelta(seconds=1), AT + WINDOW - dt.timedelta(seconds=1)
        assert tries(1, at=first) == [0]
        assert tries(1, at=last) == [None]
        assert tries(1, at=AT + WINDOW) == [9]

    def test_a_stranger_shuts_out_nobody_but_himself(self, settings) -> None:
        """Guessing the administrator's name, and a flood from everywhere: the own desk stays open."""
        settings.SIGN_IN_TRIES_TOTAL = 30
        take_try("auditor", "10.0.0.9", at=AT)
        begin_anew("auditor", "10.0.0.9", at=AT)
        later = AT + dt.timedelta(days=3)
        for i in range(40):
            take_try("auditor", f"203.0.113.{i}", at=later)
        assert take_try("auditor", "203.0.113.99", at=later) is None
        assert take_try("auditor", "10.0.0.9", at=later) == 9

    def test_a_desk_is_known_for_thirty_days(self, settings) -> None:
        settings.SIGN_IN_TRIES_TOTAL = 0
        SignInTries.objects.create(name_index="", address="", began_at=AT)
        settings.SIGN_IN_TRIES_TOTAL = 1
        take_try("auditor", "10.0.0.9", at=AT)
        begin_anew("auditor", "10.0.0.9", at=AT)
        settings.SIGN_IN_TRIES_TOTAL = 0
        end = AT + KNOWN_FOR
        assert tries(1, "auditor", "10.0.0.9", end - dt.timedelta(seconds=1)) == [9]
        assert tries(1, "auditor", "10.0.0.9", end) == [None]

    def test_an_office_behind_one_address_has_room(self) -> None:
        """Two hundred people sign in from one address within ten minutes; every tenth mistypes twice."""
        for i in range(200):
            for _slip in range(2 if i % 10 == 0 else 0):
                assert take_try(f"clerk{i}", "10.0.0.1", at=AT) is not None
            assert take_try(f"clerk{i}", "10.0.0.1", at=AT) is not None
            begin_anew(f"clerk{i}", "10.0.0.1", at=AT)
        assert SignInTries.objects.get(name_index="", address="10.0.0.1").n == 40

    def test_a_try_for_which_nothing_was_compared_is_given_back_and_never_more(self) -> None:
        tries(1)
        for _ in range(2):
            give_back("leader", "10.0.0.1")
        assert set(SignInTries.objects.values_list("n", flat=True)) == {0}
        assert tries(1) == [9]

    def test_a_new_password_begins_anew_everywhere(self) -> None:
        for address in ("10.0.0.1", "10.0.0.2"):
            tries(10, address=address)
        forget_tries("leader")
        assert tries(1) == tries(1, address="10.0.0.2") == [9]

    def test_old_counts_go_and_names_are_not_kept(self) -> None:
        tries(1, username="my-secret-password")
        assert "secret" not in str(list(SignInTries.objects.values()))
        assert (forget_old_tries(at=AT), forget_old_tries(at=AT + WINDOW)) == (0, 3)

    def test_known_desks_are_kept_until_they_are_no_more(self) -> None:
        tries(1)
        begin_anew("leader", "10.0.0.1", at=AT)
        assert (forget_old_tries(at=AT + WINDOW), forget_old_tries(at=AT + KNOWN_FOR)) == (2, 1)

    def test_no_sign_in_without_a_request(self) -> None:
        with pytest.raises(PermissionDenied):
            ThrottleBackend().authenticate(None, username="leader")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        (
            "::ffff:10.0.0.1",
            "10.0.0.1",
        ),  # a listener for both kinds; never one network with every other visitor
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("not an address", "not an address"),
    ],
)
def test_a_subscriber_of_ipv6_is_one_network(address: str, network: str) -> None:
    assert network_of(address) == network
