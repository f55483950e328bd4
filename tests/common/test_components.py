"""Component tags render what they were given, escaped and labelled."""

import datetime as dt

import pytest
from django import forms
from django.template import Context, Template

from secondment.common.charts import Chart, ChartSeries
from secondment.common.components import Difference, Fact, Step, Tab, TimelineEntry, TreeNode

EVIL = "<b>&\"'"
SAFE = "&lt;b&gt;&amp;&quot;&#x27;"


def render(source: str, **context) -> str:
    return " ".join(Template("{% load components %}" + source).render(Context(context)).split())


class ExampleForm(forms.Form):
    name = forms.CharField(label="姓名", help_text="全名")
    note = forms.CharField(label="说明", widget=forms.Textarea, required=False)
    tall = forms.CharField(label="长文", widget=forms.Textarea(attrs={"rows": 12}), required=False)
    kind = forms.ChoiceField(label="去向", widget=forms.RadioSelect, choices=[("a", "返回"), ("b", "留任")])
    abilities = forms.MultipleChoiceField(
        label="能力", widget=forms.CheckboxSelectMultiple, choices=[("a", "党建")]
    )
    unit = forms.ChoiceField(label="单位", choices=[(str(at), str(at)) for at in range(13)])
    sex = forms.ChoiceField(label="性别", choices=[("1", "男")])
    posts = forms.MultipleChoiceField(label="岗位", choices=[("1", "副县长")])
    is_urgent = forms.BooleanField(label="加急", required=False)
    file = forms.FileField(label="附件")
    at = forms.SplitDateTimeField(label="时刻")
    key = forms.CharField(widget=forms.HiddenInput)
    legal_basis = {"name": "《示例规定》第一条"}

    def clean(self):
        raise forms.ValidationError("整体不符")


def test_text_field_has_label_help_basis_and_error() -> None:
    html = render("{% field form.name %}", form=ExampleForm({}))
    assert '<label for="id_name">姓名' in html
    assert 'id="id_name_helptext">全名' in html
    assert "《示例规定》第一条" in html
    assert 'role="alert"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="form-control"' in html


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% field form.note %}", 'rows="5"'),
        ("{% field form.tall %}", 'rows="12"'),
        ("{% field form.kind %}", "<legend>去向"),
        ("{% field form.abilities %}", 'class="choices"'),
        ("{% field form.unit %}", "data-searchable"),
        ("{% field form.posts %}", "data-searchable"),
        ("{% field form.is_urgent %}", "加急"),
        ("{% field form.file %}", "data-drop-zone"),
        ("{% field form.at %}", 'class="field-pair"'),
        ('{% field form.sex basis="第二条" is_wide=True %}', 'class="field is-wide"'),
    ],
)
def test_every_widget_has_its_form(source: str, expected: str) -> None:
    assert expected in render(source, form=ExampleForm())


def test_short_select_stays_plain() -> None:
    assert "data-searchable" not in render("{% field form.sex %}", form=ExampleForm())


def test_form_fields_show_all_fields_hidden_ones_and_errors() -> None:
    html = render("{% form_fields form %}", form=ExampleForm({}))
    assert html.count('<div class="field') - html.count('<div class="field-') == 11
    assert 'type="hidden" name="key"' in html
    assert "整体不符" in html


def test_form_fields_show_only_the_chosen() -> None:
    html = render('{% form_fields form "sex name" %}', form=ExampleForm({}))
    assert html.index("性别") < html.index("姓名")
    assert "整体不符" not in html


@pytest.mark.parametrize(
    ("source", "context"),
    [
        ("{% status text 'bad' %}", {}),
        ("{% kpi text 3 '/list/' note=text %}", {}),
        ("{% note text 'warning' text %}", {}),
        ("{% empty_state text text '/' text %}", {}),
        ("{% steps value %}", {"value": [Step(EVIL, "current", dt.date(2026, 3, 1))]}),
        ("{% timeline value %}", {"value": [TimelineEntry(dt.date(2026, 3, 1), EVIL, EVIL, EVIL, "/x/")]}),
        ("{% tabs value %}", {"value": [Tab(EVIL, "/x/", is_current=True, n=3)]}),
        ("{% facts value %}", {"value": [Fact(EVIL, EVIL), Fact("址", EVIL, url="/x/", is_wide=True)]}),
        ("{% differences value %}", {"value": [Difference(EVIL, EVIL, None)]}),
        ("{% tree value %}", {"value": [TreeNode(EVIL, "/x/", 3, [TreeNode(EVIL)], is_open=True)]}),
        ("{% icon 'x' text %}", {}),
        ("{% confirm_dialog 'k' text text '/x/' text %}", {}),
        ("{% job_progress '/x/' 20 text %}", {}),
    ],
)
def test_components_escape_what_they_show(source: str, context) -> None:
    html = render(source, text=EVIL, **context)
    assert SAFE in html
    assert "<b>" not in html


def test_chart_carries_its_data_and_a_table() -> None:
    chart = Chart(
        kind="bar", title="龄", categories=[EVIL], series=[ChartSeries("数", [3], ["/x/"])], unit="人"
    )
    html = render("{% chart chart 'age' %}", chart=chart)
    assert 'id="chart-age"' in html
    assert '<a href="/x/">3</a>' in html
    assert "\\u003Cb\\u003E" in html
    assert "<b>" not in html


def test_tree_opens_where_asked() -> None:
    nodes = [TreeNode("省", children=[TreeNode("市", "/x/", is_current=True)], is_open=True)]
    html = render("{% tree value %}", value=nodes)
    assert "<details open>" in html
    assert 'aria-current="true"' in html


def test_progress_stops_asking_when_done() -> None:
    assert 'hx-trigger="every 2s"' in render("{% job_progress '/x/' 20 '计算' %}")
    done = render("{% job_progress '/x/' 100 '计算' is_done=True result_url='/y/' %}")
    assert "hx-get" not in done
    assert 'href="/y/"' in done


def test_confirm_dialog_posts_with_the_token() -> None:
    html = render("{% confirm_dialog 'k' '撤销？' '不能恢复' '/x/' '撤销' is_danger=False %}", csrf_token="t")
    assert 'method="post" action="/x/"' in html
    assert 'name="csrfmiddlewaretoken" value="t"' in html
    assert "btn-danger" not in html


def test_unknown_message_level_has_an_icon() -> None:
    assert (
        render("{{ 'x'|note_icon }} {{ 'error'|note_icon }} {{ none|shown }}", none=None)
        == "info-circle alert-circle —"
    )
