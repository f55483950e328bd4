"""One county sets what its programme leaves open: leave of village secretaries, and visits every quarter."""

import datetime as dt

from secondment.accounts.models import User
from secondment.campaigns.choices import LeaveChain
from secondment.campaigns.models import Programme
from secondment.campaigns.services.variants import Own, publish_variant
from secondment.units.models import Unit

PROGRAMME, COUNTY = "first_secretary", "district-110109"
AGO = dt.timedelta(days=690)
LEVELS = [
    {"up_to_days": 3, "approver": "镇党委书记", "chain": LeaveChain.HOST.value},
    {"up_to_days": None, "approver": "镇党委书记和区委组织部", "chain": LeaveChain.HOST_LOCAL.value},
]
LEAVE_BASIS = "《门头沟区驻村第一书记请销假办法》（演示）"
VISIT_BASIS = "《门头沟区关心关爱驻村干部若干措施》（演示）"


def load_variant(units: dict[str, Unit], *, by: User, on: dt.date, at: dt.datetime) -> None:
    """Published by the county's own department, shortly after the present generation came."""
    day, programme = on - AGO, Programme.objects.get(code=PROGRAMME)
    own = {"leave_levels": Own(LEVELS, LEAVE_BASIS), "cycles.visit_months": Own(3, VISIT_BASIS)}
    publish_variant(
        programme,
        units[COUNTY],
        own,
        since=day,
        note="按区情另行规定",
        based_on=0,
        by=by,
        on=day,
        at=at - AGO,
    )
