"""Fixtures shared by the whole suite."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, settings

from secondment.audit.guards import remove_guards
from secondment.common.workdays import know_only_what_ships
from secondment.onboarding.begun import KNOWN
from tests.makers import make_unit

DATABASE = {"db", "transactional_db"}

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database` runs what another database could answer otherwise."""
    parser.addoption("--database", action="store_true", help="only tests that use the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests use the database by fixture or mark, or through a server of their own."""
    if not config.getoption("--database"):
        return
    asked = [
        one
        for one in items
        if DATABASE & set(getattr(one, "fixturenames", ()))
        or any(one.get_closest_marker(name) for name in ("django_db", "server"))
    ]
    config.hook.pytest_deselected(items=list(set(items) - set(asked)))
    items[:] = asked


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
