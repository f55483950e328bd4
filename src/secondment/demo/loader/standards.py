"""The standards of the department: one signed for each category, and a second version of the first under way."""

import datetime as dt

from django.urls import reverse

from secondment.accounts.models import User
from secondment.notices.models import Notice
from secondment.notices.services import read_notices
from secondment.people.choices import Category
from secondment.standards.choices import VersionState
from secondment.standards.models import StandardVersion
from secondment.standards.presets import TEMPLATES
from secondment.standards.services import (
    Beginning,
    create_standard,
    set_weights,
    sign_version,
    start_version,
    submit_version,
)
from secondment.units.models import Unit

MONTHS_AGO = 14  # before the first of the two years that are assessed


def load_standards(unit: Unit, *, by: User, checked_by: User, at: dt.datetime) -> None:
    """By the services, as the department does it: drafted by one, signed by the other."""
    drafted_at = at - dt.timedelta(days=30 * MONTHS_AGO)
    signed_at = drafted_at + dt.timedelta(days=3)
    for template in TEMPLATES:
        version = create_standard(
            owner=unit,
            name=template.name,
            category=template.category,
            beginning=Beginning(template=template),
            by=by,
            at=drafted_at,
        )
        submit_version(version, by=by, at=drafted_at)
        sign_version(version, by=checked_by, at=signed_at)
    for one in Notice.objects.filter(recipient=by, path__startswith=reverse("standards:standard_list")):
        read_notices(by, at=signed_at, notice=one)
    signed = StandardVersion.objects.get(
        standard__category=Category.PARTY_GOVERNMENT, state=VersionState.SIGNED
    )
    note = "基层反映成果移交分量偏轻，拟由任务书完成一项调剂"
    draft = start_version(signed, note=note, by=by, at=at - dt.timedelta(days=2))
    set_weights(draft, {"task_book": 16, "lasting": 7}, by=by, at=at - dt.timedelta(days=2))
