"""Whom the hosts have chosen, at which rank, and where several have chosen one person."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import Count, Prefetch, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.campaigns.models import Campaign, HostPreference, Nomination, Preference
from secondment.campaigns.queries import live_nominations
from secondment.common.listing.listing import Column, Listing
from secondment.common.sentences import joined_sentences
from secondment.matching.models import Proposal, ProposalPair

SEVERAL = 2


@dataclass(frozen=True)
class HostConflicts:
    """How often hosts stand in each other's way, whatever the plan.

    `n_disappointed`: posts that cannot all have the person they named first, because others named the same person first.
    """

    n_chosen: int
    n_wanted_by_several: int
    n_first_of_several: int
    n_disappointed: int


class HostChoiceFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Search by person, home unit or host; narrow to those whom several hosts chose, or chose first."""

    q = django_filters.CharFilter(label=gettext_lazy("姓名、单位、岗位"), method="search")
    chosen = django_filters.ChoiceFilter(
        label=gettext_lazy("被选情况"),
        choices=[
            ("several", gettext_lazy("多个岗位选中")),
            ("first", gettext_lazy("多个岗位列为第一")),
            ("one", gettext_lazy("一个岗位选中")),
        ],
        method="by_chosen",
        empty_label=gettext_lazy("全部"),
    )

    class Meta:
        model = Nomination
        fields: list[str] = []

    def search(self, rows: QuerySet[Nomination], _name: str, text: str) -> QuerySet[Nomination]:
        """Rows in which a name contains the text; the counts stay those of all hosts."""
        of_host = HostPreference.objects.filter(
            Q(campaign_post__post__host_unit__name__icontains=text)
            | Q(campaign_post__post__title__icontains=text)
        )
        return rows.filter(
            Q(person__name__icontains=text)
            | Q(home_unit__name__icontains=text)
            | Q(pk__in=of_host.values("nomination"))
        )

    def by_chosen(self, rows: QuerySet[Any], _name: str, chosen: str) -> QuerySet[Any]:
        """Chosen by several hosts, first by several, or by one."""
        if chosen == "first":
            return rows.filter(n_first__gte=SEVERAL)
        return rows.filter(n_hosts__gte=SEVERAL) if chosen == "several" else rows.filter(n_hosts=1)


def chosen_people(campaign: Campaign, plan: Proposal | None) -> QuerySet[Nomination]:
    """Everybody whom a host of the campaign chose, with the hosts, the own wishes and the place in the plan."""
    hosts = HostPreference.objects.select_related("campaign_post__post__host_unit").order_by("rank", "pk")
    placed = ProposalPair.objects.filter(proposal=plan).select_related("campaign_post__post__host_unit")
    return (
        live_nominations(campaign)
        .filter(host_preferences__isnull=False)
        .select_related("person", "home_unit")
        .annotate(
            has_plan=Value(plan is not None),
            n_hosts=Count("host_preferences", distinct=True),
            n_first=Count("host_preferences", filter=Q(host_preferences__rank=1), distinct=True),
        )
        .prefetch_related(
            Prefetch("host_preferences", queryset=hosts, to_attr="hosts"),
            Prefetch("preferences", queryset=Preference.objects.order_by("rank"), to_attr="wishes"),
            Prefetch("pairs", queryset=placed, to_attr="placed"),
        )
    )


def conflicts_of(campaign: Campaign) -> HostConflicts:
    """The figures above the list; one query."""
    rows = HostPreference.objects.filter(nomination__in=live_nominations(campaign)).values_list(
        "nomination_id", "rank"
    )
    ranks: defaultdict[int, list[int]] = defaultdict(list)
    for person, rank in rows.order_by():
        ranks[person].append(rank)
    first = Counter({person: n for person, found in ranks.items() if (n := found.count(1))})
    several = [n for n in first.values() if n >= SEVERAL]
    return HostConflicts(
        n_chosen=len(ranks),
        n_wanted_by_several=sum(len(found) >= SEVERAL for found in ranks.values()),
        n_first_of_several=len(several),
        n_disappointed=sum(n - 1 for n in several),
    )


def hosts_text(row: Any) -> str:
    """By whom the person was chosen and at which rank, with the rank of the post among the person's own wishes."""
    wished = {one.campaign_post_id: one.rank for one in row.wishes}
    return joined_sentences(_host_text(one, wished.get(one.campaign_post_id)) for one in row.hosts)


def plan_text(row: Any) -> str:
    """Where the present plan sends the person, and at which rank that host chose them."""
    if not row.has_plan:
        return _("尚无方案")
    if not row.placed:
        return _("未安排")
    post = row.placed[0].campaign_post
    rank = next((one.rank for one in row.hosts if one.campaign_post_id == post.pk), None)
    if rank is None:
        return _("%(post)s（未选此人）") % {"post": post}
    return _("%(post)s（选为第 %(n)d）") % {"post": post, "n": rank}


def without_text(row: Any) -> str:
    """The posts whose hosts chose the person and do not get them in the present plan; nothing without one."""
    if not row.has_plan:
        return ""
    placed = {one.campaign_post_id for one in row.placed}
    return _posts(one for one in row.hosts if one.campaign_post_id not in placed)


def _host_text(one: HostPreference, wish: int | None) -> str:
    if wish is None:
        return _("%(post)s（第 %(n)d）") % {"post": one.campaign_post, "n": one.rank}
    return _("%(post)s（第 %(n)d，本人第 %(wish)d 志愿）") % {
        "post": one.campaign_post,
        "n": one.rank,
        "wish": wish,
    }


def _posts(chosen: Iterable[HostPreference]) -> str:
    return joined_sentences(str(one.campaign_post) for one in chosen)


HOST_CHOICES = Listing(
    key="host_choices",
    title=gettext_lazy("接收单位意向"),
    columns=(
        Column("person.name", gettext_lazy("人选"), sort="person__name_key", phone="title"),
        Column("home_unit.name", gettext_lazy("派出单位"), sort="home_unit__path"),
        Column("n_hosts", gettext_lazy("选中的岗位数"), sort="n_hosts", align="end", phone="aside"),
        Column("n_first", gettext_lazy("列为第一的岗位数"), sort="n_first", align="end"),
        Column("hosts", gettext_lazy("选中的岗位和次序"), value=hosts_text, phone="line"),
        Column("plan", gettext_lazy("现方案"), value=plan_text, phone="line"),
        Column("without", gettext_lazy("选中而未得到的岗位"), value=without_text, phone="line"),
    ),
    default_sort="-n_hosts",
    row_url=lambda row: reverse("campaigns:nomination_detail", args=[row.pk]),
    filters=HostChoiceFilter,
    empty_title=gettext_lazy("没有接收单位意向"),
    empty_text=gettext_lazy("接收单位在批次中为岗位选择人选后，在此显示；没有意向的岗位，各人选一样计分。"),
)
