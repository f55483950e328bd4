"""The register of forms: read by everybody, governed by the highest department; requests by who asks and who is asked."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.burden.models import Request
from secondment.burden.queries import KIND
from secondment.obligations.services import Owed, owed_row
from tests.authorisation.matrix import EVERYONE, Row
from tests.authorisation.world import Side
from tests.makers import AT, make_user

OWNER = frozenset({Role.ORGANISATION_DEPARTMENT})
READERS = OWNER | {Role.LEADER}
SAME = frozenset({200, 403, 404})  # what belongs to no unit is the same for both sides
DUE = dt.date(2027, 1, 10)


def request_of(side: Side) -> Request:
    """A request of the side's department, asked of its host unit."""
    made, created = Request.objects.get_or_create(
        owner_unit=side.root,
        title="值守人数",
        defaults={
            "role": Role.HOST_UNIT,
            "n_fields": 1,
            "characters": 40,
            "due_on": DUE,
            "readers": "组织部门",
            "basis": "文件",
            "minutes": 1.5,
            "n_offices": 1,
            "issued_by": make_user(),
            "issued_at": AT,
        },
    )
    if created:
        owed = Owed(KIND, "值守人数", side.host_unit, Role.HOST_UNIT, side.root.name, DUE, "/todo/")
        owed_row(made, owed).save()
    return made


def request_key(side: Side) -> dict[str, int]:
    return {"pk": request_of(side).pk}


def answer(side: Side) -> dict[str, int]:
    return {"pk": request_of(side).pk, "unit": side.host_unit.pk}


def programme(side: Side) -> dict[str, int]:
    return {"pk": side.campaign.programme_version.programme_id}


ROWS = {
    "burden:form_list": Row(EVERYONE),
    "burden:form_detail": Row(EVERYONE, lambda _side: {"code": "leave.request"}, denied=SAME),
    "burden:form_review": Row(OWNER, lambda _side: {"code": "leave.request"}, denied=SAME),
    "burden:review": Row(OWNER),
    "burden:budget_list": Row(EVERYONE),
    "burden:budget_set": Row(OWNER, lambda _side: {"role": Role.HOST_UNIT.value}, denied=SAME),
    "burden:request_list": Row(EVERYONE),
    "burden:request_new": Row(OWNER),
    "burden:request_detail": Row(READERS | {Role.HOST_UNIT}, request_key),
    "burden:request_answer": Row(OWNER | {Role.HOST_UNIT}, answer),
    "burden:request_close": Row(OWNER, request_key, "post"),
    "burden:programme_cost": Row(READERS, programme, denied=SAME),
    "burden:let_through": Row(OWNER, programme, denied=SAME),
}
