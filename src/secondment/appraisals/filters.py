"""Ways to narrow the lists of appraisals."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from secondment.appraisals.choices import AppraisalState, Occasion, Standing
from secondment.appraisals.models import Appraisal, BallotPaper, Candidate, RosterEntry
from secondment.files.names import clean_name
from secondment.standards.choices import ANONYMOUS_GROUPS

ALL = _("全部")
GROUPS = [(one.value, one.label) for one in ANONYMOUS_GROUPS]


class AppraisalFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """By name, year, occasion and state."""

    name = django_filters.CharFilter(lookup_expr="icontains", label=_("名称"))
    year = django_filters.NumberFilter(label=_("考核年度"))
    occasion = django_filters.ChoiceFilter(choices=Occasion, label=_("类型"), empty_label=ALL)
    state = django_filters.ChoiceFilter(choices=AppraisalState, label=_("状态"), empty_label=ALL)

    class Meta:
        model = Appraisal
        fields: tuple[str, ...] = ()


class CandidateFilter(django_filters.FilterSet):  # type: ignore[misc]  # as above
    """By name, host unit and home unit."""

    name = django_filters.CharFilter(method="by_name", label=_("姓名"))
    host = django_filters.CharFilter(
        field_name="placement__host_unit__name", lookup_expr="icontains", label=_("接收单位")
    )
    home = django_filters.CharFilter(
        field_name="placement__home_unit__name", lookup_expr="icontains", label=_("派出单位")
    )

    class Meta:
        model = Candidate
        fields: tuple[str, ...] = ()

    def by_name(self, rows: Any, _name: str, value: str) -> Any:
        """People whose name contains the text."""
        return rows.filter(placement__person__name__icontains=clean_name(value))


class PaperFilter(django_filters.FilterSet):  # type: ignore[misc]  # as above
    """By unit, group, and whether the list was handed in."""

    unit = django_filters.CharFilter(field_name="unit__name", lookup_expr="icontains", label=_("参评单位"))
    group = django_filters.ChoiceFilter(choices=GROUPS, label=_("评议主体"), empty_label=ALL)
    missing = django_filters.ChoiceFilter(
        method="by_missing",
        choices=[("yes", _("未报送")), ("no", _("已报送"))],
        label=_("名单"),
        empty_label=ALL,
    )

    class Meta:
        model = BallotPaper
        fields: tuple[str, ...] = ()

    def by_missing(self, rows: Any, _name: str, value: str) -> Any:
        """Whose office has not said that the list is complete."""
        return rows.filter(handed_in_on__isnull=value == "yes")


class RaterFilter(django_filters.FilterSet):  # type: ignore[misc]  # as above
    """By name or duty, and standing."""

    name = django_filters.CharFilter(method="by_name", label=_("姓名"))
    duty = django_filters.CharFilter(lookup_expr="icontains", label=_("单位职务或身份"))
    standing = django_filters.ChoiceFilter(choices=Standing, label=_("参评情况"), empty_label=ALL)

    class Meta:
        model = RosterEntry
        fields: tuple[str, ...] = ()

    def by_name(self, rows: Any, _name: str, value: str) -> Any:
        """People whose name contains the text."""
        return rows.filter(name__icontains=clean_name(value))
