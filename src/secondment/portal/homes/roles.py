"""The home page of every role: which figures and panels, in which order."""

import datetime as dt
from collections.abc import Callable

from django.db.models import Count, Min
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import roles_of, units_within
from secondment.directory.queries import visible_to
from secondment.portal.homes.administrators import auditor_home, security_home, system_home
from secondment.portal.homes.campaigns import (
    campaign_figure,
    campaign_panel,
    demand_panel,
    nominate_panel,
    submitted_figure,
)
from secondment.portal.homes.placements import (
    by_place,
    by_programme,
    ending_panel,
    placement_figures,
    under_way_panel,
)
from secondment.portal.homes.secondee import secondee_home
from secondment.portal.homes.todo import todo_parts
from secondment.portal.homes.view_models import SHOWN, Cell, Figure, Panel, Section
from secondment.portal.links import link
from secondment.portal.reach import campaigns_of, owed_by_units, placements_of


def sections_for(user: User, on: dt.date) -> list[Section]:
    """One section a role, in the order of `Role`; titles only where there are several."""
    return [HOMES[role](user, on) for role in roles_of(user)]


def organisation_home(user: User, on: dt.date) -> Section:
    """Tasks; progress of campaigns; who is in post, late, and about to return."""
    placements = placements_of(user)
    campaigns = campaigns_of(user)
    todo, todo_rows = todo_parts(user, on)
    return Section(
        Role.ORGANISATION_DEPARTMENT,
        Role.ORGANISATION_DEPARTMENT.label,
        [todo, campaign_figure(campaigns), submitted_figure(user), *placement_figures(placements, on)],
        [
            todo_rows,
            campaign_panel(user, may_create=True),
            by_programme(placements, on, fill_url=link("placements:placement_import")),
            by_place(placements, on),
            ending_panel(placements, on, span=6),
            late_panel(user, on),
        ],
    )


def leader_home(user: User, on: dt.date) -> Section:
    """One page to print: the full overview without tasks."""
    placements = placements_of(user)
    campaigns = campaigns_of(user)
    return Section(
        Role.LEADER,
        Role.LEADER.label,
        [campaign_figure(campaigns), *placement_figures(placements, on), late_figure(user, on)],
        [
            campaign_panel(user, may_create=False),
            by_programme(placements, on),
            by_place(placements, on),
            ending_panel(placements, on, span=6),
            late_panel(user, on),
        ],
    )


def home_unit_home(user: User, on: dt.date) -> Section:
    """My people outside, what I owe, who returns when, campaigns that ask for people."""
    placements = placements_of(user).filter(home_unit__in=units_within(user, Role.HOME_UNIT))
    todo, todo_rows = todo_parts(user, on)
    return Section(
        Role.HOME_UNIT,
        Role.HOME_UNIT.label,
        [todo, *placement_figures(placements, on)],
        [
            todo_rows,
            nominate_panel(user, on),
            under_way_panel(placements, on, title=_("我单位在外挂职的干部"), key="sent", other="host_unit"),
        ],
    )


def host_unit_home(user: User, on: dt.date) -> Section:
    """Who works with us, what is due, our demands."""
    placements = placements_of(user).filter(host_unit__in=units_within(user, Role.HOST_UNIT))
    todo, todo_rows = todo_parts(user, on)
    return Section(
        Role.HOST_UNIT,
        Role.HOST_UNIT.label,
        [todo, *placement_figures(placements, on)],
        [
            todo_rows,
            under_way_panel(placements, on, title=_("在我单位挂职的干部"), key="received", other="home_unit"),
            demand_panel(user),
        ],
    )


def inspector_home(user: User, on: dt.date) -> Section:
    """What needs me, and who is in post where."""
    placements, (todo, todo_rows) = placements_of(user), todo_parts(user, on)
    return Section(
        Role.INSPECTOR,
        Role.INSPECTOR.label,
        [todo, *placement_figures(placements, on)],
        [todo_rows, by_place(placements, on), by_programme(placements, on)],
    )


def late_figure(user: User, on: dt.date) -> Figure:
    """How much the units below owe and have not done in time."""
    n = owed_by_units(user).filter(due_on__lt=on).count()
    return Figure(
        _("各单位逾期事项"),
        n,
        "#panel-late",
        pgettext("figure", "项"),
        note="" if n else _("没有逾期"),
        note_kind="bad" if n else "good",
    )


def late_panel(user: User, on: dt.date) -> Panel:
    """Units that are late, the latest first: how many things, and for how long; a link where the account keeps the unit."""
    late = (
        owed_by_units(user)
        .filter(due_on__lt=on)
        .order_by()
        .values("unit__name", "unit_id")
        .annotate(n=Count("pk"), since=Min("due_on"))
        .order_by("since", "unit_id")
    )
    rows = list(late[:SHOWN])
    kept = set(visible_to(user).filter(pk__in=[one["unit_id"] for one in rows]).values_list("pk", flat=True))
    return Panel(
        key="late",
        title=_("逾期未办的单位"),
        heads=(_("责任单位"), _("事项"), _("最早截止"), _("已逾期")),
        rows=[
            [
                Cell(
                    one["unit__name"],
                    link("directory:unit_detail", one["unit_id"]) if one["unit_id"] in kept else "",
                    phone="title",
                ),
                Cell(one["n"], is_number=True),
                Cell(one["since"], phone="line"),
                Cell(_("%(n)s 天") % {"n": (on - one["since"]).days}, status="bad", phone="aside"),
            ]
            for one in rows
        ],
        span=6,
        empty_title=_("没有逾期事项"),
        empty_text=_("各单位到期未办的事项按逾期时间在此列出。"),
        icon="circle-check",
    )


HOMES: dict[Role, Callable[[User, dt.date], Section]] = {
    Role.ORGANISATION_DEPARTMENT: organisation_home,
    Role.HOME_UNIT: home_unit_home,
    Role.HOST_UNIT: host_unit_home,
    Role.SECONDEE: secondee_home,
    Role.INSPECTOR: inspector_home,
    Role.LEADER: leader_home,
    Role.SYSTEM_ADMINISTRATOR: system_home,
    Role.SECURITY_ADMINISTRATOR: security_home,
    Role.AUDIT_ADMINISTRATOR: auditor_home,
}
