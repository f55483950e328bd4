"""Panels about campaigns and demands."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from secondment.accounts.models import User
from secondment.campaigns.choices import CAMPAIGN_STATUS, FINISHED
from secondment.campaigns.models import Campaign
from secondment.campaigns.queries import campaigns_with_figures, quotas_asked_of, quotas_with_figures
from secondment.portal.homes.view_models import SHOWN, Cell, Figure, Panel
from secondment.portal.links import link
from secondment.portal.reach import posts_of
from secondment.posts.choices import PostState
from secondment.posts.queries import count_by_state, count_waiting


def running(campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Campaigns between demand and dispatch."""
    return campaigns.exclude(state__in=FINISHED)


def campaign_figure(campaigns: QuerySet[Campaign]) -> Figure:
    """How many campaigns are running."""
    return Figure(
        _("进行中的批次"),
        running(campaigns).count(),
        link("campaigns:campaign_list"),
        pgettext("figure", "个"),
    )


def campaign_panel(user: User, *, may_create: bool) -> Panel:
    """The progress of each running campaign: places, nominated of quota, answered."""
    create = link("campaigns:campaign_create") if may_create else ""
    shown = ("name", "state", "nominations_until", "programme_version__programme__name", "owner_unit__name")
    return Panel(
        key="campaigns",
        title=_("各批次进展"),
        heads=(
            _("批次"),
            _("挂职项目"),
            pgettext("list", "岗位"),
            _("推荐 / 名额"),
            _("本人已答复"),
            _("推荐截止"),
            _("状态"),
        ),
        rows=[_campaign_row(one) for one in running(campaigns_with_figures(user)).only(*shown)[:SHOWN]],
        url=link("campaigns:campaign_list"),
        empty_title=_("没有进行中的批次"),
        empty_text=_("新建批次后，岗位、推荐、审查和决定的进展在此显示。") if may_create else "",
        empty_url=create,
        empty_action=_("新建批次"),
        icon="flag",
    )


def _campaign_row(campaign: Campaign) -> list[Cell]:
    figures = vars(campaign)  # the annotations of `campaigns_with_figures`
    pk = campaign.pk
    return [
        Cell(campaign.name, link("campaigns:campaign_detail", pk), phone="title"),
        Cell(campaign.programme_version.programme.name, phone="line"),
        Cell(figures["n_places"], link("campaigns:offer_list", pk), is_number=True),
        Cell(
            f"{figures['n_nominated']} / {figures['n_asked']}",
            link("campaigns:nomination_list", pk),
            is_number=True,
        ),
        Cell(figures["n_answered"], link("campaigns:nomination_list", pk), is_number=True),
        Cell(campaign.nominations_until, phone="line"),
        Cell(campaign.get_state_display(), status=CAMPAIGN_STATUS[campaign.state], phone="aside"),
    ]


def nominate_panel(user: User, on: dt.date) -> Panel:
    """Open campaigns that ask the home unit for people."""
    rows = quotas_with_figures(quotas_asked_of(user)).select_related("campaign", "home_unit")
    return Panel(
        key="nominate",
        title=_("正在征集推荐的批次"),
        heads=(_("批次"), _("派出单位"), _("已推荐 / 名额"), _("推荐截止")),
        rows=[
            [
                Cell(one.campaign.name, link("campaigns:campaign_detail", one.campaign_id), phone="title"),
                Cell(one.home_unit.name, phone="line"),
                Cell(
                    f"{one.n_nominated} / {one.n_asked}",
                    link("campaigns:nominate", one.campaign_id),
                    is_number=True,
                ),
                Cell(
                    one.campaign.nominations_until,
                    status="bad" if one.campaign.nominations_until < on else "info",
                    phone="aside",
                ),
            ]
            for one in rows.order_by("campaign__nominations_until", "pk")[:SHOWN]
        ],
        url=link("campaigns:campaign_list"),
        empty_title=_("目前没有向本单位征集推荐的批次"),
        empty_text=_("组织部门开放推荐后，名额和截止日期在此显示。"),
        icon="send",
    )


def demand_panel(user: User) -> Panel:
    """The host unit's demands by state."""
    counts = count_by_state(posts_of(user))
    create = link("posts:post_create")
    return Panel(
        key="demands",
        title=_("本单位岗位需求"),
        heads=(_("状态"), _("岗位数")),
        rows=[
            [
                Cell(state.label, phone="title"),
                Cell(counts[state], link("posts:post_list", state=state), is_number=True, phone="aside"),
            ]
            for state in PostState
            if state in counts
        ],
        url=link("posts:post_list"),
        span=6,
        empty_title=_("暂无岗位需求"),
        empty_text=_("写明岗位、任务和条件，组织部门审核后即可列入批次。"),
        empty_url=create,
        empty_action=_("填报岗位需求"),
        icon="briefcase",
    )


def submitted_figure(user: User) -> Figure:
    """Demands that wait for the organisation department."""
    n = count_waiting(user)
    return Figure(
        _("待审核岗位"),
        n,
        link("posts:post_list", state=PostState.SUBMITTED),
        pgettext("figure", "个"),
        note_kind="warn" if n else "",
    )
