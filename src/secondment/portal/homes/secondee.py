"""The secondee's home page: my term, what I owe and by when, my nomination."""

import datetime as dt

from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.campaigns.queries import own_nominations
from secondment.common.components import Fact
from secondment.people.queries import is_linked
from secondment.placements.choices import UNDER_WAY
from secondment.placements.models import Placement
from secondment.placements.queries import own_placements
from secondment.portal.homes.placements import days_left
from secondment.portal.homes.todo import todo_parts
from secondment.portal.homes.view_models import SHOWN, Cell, Panel, Section
from secondment.portal.links import link


def secondee_home(user: User, on: dt.date) -> Section:
    """Where I work and until when; what I owe; what I was nominated for."""
    if not is_linked(user):
        return Section(Role.SECONDEE, Role.SECONDEE.label, (), [not_linked()])
    term, nominations = my_term(user, on), my_nominations(user)
    _figure, todo = todo_parts(user, on)
    panels = [term, todo, nominations] if term.facts else [todo, nominations, term]
    # Empty parts are mentioned only where relevant: a person in post awaits no nomination, a nominee has no term yet.
    shown = [one for one in panels if one.facts or one.rows or one is todo]
    return Section(Role.SECONDEE, Role.SECONDEE.label, (), shown if len(shown) > 1 else panels)


def not_linked() -> Panel:
    """An account not linked to a person shows nothing except who can change that."""
    return Panel(
        key="term",
        title=_("我的挂职"),
        empty_title=_("该账号尚未与您的干部档案关联"),
        empty_text=_("请告知组织部门，在您的干部档案中关联该账号；之后志愿、挂职和本人档案在此显示。"),
        icon="user",
    )


def my_term(user: User, on: dt.date) -> Panel:
    """The secondment under way or about to start: whom to ask, what to do, how long."""
    placement = own_placements(user).filter(state__in=UNDER_WAY).order_by("starts_on").first()
    return Panel(
        key="term",
        title=_("我的挂职"),
        facts=_facts(placement, on) if placement else (),
        url=link("placements:placement_detail", placement.pk) if placement else "",
        empty_title=_("目前没有挂职任务"),
        empty_text=_("派任通知下达后，挂职单位、职务、任期和联系人在此显示。"),
        icon="map-pin",
    )


def _facts(placement: Placement, on: dt.date) -> list[Fact]:
    return [
        Fact(_("接收单位"), placement.host_unit.name),
        Fact(_("挂任职务"), placement.post.title),
        Fact(_("任期"), f"{placement.starts_on:%Y-%m-%d} — {placement.last_day:%Y-%m-%d}"),
        Fact(_("剩余"), days_left(placement, on)),
        Fact(_("联系领导"), placement.contact_leader),
        Fact(_("带教导师"), placement.mentor),
        Fact(_("派出单位"), placement.home_unit.name),
        Fact(_("状态"), placement.stage_label(on)),
        Fact(_("分工"), placement.duties, is_wide=True),
    ]


def my_nominations(user: User) -> Panel:
    """Nominations in campaigns not yet decided: state preferences in time."""
    rows = own_nominations(user)
    return Panel(
        key="nominations",
        title=_("我的推荐与志愿"),
        heads=(_("批次"), _("推荐单位"), _("答复截止"), _("志愿")),
        rows=[
            [
                Cell(one.campaign.name, link("campaigns:preferences", one.pk), phone="title"),
                Cell(one.home_unit.name, phone="line"),
                Cell(one.campaign.nominations_until, phone="line"),
                Cell(
                    _("已填报") if one.answered_on else _("待填报"),
                    status="good" if one.answered_on else "warn",
                    phone="aside",
                ),
            ]
            for one in rows[:SHOWN]
        ],
        empty_title=_("没有需要填报志愿的推荐"),
        empty_text=_("派出单位推荐您之后，可在此填写志愿和困难。"),
        icon="star",
    )
