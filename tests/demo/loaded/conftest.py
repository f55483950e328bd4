"""The demo, loaded once for all tests of this folder; what a test changes is rolled back."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from secondment.campaigns.variants import look_again
from secondment.demo.loader import LoadSummary, load_demo
from tests.makers import AT, ON


@pytest.fixture(scope="package", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[LoadSummary | None]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demo(on=ON, at=AT)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def counties_are_known(nothing_is_remembered: None) -> None:
    """The demo has a county that sets something differently."""
    look_again()
