"""The first connection of a process: right keys, a library that keeps data, demo or real."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.signals import connection_created

from secondment.accounts.choices import Role
from secondment.common import installation
from secondment.common.installation import (
    FaultyLibraryError,
    Seen,
    WrongKeysError,
    check_first_connection,
    check_installation,
    mark_as_demo,
    note_keys,
)
from secondment.common.models import Installation
from secondment.config.keys import Keys, read_keys
from tests.makers import make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """What this process has seen, put back afterwards."""
    seen = Seen()
    monkeypatch.setattr(installation, "SEEN", seen)
    return seen


def opened(
    version: tuple[int, int, int] = (3, 51, 3), *, tables: list[str] | None = None, **other: Any
) -> Any:
    """A connection to a file, or what passes for one, by a library of this version."""
    names = connection.introspection.table_names() if tables is None else tables
    facts = {"alias": "default", "vendor": "sqlite", "is_in_memory_db": lambda: False, **other}
    introspection = SimpleNamespace(table_names=lambda: names)
    return SimpleNamespace(
        **facts, Database=SimpleNamespace(sqlite_version_info=version), introspection=introspection
    )


class TestKeys:
    def test_the_database_knows_its_keys_after_migrations(self, settings) -> None:
        assert Installation.objects.get().key_fingerprints == settings.KEYS.fingerprints()
        check_installation(connection)

    @pytest.mark.parametrize("name", ["fields", "index", "audit"])
    def test_other_keys_are_refused_by_name(self, settings, name: str) -> None:
        settings.KEYS = replace(settings.KEYS, **{name: "another"})
        with pytest.raises(WrongKeysError, match=rf"不符：{name}）.*differing: {name}\)"):
            check_installation(connection)

    def test_a_new_key_for_sessions_harms_nothing(self, settings) -> None:
        settings.KEYS = replace(settings.KEYS, django="another")
        check_installation(connection)

    def test_lost_keys_are_refused_and_none_are_made(self, settings, tmp_path: Path) -> None:
        settings.FOUND_KEYS, settings.KEYS, settings.KEY_FILE = None, Keys.fresh(), tmp_path / "keys.json"
        with pytest.raises(WrongKeysError, match=r"请从备份中取回 keys\.json"):
            check_installation(connection)
        assert list(tmp_path.iterdir()) == []

    def test_data_older_than_the_fingerprints_need_their_keys_too(self, settings, tmp_path: Path) -> None:
        settings.FOUND_KEYS, settings.KEY_FILE = None, tmp_path / "keys.json"
        with pytest.raises(WrongKeysError):
            check_installation(opened(tables=["django_migrations", "people_person"]))

    def test_an_empty_database_keeps_the_fresh_keys(self, settings, tmp_path: Path) -> None:
        settings.FOUND_KEYS, settings.KEYS, settings.KEY_FILE = None, Keys.fresh(), tmp_path / "keys.json"
        check_installation(opened(tables=[]))
        assert read_keys(settings.KEY_FILE) == settings.KEYS
        check_installation(opened(tables=["django_migrations"]))

    def test_keys_made_by_another_process_meanwhile_are_not_mixed(self, settings, tmp_path: Path) -> None:
        settings.FOUND_KEYS, settings.KEYS, settings.KEY_FILE = None, Keys.fresh(), tmp_path / "keys.json"
        Keys.fresh().keep(settings.KEY_FILE)
        with pytest.raises(WrongKeysError, match="请再启动一次"):
            check_installation(opened(tables=[]))

    def test_data_without_fingerprints_take_those_of_the_keys_at_hand(self, settings) -> None:
        Installation.objects.update(key_fingerprints={})
        check_installation(connection)
        note_keys(using="default")
        assert Installation.objects.get().key_fingerprints == settings.KEYS.fingerprints()

    def test_noted_keys_are_never_replaced(self, settings) -> None:
        before = Installation.objects.get().key_fingerprints
        settings.KEYS = Keys.fresh()
        note_keys(using="default")
        assert Installation.objects.get().key_fingerprints == before

    def test_nothing_is_noted_before_its_table_exists(self, monkeypatch) -> None:
        Installation.objects.all().delete()
        monkeypatch.setattr(connection.introspection, "table_names", lambda: ["django_migrations"])
        note_keys(using="default")
        assert not Installation.objects.exists()


class TestLibrary:
    def test_real_data_and_a_faulty_library_are_refused(self, seen: Seen) -> None:
        with pytest.raises(FaultyLibraryError, match=r"SQLite 3\.51\.2 .*PostgreSQL"):
            check_installation(opened((3, 51, 2)))
        check_installation(opened((3, 51, 3)))
        assert seen == Seen(is_demo=False, is_in_danger=False)

    def test_a_demo_says_so_on_its_pages_instead(self, seen: Seen, client) -> None:
        mark_as_demo()
        check_installation(opened((3, 51, 2)))
        assert seen == Seen(is_demo=True, is_in_danger=True)
        page = client.get("/accounts/sign-in/").content.decode()
        assert page.count('class="strip strip-bad"') == page.count('class="strip"') == 1

    @pytest.mark.parametrize("is_demo", [False, True])
    def test_an_empty_database_is_what_it_is_started_as(self, settings, is_demo: bool) -> None:
        settings.DEMO = is_demo
        if is_demo:
            check_installation(opened((3, 51, 2), tables=[]))
        else:
            with pytest.raises(FaultyLibraryError):
                check_installation(opened((3, 51, 2), tables=[]))

    @pytest.mark.parametrize(("is_demo", "n_users"), [(True, 1), (False, 0)])
    def test_a_first_start_that_was_cut_short_may_go_on_as_a_demo(
        self, settings, is_demo: bool, n_users: int
    ) -> None:
        settings.DEMO = True
        check_installation(opened((3, 51, 2)))
        settings.DEMO = is_demo
        for _ in range(n_users):
            make_user()
        with pytest.raises(FaultyLibraryError):
            check_installation(opened((3, 51, 2)))

    def test_memory_and_servers_are_in_no_danger(self, seen: Seen) -> None:
        check_installation(opened((3, 40, 1), is_in_memory_db=lambda: True))
        check_installation(opened((0, 0, 0), vendor="postgresql"))
        assert not seen.is_in_danger


class TestFirstConnection:
    def test_it_is_asked_until_it_is_right_and_then_no_more(self, monkeypatch) -> None:
        asked: list[str] = []
        connection_created.connect(check_first_connection)
        monkeypatch.setattr(installation, "check_installation", lambda one: asked.append(one.alias))
        connection_created.send(sender=None, connection=SimpleNamespace(alias=NO_DB_ALIAS))
        assert asked == []
        for _ in range(2):
            connection_created.send(sender=None, connection=SimpleNamespace(alias="default"))
        assert asked == ["default"]

    def test_a_refusal_is_repeated(self, monkeypatch) -> None:
        def refuse(_one: Any) -> None:
            raise WrongKeysError("无", "none")

        connection_created.connect(check_first_connection)
        monkeypatch.setattr(installation, "check_installation", refuse)
        for _ in range(2):
            with pytest.raises(WrongKeysError):
                connection_created.send(sender=None, connection=SimpleNamespace(alias="default"))
        connection_created.disconnect(check_first_connection)


@pytest.mark.parametrize(("is_demo", "n"), [(False, 0), (True, 1)])
def test_every_page_says_that_data_are_invented(seen: Seen, signed_in, is_demo: bool, n: int) -> None:
    seen.is_demo = is_demo
    client = signed_in(make_user(Role.LEADER, make_unit("示例省")))
    for url in ("/", "/accounts/password/", "/no-such-page/"):
        assert client.get(url).content.decode().count("演示数据：人员均为虚构") == n


def test_a_demo_loaded_before_the_mark_gets_it(db: None) -> None:
    import datetime as dt
    from importlib import import_module

    from django.apps import apps

    from secondment.audit.services import record

    migration = import_module("secondment.demo.migrations.0001_mark_earlier_demo")
    editor = SimpleNamespace(connection=connection)
    migration.mark_earlier_demo(apps, editor)
    assert not Installation.objects.get().is_demo
    at = dt.datetime(2026, 11, 29, tzinfo=dt.UTC)
    record("campaign.load_demo", make_unit("示例省"), by=None, at=at, details={})
    migration.mark_earlier_demo(apps, editor)
    assert Installation.objects.get().is_demo


def test_the_database_keeps_one_row(db: None) -> None:
    call_command("migrate", verbosity=0)
    assert Installation.objects.count() == 1
