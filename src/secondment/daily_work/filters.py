"""Ways to narrow the lists of daily work."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.daily_work.models import HomeNotice
from secondment.files.names import clean_name

READ = [("read", _("已阅知")), ("unread", _("未阅知"))]


class NoticeFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By name and whether it was read."""

    name = django_filters.CharFilter(method="by_name", label=_("姓名"))
    receipt = django_filters.ChoiceFilter(
        method="by_receipt", choices=READ, label=_("阅知"), empty_label=_("全部")
    )

    class Meta:
        model = HomeNotice
        fields: tuple[str, ...] = ()

    def by_name(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """People whose name contains the text."""
        return rows.filter(placement__person__name__icontains=clean_name(value))

    def by_receipt(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Read or not yet read."""
        return rows.filter(read_at__isnull=value == "unread")
