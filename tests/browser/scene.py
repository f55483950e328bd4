"""The units, accounts and people that the journey begins with; everything else is made by clicks."""

import datetime as dt
from dataclasses import dataclass

from django.core.management import call_command
from django.utils import timezone

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.people.models import Person
from secondment.units.choices import UnitKind, UnitLevel
from tests.makers import make_person, make_region, make_unit, make_user

PASSWORD = "xi-shui-chang-liu-2026"
TODAY = timezone.localdate()  # noqa: TID251 -- the server of the journey runs by the real clock
CAMPAIGN = "示例市第一批驻村第一书记"
OWNER, HOME, TOWN = "示例市委组织部", "示例市农业农村局", "石桥镇"
EAST, WEST = "东沟村", "西岭村"
TITLE = "驻村第一书记"
LISTED, IMPORTED = "张示例", "示例甲"
NOTIFIED_BEFORE = 21  # days: five working days fit in even around the longest holiday


def day(offset: int) -> str:
    """The day so many days from today, as a date field takes it."""
    return f"{TODAY + dt.timedelta(days=offset)}"


def two_years_on() -> dt.date:
    """The same day two years on: the first day back of a term of 24 months."""
    later = TODAY + dt.timedelta(days=1) if (TODAY.month, TODAY.day) == (2, 29) else TODAY
    return later.replace(year=later.year + 2)


def years_ago(years: int) -> dt.date:
    """The first of January that many years ago."""
    return dt.date(TODAY.year - years, 1, 1)


@dataclass(frozen=True)
class Scene:
    """Who takes part."""

    owner: User
    home: User
    host: User
    secondee: User
    person: Person

    @property
    def accounts(self) -> tuple[User, ...]:
        """Everyone who signs in."""
        return (self.owner, self.home, self.host, self.secondee)


def make_scene() -> Scene:
    """A city with its organisation department, a bureau that sends and a town with two villages that receive."""
    call_command("load_presets", verbosity=0)
    region = None
    for code, name in (("11", "示例省"), ("1101", "示例市"), ("110101", "示例县"), ("110101001", TOWN)):
        region = make_region(code, name, parent=region)
    city = make_unit("示例市", kind=UnitKind.REGION)
    make_unit(OWNER, city, kind=UnitKind.ORGANISATION_DEPARTMENT)
    bureau = make_unit(HOME, city)
    town = make_unit(TOWN, city, kind=UnitKind.TOWNSHIP, level=UnitLevel.TOWNSHIP, region=region)
    for village in (EAST, WEST):
        make_unit(village, town, kind=UnitKind.VILLAGE, level=UnitLevel.VILLAGE, region=region)
    secondee = make_user(Role.SECONDEE, bureau, username="zhang", name=LISTED, password=PASSWORD)
    person = make_person(
        bureau,
        name=LISTED,
        name_key="zhangshili",
        born_on=years_ago(47),
        started_work_on=years_ago(24),
        post_title="种植业处处长",
        political_status="01",
        account=secondee,
    )
    return Scene(
        owner=make_user(
            Role.ORGANISATION_DEPARTMENT, city, username="zuzhibu", name="李组织", password=PASSWORD
        ),
        home=make_user(Role.HOME_UNIT, bureau, username="paichu", name="王派出", password=PASSWORD),
        host=make_user(Role.HOST_UNIT, town, username="jieshou", name="赵接收", password=PASSWORD),
        secondee=secondee,
        person=person,
    )
