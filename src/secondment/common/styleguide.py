"""Made-up content of the style guide."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secondment.common.charts import Chart, ChartSeries
from secondment.common.components import Difference, Fact, Status, Step, Tab, TimelineEntry, TreeNode
from secondment.common.days import DayField
from secondment.common.listing.listing import BulkAction, Column, FilterForm, Listing
from secondment.common.listing.rows import Rows

HERE = "#components"
STATES: dict[str, tuple[Promise, Status]] = {
    "serving": (_("挂职中"), "good"),
    "arriving": (_("待报到"), "info"),
    "overdue": (_("报告逾期"), "bad"),
    "ending": (_("60 日内期满"), "warn"),
    "proposed": (_("拟选派"), "idle"),
}
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", ("示例", "样本", "例文", "样章", "例句", "试样")
UNITS = (_("省农业农村厅"), _("省教育厅"), _("省水利厅"), _("省财政厅"), _("省自然资源厅"))
POSTS = (_("驻村第一书记"), _("副县长"), _("县发改局副局长"), _("乡党委副书记"))


@dataclass(frozen=True)
class ExampleRow:
    """A made-up placement."""

    pk: int
    name: str
    born_on: date
    unit: Promise
    post: Promise
    starts_on: date
    share: float
    score: float | None
    state: str


def _rows() -> list[ExampleRow]:
    return [
        ExampleRow(
            pk=at + 1,
            name=SURNAMES[at % 10] + GIVEN[at % 6],
            born_on=date(1972 + at % 23, 1 + at % 12, 1),
            unit=UNITS[at % 5],
            post=POSTS[at % 4],
            starts_on=date(2025, 1 + at % 12, 1),
            share=(at * 37 % 100) / 100,
            score=None if at % 7 == 0 else 78 + at * 13 % 200 / 10,
            state=list(STATES)[at * 3 % 5],
        )
        for at in range(132)
    ]


ROWS = _rows()


class ExampleFilter(FilterForm):
    """Filters of the example list."""

    name = forms.CharField(label=_("姓名"), required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部")), *((key, label) for key, (label, _kind) in STATES.items())],
    )

    def narrow(self, rows: Rows) -> Rows:
        """Rows whose name contains the text and whose state is the chosen one."""
        name, state = self.cleaned_data["name"], self.cleaned_data["state"]
        return [row for row in rows if name in row.name and state in ("", row.state)]


TABLE = Listing(
    key="styleguide",
    title=_("挂职干部"),
    columns=(
        Column("name", _("姓名"), sort="name", phone="title", is_short=True),
        Column(
            "born_on", _("出生年月"), sort="born_on", value=lambda row: f"{row.born_on:%Y.%m}", is_short=True
        ),
        Column("unit", _("派出单位")),
        Column("post", _("挂任职务"), phone="line"),
        Column("starts_on", _("到岗日期"), sort="starts_on", is_short=True),
        Column(
            "share", _("任期进度"), sort="share", template="common/_styleguide_share.html", phone="hidden"
        ),
        Column("score", _("考核得分"), sort="score", align="end", decimals=1),
        Column("pk", _("编号"), align="end", is_hidden_by_default=True, phone="hidden"),
        Column(
            "state",
            _("状态"),
            value=lambda row: STATES[row.state][0],
            status=lambda row: STATES[row.state][1],
            phone="aside",
        ),
    ),
    default_sort="-starts_on",
    row_url=lambda row: f"{reverse('styleguide')}#row-{row.pk}",
    filters=ExampleFilter,
    bulk_actions=(
        BulkAction("remind", _("催办"), "styleguide", icon="bell"),
        BulkAction(
            "recall",
            _("召回"),
            "styleguide",
            icon="flag",
            question=_("召回后任期即告结束，不能恢复。确定要召回选中的干部吗？"),
            is_danger=True,
        ),
    ),
)


class ExampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=_("姓名"), max_length=20)
    unit = forms.ChoiceField(
        label=_("派出单位"),
        choices=[("", _("请选择"))] + [(str(i), name) for i, name in enumerate(UNITS * 3)],
    )
    starts_on = DayField(label=_("开始日期"))
    n_days = forms.IntegerField(label=_("请假天数"), max_value=30, help_text=_("按自然日计算。"))
    kind = forms.ChoiceField(
        label=_("去向"),
        widget=forms.RadioSelect,
        choices=[("return", _("返回")), ("stay", _("留任")), ("extend", _("延期"))],
    )
    abilities = forms.MultipleChoiceField(
        label=_("需要加强的能力"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("mass_work", _("做群众工作")), ("development", _("推动发展")), ("harmony", _("维护稳定"))],
    )
    text = forms.CharField(
        label=_("工作情况"),
        widget=forms.Textarea,
        max_length=500,
        help_text=_("查阅范围：派出单位、组织部门。"),
    )
    file = forms.FileField(
        label=_("附件"), required=False, help_text=_("Word、Excel、PDF 或图片，不超过 20 MB。")
    )
    is_urgent = forms.BooleanField(label=_("加急办理"), required=False)
    legal_basis = {"n_days": _("《示例规定》第七条：3 天以上由组织部门审批")}


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything the style guide shows besides the list."""
    return {
        "steps": [
            Step(_("提名"), "done", date(2026, 9, 1)),
            Step(_("资格审查"), "done", date(2026, 9, 20)),
            Step(_("人岗匹配"), "done", date(2026, 10, 12)),
            Step(_("集体决定"), "current", date(2026, 11, 23)),
            Step(_("到岗"), "ahead", date(2027, 3, 1)),
            Step(_("期满考核"), "ahead"),
        ],
        "timeline": [
            TimelineEntry(
                datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
                _("接收单位报送第三季度情况报告"),
                _("示例县委组织部"),
                _("思想稳定，分管农村饮水工程，已完工 6 处。"),
                HERE,
            ),
            TimelineEntry(date(2026, 10, 8), _("派出单位走访"), _("省水利厅")),
            TimelineEntry(date(2026, 3, 1), _("报到")),
        ],
        "tabs": [
            Tab(_("基本情况"), HERE, is_current=True),
            Tab(_("目标任务"), HERE, n=6),
            Tab(_("情况报告"), HERE, n=3),
            Tab(_("考核"), HERE),
        ],
        "facts": [
            Fact(_("姓名"), "赵示例"),
            Fact(_("出生日期"), date(1985, 3, 12)),
            Fact(_("派出单位"), UNITS[0], url=HERE),
            Fact(_("是否党员"), True),
            Fact(_("延期"), None),
            Fact(_("分管工作"), _("农村饮水、乡村道路、易地搬迁后续扶持"), is_wide=True),
        ],
        "differences": [
            Difference(_("挂任职务"), _("县委常委"), _("县委常委、副县长")),
            Difference(_("期满日期"), date(2027, 3, 1), date(2028, 3, 1)),
            Difference(_("分管工作"), None, _("乡村振兴")),
        ],
        "nodes": [
            TreeNode(
                _("示例省"),
                HERE,
                312,
                is_open=True,
                children=[
                    TreeNode(
                        _("省直机关"),
                        HERE,
                        128,
                        children=[TreeNode(UNITS[0], HERE, 31), TreeNode(UNITS[1], HERE, 22)],
                        is_open=True,
                    ),
                    TreeNode(_("示例市"), HERE, 184, children=[TreeNode(_("示例县"), HERE, 40)]),
                ],
            )
        ],
        "charts": [make() for make in CHARTS],
        "form": ExampleForm(request.GET if "check" in request.GET else None),
    }


AGES = ["≤30", "31–35", "36–40", "41–45", "46–50", "≥51"]


def _bar() -> Chart:
    return Chart(
        kind="bar",
        title=_("未来 12 个月期满人数"),
        categories=[f"{month}月" for month in (12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)],
        series=[ChartSeries(_("期满"), [6, 9, 12, 22, 31, 18, 40, 12, 8, 26, 14, 9], [HERE] * 12)],
        unit=_("人"),
    )


def _stacked() -> Chart:
    return Chart(
        kind="stacked_bar",
        title=_("年龄结构"),
        categories=AGES,
        series=[
            ChartSeries(_("正处级"), [0, 2, 14, 28, 24, 9]),
            ChartSeries(_("副处级"), [1, 18, 33, 38, 22, 6]),
            ChartSeries(_("科级"), [12, 36, 39, 18, 8, 4]),
        ],
        unit=_("人"),
    )


def _horizontal() -> Chart:
    return Chart(
        kind="horizontal_bar",
        title=_("需求与配置"),
        categories=[_("农业"), _("水利"), _("卫生"), _("教育"), _("规划")],
        series=[
            ChartSeries(_("需求岗位"), [62, 41, 38, 35, 30]),
            ChartSeries(_("已配置"), [58, 36, 38, 31, 24]),
        ],
        unit=_("个"),
    )


def _line() -> Chart:
    return Chart(
        kind="line",
        title=_("在挂人数"),
        categories=["2021", "2022", "2023", "2024", "2025", "2026"],
        series=[ChartSeries(_("在挂"), [188, 214, 240, 268, 291, 312])],
        unit=_("人"),
    )


def _pyramid() -> Chart:
    return Chart(
        kind="pyramid",
        title=_("性别与年龄"),
        categories=AGES[::-1],
        series=[ChartSeries(_("男"), [14, 38, 56, 50, 34, 8]), ChartSeries(_("女"), [5, 16, 28, 36, 22, 5])],
        unit=_("人"),
    )


CHARTS: tuple[Callable[[], Chart], ...] = (_bar, _stacked, _horizontal, _line, _pyramid)
