"""Filters of the lists of campaigns."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.choices import CampaignState, NominationState, Outcome, Result
from secondment.campaigns.eligibility_rules import ELIGIBILITY_RULES
from secondment.campaigns.models import Campaign, CampaignPost, EligibilityFinding, Nomination
from secondment.files.names import clean_name
from secondment.people.choices import Category
from secondment.people.models import Person
from secondment.posts.choices import Direction
from secondment.posts.models import Post

RULE_CHOICES = [(rule.code, format_lazy("{} {}", rule.code, rule.title)) for rule in ELIGIBILITY_RULES]
YES_NO = ((True, _("是")), (False, _("否")))


class CampaignFilter(filters.FilterSet):  # type: ignore[misc]  # the library has no stubs
    """By name, state and programme."""

    name = filters.CharFilter(label=_("批次名称"), lookup_expr="icontains")
    state = filters.ChoiceFilter(label=_("状态"), choices=CampaignState.choices, empty_label=_("全部"))

    class Meta:
        model = Campaign
        fields: list[str] = []


class PostFilter(filters.FilterSet):  # type: ignore[misc]  # the library has no stubs
    """Approved posts by host unit, title, place and direction."""

    host = filters.CharFilter(label=_("接收单位"), field_name="host_unit__name", lookup_expr="icontains")
    title = filters.CharFilter(label=_("职务"), lookup_expr="icontains")
    region = filters.CharFilter(label=_("工作地点"), field_name="region__full_name", lookup_expr="icontains")
    direction = filters.ChoiceFilter(label=_("方向"), choices=Direction.choices, empty_label=_("全部"))

    class Meta:
        model = Post
        fields: list[str] = []


class OfferFilter(filters.FilterSet):  # type: ignore[misc]  # the library has no stubs
    """Posts offered, by host unit, title, place and priority."""

    host = filters.CharFilter(
        label=_("接收单位"), field_name="post__host_unit__name", lookup_expr="icontains"
    )
    title = filters.CharFilter(label=_("职务"), field_name="post__title", lookup_expr="icontains")
    region = filters.CharFilter(
        label=_("工作地点"), field_name="post__region__full_name", lookup_expr="icontains"
    )
    priority = filters.ChoiceFilter(
        label=_("优先级"), choices=[(1, _("优先")), (2, _("一般")), (3, _("备选"))], empty_label=_("全部")
    )

    class Meta:
        model = CampaignPost
        fields: list[str] = []


class PersonFilter(filters.FilterSet):  # type: ignore[misc]  # the library has no stubs
    """People to nominate, by name, unit and category."""

    name = filters.CharFilter(label=_("姓名"), method="by_name")
    unit = filters.CharFilter(label=_("单位"), field_name="unit__name", lookup_expr="icontains")
    category = filters.ChoiceFilter(label=_("人员类别"), choices=Category.choices, empty_label=_("全部"))
    is_reserve = filters.ChoiceFilter(label=_("优秀年轻干部"), choices=YES_NO, empty_label=_("全部"))

    class Meta:
        model = Person
        fields: list[str] = []

    def by_name(self, rows: QuerySet[Person], _name: str, value: str) -> QuerySet[Person]:
        """By the characters of the name or the beginning of its sound."""
        return rows.filter(Q(name__icontains=clean_name(value)) | Q(name_key__istartswith=value))


class NominationFilter(filters.FilterSet):  # type: ignore[misc]  # the library has no stubs
    """Nominations by person, home unit, result of the check and answer."""

    name = filters.CharFilter(label=_("姓名"), field_name="person__name", lookup_expr="icontains")
    unit = filters.CharFilter(label=_("派出单位"), field_name="home_unit__name", lookup_expr="icontains")
    state = filters.ChoiceFilter(label=_("状态"), choices=NominationState.choices, empty_label=_("全部"))
    result = filters.ChoiceFilter(
        label=_("审查结果"),
        choices=[
            ("blocked", _("不符合")),
            ("warned", _("有提示")),
            ("passed", _("符合")),
            ("stale", _("待审查")),
            ("elsewhere", _("另有推荐")),
            *Outcome.choices,
        ],
        method="by_result",
        empty_label=_("全部"),
    )
    answered = filters.ChoiceFilter(
        label=_("本人答复"),
        choices=[("yes", _("已答复")), ("no", _("未答复"))],
        method="by_answer",
        empty_label=_("全部"),
    )

    class Meta:
        model = Nomination
        fields: list[str] = []

    def by_result(self, rows: QuerySet[Nomination], _name: str, value: str) -> QuerySet[Nomination]:
        """By what the annotations of `nominations_with_figures` say."""
        checked = {"is_stale": False, "checked_at__isnull": False}
        conditions: dict[str, dict[str, Any]] = {
            "blocked": checked | {"is_blocked": True},
            "warned": checked | {"is_blocked": False, "has_warning": True},
            "passed": checked | {"is_blocked": False, "has_warning": False},
            "stale": {"is_stale": True},
            "elsewhere": {"is_elsewhere": True, "state": NominationState.NOMINATED},
        }
        return rows.filter(**conditions.get(value, {"outcome": value}))

    def by_answer(self, rows: QuerySet[Nomination], _name: str, value: str) -> QuerySet[Nomination]:
        """By whether the person has answered."""
        return rows.filter(answered_on__isnull=value == "no")


class CandidateFilter(filters.FilterSet):  # type: ignore[misc]  # the library has no stubs
    """Candidates shown to a host unit, filtered by what it may see of them."""

    name = filters.CharFilter(label=_("姓名"), field_name="person__name", lookup_expr="icontains")
    unit = filters.CharFilter(label=_("派出单位"), field_name="home_unit__name", lookup_expr="icontains")
    post_title = filters.CharFilter(
        label=_("现任职务"), field_name="person__post_title", lookup_expr="icontains"
    )

    class Meta:
        model = Nomination
        fields: list[str] = []


EVERY_RESULT = "all"


class FindingFilter(filters.FilterSet):  # type: ignore[misc]  # the library has no stubs
    """Findings by rule, result, person and home unit; one shows them by person, another by rule."""

    rule = filters.ChoiceFilter(label=_("规则"), choices=RULE_CHOICES, empty_label=_("全部"))
    result = filters.ChoiceFilter(
        label=_("结果"),
        choices=[*Result.choices, (EVERY_RESULT, _("全部"))],
        method="by_result",
        empty_label=_("除通过外"),
    )
    name = filters.CharFilter(label=_("姓名"), field_name="nomination__person__name", lookup_expr="icontains")
    unit = filters.CharFilter(
        label=_("派出单位"), field_name="nomination__home_unit__name", lookup_expr="icontains"
    )

    class Meta:
        model = EligibilityFinding
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[EligibilityFinding]) -> QuerySet[EligibilityFinding]:
        """Thousands of passed rules are left out until they are asked for."""
        rows: QuerySet[EligibilityFinding] = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data["result"] else rows.exclude(result=Result.PASS)

    def by_result(
        self, rows: QuerySet[EligibilityFinding], _name: str, value: str
    ) -> QuerySet[EligibilityFinding]:
        """One result, or every one."""
        return rows if value == EVERY_RESULT else rows.filter(result=value)


def finding_filter(kept: frozenset[str]) -> type[FindingFilter]:
    """The filter for a reader from whom these rules are kept."""
    choices = [(code, words) for code, words in RULE_CHOICES if code not in kept]
    rule = filters.ChoiceFilter(label=_("规则"), choices=choices, empty_label=_("全部"))
    return type("FindingFilterFor", (FindingFilter,), {"rule": rule})
