"""The trail as a list."""

import json
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from secondment.accounts.choices import Deed, Role
from secondment.audit.actions import DETAILS, REFUSED, SENTENCES, sentence_of
from secondment.audit.models import AuditEvent
from secondment.common.days import DayFilter
from secondment.common.listing.listing import Column, Listing
from secondment.common.sentences import joined_sentences, labelled, listed

CHANGES = ("fields", "changed")


def action_choices() -> list[tuple[str, str]]:
    """Every action by its sentence."""
    return [(action, str(SENTENCES[action])) for action in sorted(SENTENCES)]


class TrailFilter(FilterSet):  # type: ignore[misc]  # django-filter has no types
    """By day, person, action and object."""

    actor = CharFilter(label=_("操作人"), field_name="actor_name", lookup_expr="icontains")
    action = ChoiceFilter(label=_("操作"), choices=action_choices, empty_label=_("全部"))
    target = CharFilter(label=_("对象"), field_name="object_label", lookup_expr="icontains")
    kind = ChoiceFilter(
        label=_("结果"),
        choices=[("refused", _("被拒绝")), ("done", _("已执行"))],
        method="by_kind",
        empty_label=_("全部"),
    )

    class Meta:
        model = AuditEvent
        fields: list[str] = []

    def by_kind(self, events: QuerySet[AuditEvent], _name: str, value: str) -> QuerySet[AuditEvent]:
        """Refused attempts, or what was done."""
        refused = {"action__endswith": REFUSED}
        return events.filter(**refused) if value == "refused" else events.exclude(**refused)


# `from` is a word of the language, so these two are added by name.
TrailFilter.base_filters["from"] = DayFilter(label=_("从"), field_name="at", lookup_expr="date__gte")
TrailFilter.base_filters["until"] = DayFilter(label=_("到"), field_name="at", lookup_expr="date__lte")
TrailFilter.base_filters.move_to_end("until", last=False)
TrailFilter.base_filters.move_to_end("from", last=False)


def details_text(event: AuditEvent) -> str:
    """Names of changed fields and public values, as recorded."""
    parts = [
        (str(DETAILS.get(key, key)), _plain(event, key, value))
        for key, value in sorted(event.details.items())  # databases keep names in different orders
        if value != []
    ]
    return joined_sentences(labelled(name, text.removesuffix("。")) for name, text in parts)


def _plain(event: AuditEvent, key: str, value: Any) -> str:
    if key == "role" and value in Role.values:
        return str(Role(value).label)
    if key == "deed" and value in Deed.values:
        return str(Deed(value).label)
    if key in CHANGES and isinstance(value, list):
        return listed(_field_label(event.object_type, str(name)) for name in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _field_label(object_type: str, name: str) -> str:
    """What a changed column, or kind of rows below the object, is called; a name that is no more stands for itself."""
    try:
        field = apps.get_model(object_type)._meta.get_field(name)  # noqa: SLF001 -- Django's documented name
    except (LookupError, ValueError, FieldDoesNotExist):
        return name
    rows: Any = field.related_model
    named = rows._meta if field.auto_created else field  # noqa: SLF001
    return str(named.verbose_name)


TRAIL = Listing(
    key="trail",
    title=_("审计记录"),
    columns=(
        Column("at", _("时间"), sort="pk", is_short=True, phone="line"),
        Column(
            "actor_name",
            _("操作人"),
            value=lambda row: row.actor_name or gettext("系统"),
            phone="title",
            is_short=True,
        ),
        Column("action", _("操作"), value=lambda row: sentence_of(row.action), phone="line"),
        Column("object_label", _("对象"), phone="line"),
        Column("details", _("内容"), value=details_text, phone="line"),
        Column("object_id", _("对象编号"), is_hidden_by_default=True),
        Column(
            "result",
            _("结果"),
            value=lambda row: gettext("被拒绝") if row.action.endswith(REFUSED) else gettext("已执行"),
            status=lambda row: "bad" if row.action.endswith(REFUSED) else "good",
            phone="aside",
        ),
    ),
    default_sort="-at",
    filters=TrailFilter,
    empty_title=_("暂无审计记录"),
    empty_text=_("每一次登录、修改、被拒绝的操作和敏感信息查看均在此记录，任何人不得修改或删除。"),
)
