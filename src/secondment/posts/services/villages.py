"""One post per village from a pattern post; villages that are missing are made below their township."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.errors import require
from secondment.posts.errors import ImportRefusedError, NewUnitsNotAgreedError
from secondment.posts.models import Post
from secondment.posts.rules import may_make_units
from secondment.posts.services.editing import create_post, twin_of, twin_tasks
from secondment.posts.services.flow import submit_posts
from secondment.posts.villages import Place, VillagePlan
from secondment.units.choices import UnitKind, UnitLevel
from secondment.units.models import Unit
from secondment.units.services import create_unit


@transaction.atomic
def create_village_posts(
    plan: VillagePlan,
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
    agrees_new_units: bool = False,
    submits: bool = False,
) -> list[Post]:
    """Make every post of the plan or none; new units only when agreed to by the organisation department."""
    if plan.refused:
        raise ImportRefusedError(_("名单中还有无法对应的行，一个岗位也没有建立。请改正后重新核对。"))
    if plan.new and not agrees_new_units:
        raise NewUnitsNotAgreedError(
            _("有%(n)d个村（社区）不在单位目录中。请勾选同意新建这些单位，或从名单中删去。")
            % {"n": len(plan.new)}
        )
    tasks = twin_tasks(plan.pattern)
    posts = []
    for place in [*plan.existing, *plan.new]:
        unit = place.unit or _village(place, by=by, at=at)
        post = twin_of(plan.pattern, unit, code="")
        post.region = unit.region or plan.pattern.region
        posts.append(create_post(post, tasks, by=by, at=at, source=str(plan.pattern)))
    if submits:
        submit_posts(posts, by=by, on=on, at=at)
    return posts


def _village(place: Place, *, by: User, at: dt.datetime) -> Unit:
    township = place.township
    if township is None:
        raise ValueError(f"line {place.line} names neither a unit nor a township")
    require(may_make_units(by, township))
    unit = Unit(
        name=place.village,
        kind=UnitKind.VILLAGE,
        level=UnitLevel.VILLAGE,
        region=township.region,
        parent=township,
    )
    return create_unit(unit, by=by, at=at)
