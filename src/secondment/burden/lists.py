"""The register of forms, and requests outside of it, as lists."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.accounts.choices import Role
from secondment.burden.budgets import rounded
from secondment.burden.choices import ROLES, RequestState, Verdict
from secondment.burden.register_lines import Line
from secondment.common.components import Status
from secondment.common.listing.listing import Column, FilterForm, Listing
from secondment.common.listing.rows import Rows
from secondment.common.sentences import listed

UNREAD, NO_DATA, READ = "unread", "no_data", "read"


class FormFilter(FilterForm):
    """By name, by who fills it in, and by who opened it."""

    name = forms.CharField(label=gettext_lazy("表单"), required=False, max_length=40)
    role = forms.ChoiceField(
        label=gettext_lazy("谁填"),
        required=False,
        choices=[("", gettext_lazy("全部")), *((one.value, one.label) for one in ROLES)],
    )
    read = forms.ChoiceField(
        label=gettext_lazy("上一年查阅"),
        required=False,
        choices=[
            ("", gettext_lazy("全部")),
            (READ, gettext_lazy("有人查阅")),
            (UNREAD, gettext_lazy("无人查阅")),
            (NO_DATA, gettext_lazy("尚无数据")),
        ],
    )

    def narrow(self, rows: Rows) -> Rows:
        """Rows that fit all."""
        asked = self.cleaned_data
        return [
            one
            for one in rows
            if asked["name"].strip() in str(one.form.label)
            and asked["role"] in ("", one.form.role.value)
            and asked["read"] in ("", _reading(one))
        ]


def _reading(line: Line) -> str:
    """Nothing for what was not asked for at all."""
    if line.n_read is None:
        return NO_DATA
    return UNREAD if line.is_unread else READ if line.n_read else ""


def read_words(line: Line) -> str:
    """How often it was opened."""
    return _("尚无数据") if line.n_read is None else _("%(n)d 次") % {"n": line.n_read}


def verdict_words(line: Line) -> str:
    """What was decided about it last, or what is proposed."""
    if line.review is not None:
        return f"{line.review.year} {line.review.get_verdict_display()}"
    return _("建议取消") if line.is_unread else ""


def verdict_status(line: Line) -> Status:
    """The colour of that."""
    if line.review is not None:
        return "idle" if line.review.verdict == Verdict.ABOLISH else "good"
    return "warn" if line.is_unread else "idle"


def _minutes(role: Role) -> Column:
    def value(line: Line) -> int:
        return rounded(line.minutes.get(role, 0.0))

    def shown(line: Line) -> object:
        return value(line) or ""

    return Column(
        f"minutes_{role.value}",
        role.label,
        value=shown,
        sort=value,
        align="end",
        is_hidden_by_default=True,
    )


FORMS = Listing(
    key="forms",
    title=gettext_lazy("表单清单"),
    columns=(
        Column(
            "label",
            gettext_lazy("表单"),
            value=lambda row: str(row.form.label),
            sort=lambda row: str(row.form.label),
            phone="title",
        ),
        Column(
            "role",
            gettext_lazy("谁填"),
            value=lambda row: row.form.role.label,
            sort=lambda row: row.form.role.value,
            phone="line",
            is_short=True,
        ),
        Column(
            "readers",
            gettext_lazy("谁看"),
            value=lambda row: listed(one.label for one in row.form.readers),
            is_hidden_by_default=True,
        ),
        Column(
            "basis", gettext_lazy("依据"), value=lambda row: str(row.form.basis), is_hidden_by_default=True
        ),
        Column(
            "replaces",
            gettext_lazy("代替什么"),
            value=lambda row: str(row.form.replaces),
            is_hidden_by_default=True,
        ),
        Column(
            "each",
            gettext_lazy("每次（分钟）"),
            value=lambda row: round(row.each, 1),
            sort=lambda row: row.each,
            align="end",
        ),
        Column(
            "people",
            gettext_lazy("人（单位）数"),
            value=lambda row: row.people,
            sort=lambda row: row.people,
            align="end",
        ),
        Column(
            "times",
            gettext_lazy("一年次数"),
            value=lambda row: row.times,
            sort=lambda row: row.times,
            align="end",
        ),
        Column(
            "prefilled",
            gettext_lazy("系统带出"),
            value=lambda row: f"{row.form.prefilled:.0%}",
            sort=lambda row: row.form.prefilled,
            align="end",
        ),
        Column(
            "minutes",
            gettext_lazy("一年合计（分钟）"),
            value=lambda row: rounded(row.total) or "",
            sort=lambda row: row.total,
            align="end",
        ),
        *(_minutes(role) for role in ROLES),
        Column(
            "n_read",
            gettext_lazy("上一年查阅"),
            value=read_words,
            sort=lambda row: -1 if row.n_read is None else row.n_read,
            align="end",
        ),
        Column("verdict", gettext_lazy("复核"), value=verdict_words, status=verdict_status, phone="aside"),
    ),
    default_sort="label",
    row_url=lambda row: reverse("burden:form_detail", args=[row.form.code]),
    filters=FormFilter,
    empty_title=gettext_lazy("没有符合条件的表单"),
    empty_text=gettext_lazy("请调整筛选条件。"),
)

REQUEST_STATUS: dict[str, Status] = {RequestState.ISSUED: "info", RequestState.CLOSED: "idle"}
REQUESTS = Listing(
    key="burden-requests",
    title=gettext_lazy("临时报送事项"),
    columns=(
        Column("title", gettext_lazy("事项"), sort="title", phone="title"),
        Column("owner_unit.name", gettext_lazy("提出单位"), sort="owner_unit__path"),
        Column(
            "role", gettext_lazy("谁报"), value=lambda row: row.get_role_display(), sort="role", phone="line"
        ),
        Column("n_offices", gettext_lazy("单位数"), sort="n_offices", align="end"),
        Column(
            "minutes",
            gettext_lazy("每单位（分钟）"),
            value=lambda row: round(row.minutes, 1),
            sort="minutes",
            align="end",
        ),
        Column("due_on", gettext_lazy("截止日期"), sort="due_on", is_short=True, phone="line"),
        Column("n_answers", gettext_lazy("已答复"), sort="n_answers", align="end"),
        Column("leader", gettext_lazy("超预算同意"), sort="leader"),
        Column("readers", gettext_lazy("谁看"), is_hidden_by_default=True),
        Column("basis", gettext_lazy("依据"), is_hidden_by_default=True),
        Column(
            "state",
            gettext_lazy("状态"),
            value=lambda row: row.get_state_display(),
            sort="state",
            status=lambda row: REQUEST_STATUS[row.state],
            phone="aside",
        ),
    ),
    default_sort="-due_on",
    row_url=lambda row: reverse("burden:request_detail", args=[row.pk]),
    empty_title=gettext_lazy("没有临时报送事项"),
    empty_text=gettext_lazy("清单以外确需报送的，由组织部门一事一报：先算办理时间，再发出。"),
)
