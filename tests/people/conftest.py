"""An organisation department's clerk, signed in, and the person of the full form."""

import pytest
from tests.makers import make_unit, make_user
from tests.people.imported import FORMS, FULL, imported

from secondment.accounts.choices import Role
from secondment.people.models import Person

UNITS = ("示例省农业农村厅", "示例市司法局", "示例集团公司", "示例省教育厅", "示例县财政局")


@pytest.fixture
def unit(db: None):
    return make_unit("示例厅", make_unit("示例省"))


@pytest.fixture
def clerk(unit):
    return make_user(Role.ORGANISATION_DEPARTMENT, unit)


@pytest.fixture
def client(clerk, signed_in):
    return signed_in(clerk)


@pytest.fixture
def person(unit, clerk):
    imported(FULL, FORMS[FULL], unit, clerk)
    return Person.objects.get()


@pytest.fixture
def province(db: None):
    root = make_unit("示例省")
    for name in UNITS:
        make_unit(name, root)
    return root
