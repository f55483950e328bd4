"""The list of papers: what is to be stamped, what is to be put away, what is kept where."""

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.common.days import DayField
from secondment.common.listing.listing import BulkAction, Column, Listing
from secondment.documents.choices import PaperState
from secondment.documents.models import Paper
from secondment.documents.papers.kinds import all_kinds, kind_of
from secondment.documents.papers.slots import STATUS


class DayFilter(django_filters.DateFilter):  # type: ignore[misc]
    """A day, typed as everywhere."""

    field_class = DayField


class PaperFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By what it is about, form, state, office and day."""

    subject = django_filters.CharFilter(method="by_text", label=_("对象或存放处"))
    form = django_filters.ChoiceFilter(label=_("表"), empty_label=_("全部"))
    state = django_filters.ChoiceFilter(
        field_name="stage", choices=PaperState.choices, label=_("状态"), empty_label=_("全部")
    )
    office = django_filters.CharFilter(
        field_name="office__name", lookup_expr="icontains", label=_("经办单位")
    )
    issued_after = DayFilter(field_name="issued_on", lookup_expr="gte", label=_("印制日期不早于"))
    issued_before = DayFilter(field_name="issued_on", lookup_expr="lte", label=_("印制日期不晚于"))

    class Meta:
        model = Paper
        fields: list[str] = []

    def __init__(
        self, data: object = None, queryset: QuerySet[Paper] | None = None, **kwargs: object
    ) -> None:
        super().__init__(data, queryset, **kwargs)
        self.filters["form"].extra["choices"] = [(kind.code, kind.title) for kind in all_kinds()]

    def by_text(self, papers: QuerySet[Paper], _name: str, value: str) -> QuerySet[Paper]:
        """What it is about, or where it is kept."""
        return papers.filter(Q(subject__icontains=value) | Q(place__icontains=value))


def title_of(paper: Paper) -> str:
    """What the form is called."""
    kind = kind_of(paper.form)
    return str(kind.title) if kind else paper.form


PAPERS = Listing(
    key="papers",
    title=_("盖章件"),
    columns=(
        Column("subject", _("对象"), sort="subject", phone="title"),
        Column("form", _("表"), value=title_of, sort="form", phone="line"),
        Column("office.name", _("经办单位"), sort="office__path", is_heading=True),
        Column("issued_on", _("印制日期"), sort="issued_on", is_short=True),
        Column("scan", _("盖章扫描件"), value=lambda row: _("有") if row.scan_id else "", is_short=True),
        Column("place", _("纸质存放处"), sort="place"),
        Column("by", _("登记人"), value=lambda row: str(row.by), is_hidden_by_default=True),
        Column("at", _("登记时间"), sort="at", is_short=True, is_hidden_by_default=True),
        Column(
            "state",
            _("状态"),
            sort="stage",
            value=lambda row: row.state.label,
            status=lambda row: STATUS[row.state],
            phone="aside",
        ),
    ),
    default_sort="-issued_on",
    row_url=lambda row: reverse("documents:paper", args=[row.form, row.object_id]),
    filters=PaperFilter,
    bulk_actions=(BulkAction("place", _("登记存放处"), "documents:papers_store", icon="list-check"),),
    empty_title=_("暂无盖章件"),
    empty_text=_("印发挂职通知、登记期限变更后，待盖章的表在此显示；其他表可在其页面列入。"),
)
