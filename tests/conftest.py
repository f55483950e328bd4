"""Fixtures shared by the whole suite."""

import shutil
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from secondment.audit.guards import remove_guards
from secondment.campaigns.variants import know_of_none
from secondment.common.workdays import know_only_what_ships
from secondment.onboarding.begun import KNOWN
from tests.installed import begin_with_tables, once, prepared, shared_folder
from tests.makers import make_unit

DATABASE = {"db", "transactional_db"}

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database` runs what another database could answer otherwise."""
    parser.addoption("--database", action="store_true", help="only tests that use the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow modules first, so that no process is left with one at the end."""
    if config.getoption("--database"):
        keep_those_with_a_database(config, items)
    slow = {module_of(one.nodeid) for one in items if one.get_closest_marker("slow")}
    items.sort(key=lambda one: module_of(one.nodeid) not in slow)


class OneProcessAModule(LoadScopeScheduling):
    """What a module sets up is set up once."""

    def _split_scope(self, nodeid: str) -> str:
        return module_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneProcessAModule:
    """However many processes there are; modules go to them in the order of the items."""
    config.option.loadscopereorder = False
    return OneProcessAModule(config, log)


def module_of(nodeid: str) -> str:
    """Tests of the loaded demo are one."""
    path = nodeid.partition("::")[0]
    folder = path.rpartition("/")[0]
    return folder if folder.endswith("/loaded") else path


def keep_those_with_a_database(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests use the database by fixture or mark, or through a server of their own."""
    asked = [
        one
        for one in items
        if DATABASE & set(getattr(one, "fixturenames", ()))
        or any(one.get_closest_marker(name) for name in ("django_db", "server"))
    ]
    config.hook.pytest_deselected(items=list(set(items) - set(asked)))
    items[:] = asked


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what all processes of this run use together."""
    return shared_folder(tmp_path_factory)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_xdist_suffix: None, shared: Path) -> None:
    """Migrating takes a quarter of a minute: one process does it for all."""
    begin_with_tables(connection, shared)


@pytest.fixture
def prepared_data(shared: Path, tmp_path: Path) -> Path:
    """A data directory after its first start, of this test's own."""
    return Path(shutil.copytree(once(shared / "prepared", prepared), tmp_path / "prepared"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The walls of the audit tables are taken down: the suite empties tables and plays the intruder."""
    with django_db_blocker.unblock():
        remove_guards(connection)


@pytest.fixture(autouse=True)
def has_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages answer as in an installation in use; tests of the first run say otherwise."""
    monkeypatch.setattr(KNOWN, "has_begun", True)


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """Numbers of rows come back in the next test; what a page kept for minutes is of the test before."""
    cache.clear()
    know_only_what_ships()
    know_of_none()


@pytest.fixture
def world_root(db: None):
    """A root unit that everything else can stand below."""
    return make_unit("示例省")


@pytest.fixture
def signed_in(db: None):
    """A function that gives a client signed in as the account handed to it."""

    def sign_in(user) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
