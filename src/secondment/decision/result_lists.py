"""The list of nominees with what was decided about each."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.choices import Outcome
from secondment.campaigns.models import CampaignPost, Nomination
from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing
from secondment.decision.models import DecisionItem
from secondment.decision.results import outcome_words
from secondment.units.official_names import place_and_title


class ResultFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no stubs
    """Nominees by name, home unit and what became of them."""

    name = django_filters.CharFilter(label=_("姓名"), field_name="person__name", lookup_expr="icontains")
    unit = django_filters.CharFilter(
        label=_("派出单位"), field_name="home_unit__name", lookup_expr="icontains"
    )
    chosen = django_filters.ChoiceFilter(
        label=_("结果"),
        choices=[("yes", Outcome.CHOSEN.label), ("no", Outcome.NOT_CHOSEN.label)],
        method="by_decision",
        empty_label=_("全部"),
    )

    class Meta:
        model = Nomination
        fields: tuple[str, ...] = ()

    def by_decision(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Whom the decision sends, or not."""
        return rows.filter(is_chosen=value == "yes")


def decided_post(row: Any) -> str:
    """The post decided on, in words."""
    posts = [one.campaign_post.post for one in row.decision_items.all() if one.campaign_post]
    return place_and_title(posts[0].host_unit, posts[0].title) if posts else ""


def _outcome(row: Any) -> tuple[str, Status]:
    return outcome_words(row, next(iter(row.decision_items.all()), None))


RESULTS = Listing(
    key="results",
    title=_("选派结果"),
    columns=(
        Column("person.name", _("姓名"), sort="person__name_key", phone="title"),
        Column("home_unit.name", _("派出单位"), sort="home_unit__path", phone="line"),
        Column("post", _("决定岗位"), value=decided_post, phone="line"),
        Column(
            "outcome",
            _("结果"),
            value=lambda row: _outcome(row)[0],
            status=lambda row: _outcome(row)[1],
            phone="aside",
            is_short=True,
        ),
    ),
    default_sort="home_unit.name",
    row_url=lambda row: reverse("decision:result_detail", args=[row.pk]),
    filters=ResultFilter,
    is_exportable=False,
    empty_title=_("没有推荐人选"),
    empty_text=_("未撤回推荐的人选在此显示。"),
)


def _item_post(campaign_post: CampaignPost | None, none: Any) -> str:
    post = campaign_post.post if campaign_post else None
    return place_and_title(post.host_unit, post.title) if post else str(none)


class ItemFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no stubs
    """People of one decision by name and home unit."""

    name = django_filters.CharFilter(
        label=_("姓名"), field_name="nomination__person__name", lookup_expr="icontains"
    )
    unit = django_filters.CharFilter(
        label=_("派出单位"), field_name="nomination__home_unit__name", lookup_expr="icontains"
    )

    class Meta:
        model = DecisionItem
        fields: tuple[str, ...] = ()


ITEMS = Listing(
    key="decision_items",
    title=_("集体决定明细"),
    columns=(
        Column("nomination.person.name", _("姓名"), sort="nomination__person__name_key", phone="title"),
        Column("nomination.home_unit.name", _("派出单位"), sort="nomination__home_unit__path", phone="line"),
        Column(
            "campaign_post",
            _("决定岗位"),
            value=lambda row: _item_post(row.campaign_post, _("不派出")),
            sort="campaign_post__post__host_unit__path",
            phone="line",
        ),
        Column("proposed_post", _("计算建议岗位"), value=lambda row: _item_post(row.proposed_post, "")),
        Column("reason", _("不同于建议的理由"), phone="line"),
    ),
    default_sort="nomination.home_unit.name",
    row_url=lambda row: reverse("campaigns:nomination_detail", args=[row.nomination_id]),
    filters=ItemFilter,
    empty_title=_("决定中没有人选"),
    empty_text=_("决定的人选和岗位在此显示。"),
)
