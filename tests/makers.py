"""Plain functions that make rows for tests; every argument has a default that makes a valid row."""

import datetime as dt
import itertools

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment, User
from secondment.campaigns.choices import CampaignState, Purpose
from secondment.campaigns.models import Campaign, CampaignPost, Nomination, Programme, ProgrammeVersion, Quota
from secondment.people.choices import Sex
from secondment.people.models import Person
from secondment.placements.models import Placement
from secondment.posts.choices import PostState
from secondment.posts.models import Post
from secondment.units.choices import UnitKind, UnitLevel
from secondment.units.models import Region, Unit
from secondment.units.services import create_unit

numbers = itertools.count(1)
AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
ON = dt.date(2026, 11, 23)
RECORDED_ON = dt.date(2026, 1, 5)  # when persons came into the system
# what the eligibility check notes down of a person and a campaign that nobody has changed
CHECKED = {"checked_at": AT, "checked_person_version": 1, "checked_campaign_version": 1}


def make_region(code: str = "110101", name: str = "东城区", parent: Region | None = None) -> Region:
    level = {2: "province", 4: "city", 6: "county", 9: "township"}[len(code)]
    full_name = f"{parent.full_name if parent else ''}{name}"
    return Region.objects.create(code=code, name=name, level=level, parent=parent, full_name=full_name)


def make_unit(name: str = "", parent: Unit | None = None, **fields) -> Unit:
    fields.setdefault("kind", UnitKind.GOVERNMENT_ORGAN)
    fields.setdefault("level", UnitLevel.PREFECTURAL)
    unit = Unit(name=name or f"示例单位{next(numbers)}", parent=parent, **fields)
    return create_unit(unit, by=None, at=AT)


def make_user(role: Role | None = None, unit: Unit | None = None, **fields) -> User:
    username = fields.pop("username", f"user{next(numbers)}")
    user = User.objects.create_user(
        username, name=fields.pop("name", "示例用户"), password=fields.pop("password", None)
    )
    if role is not None:
        RoleAssignment.objects.create(user=user, role=role, unit=unit or make_unit())
    return user


def make_person(unit: Unit | None = None, **fields) -> Person:
    number = next(numbers)
    fields.setdefault("name", f"示例{number}")
    fields.setdefault("name_key", f"shili{number:06d}")
    fields.setdefault("sex", Sex.MALE)
    fields.setdefault("born_on", dt.date(1985, 3, 12))
    fields.setdefault("started_work_on", dt.date(2008, 7, 1))
    fields.setdefault("education_code", "20")
    fields.setdefault("rank", "132")
    fields.setdefault("recorded_on", RECORDED_ON)
    return Person.objects.create(unit=unit or make_unit(), **fields)


def make_post(host_unit: Unit | None = None, **fields) -> Post:
    fields.setdefault("title", "驻村第一书记")
    fields.setdefault("starts_on", dt.date(2027, 3, 1))
    fields.setdefault("ends_on", dt.date(2029, 3, 1))
    fields.setdefault("state", PostState.APPROVED)
    if "created_by" not in fields:
        fields["created_by"] = make_user()
    return Post.objects.create(host_unit=host_unit or make_unit(), **fields)


def make_programme_version(parameters: dict | None = None, **fields) -> ProgrammeVersion:
    programme = fields.pop("programme", None) or Programme.objects.create(
        code=f"programme{next(numbers)}", name="普通下挂"
    )
    return ProgrammeVersion.objects.create(
        programme=programme,
        number=fields.pop("number", 1),
        parameters=parameters or {},
        published_on=ON,
        **fields,
    )


def make_campaign(owner_unit: Unit | None = None, **fields) -> Campaign:
    fields.setdefault("name", f"示例批次{next(numbers)}")
    fields.setdefault("purpose", Purpose.KEY_TASK)
    fields.setdefault("nominations_from", dt.date(2026, 11, 1))
    fields.setdefault("nominations_until", dt.date(2026, 12, 31))
    fields.setdefault("starts_on", dt.date(2027, 3, 1))
    fields.setdefault("ends_on", dt.date(2029, 3, 1))
    fields.setdefault("state", CampaignState.OPEN)
    if "programme_version" not in fields:
        fields["programme_version"] = make_programme_version()
    if "created_by" not in fields:
        fields["created_by"] = make_user()
    return Campaign.objects.create(owner_unit=owner_unit or make_unit(), **fields)


def make_campaign_post(campaign: Campaign | None = None, post: Post | None = None, **fields) -> CampaignPost:
    return CampaignPost.objects.create(
        campaign=campaign or make_campaign(), post=post or make_post(), **fields
    )


def make_quota(campaign: Campaign, home_unit: Unit, **fields) -> Quota:
    return Quota.objects.create(campaign=campaign, home_unit=home_unit, **fields)


def make_nomination(campaign: Campaign | None = None, person: Person | None = None, **fields) -> Nomination:
    person = person or make_person()
    fields.setdefault("home_unit", person.unit)
    if "nominated_by" not in fields:
        fields["nominated_by"] = make_user()
    return Nomination.objects.create(
        campaign=campaign or make_campaign(), person=person, nominated_on=ON, **fields
    )


def make_placement(
    campaign: Campaign | None = None, person: Person | None = None, post: Post | None = None, **fields
) -> Placement:
    person, post = person or make_person(), post or make_post()
    fields.setdefault("starts_on", post.starts_on)
    fields.setdefault("ends_on", post.ends_on)
    fields.setdefault("decision_number", "示例决定〔2026〕1号")
    campaign = campaign or make_campaign()
    fields.setdefault("programme_version", campaign.programme_version)
    fields.setdefault("owner_unit", campaign.owner_unit)
    return Placement.objects.create(
        campaign=campaign,
        person=person,
        post=post,
        home_unit=person.unit,
        host_unit=post.host_unit,
        **fields,
    )
