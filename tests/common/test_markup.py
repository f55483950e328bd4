"""Markup written as strings: the same as the templates that it stands for, and safe with hostile text."""

from types import SimpleNamespace

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from secondment.common.listing.listing import BulkAction, Column, Listing
from secondment.common.listing.view import Cell
from secondment.common.markup import WRITERS, StringRenderer, cell_markup, opening_of

HOSTILE = "\"'><script>alert(1)</script>&amp;"
CELL = (
    '<td class="is-phone-{{ cell.column.phone }}{% if cell.column.align == "end" %} num{% endif %}'
    '{% if cell.column.is_short %} is-short{% endif %}{% if cell.is_empty %} is-empty{% endif %}"'
    ' data-label="{{ cell.column.label }}">{% if cell.html %}{{ cell.html }}{% elif cell.status %}'
    '<span class="status status-{{ cell.status }}">{{ cell.text }}</span>{% elif cell.url %}'
    '<a{% if cell.column.phone == "title" %} class="row-title"{% endif %} href="{{ cell.url }}">{{ cell.text }}</a>'
    "{% else %}{{ cell.text }}{% endif %}</td>"
)
CHOICES = [
    ("", "全部"),
    (1234567, 1234567),
    (HOSTILE, HOSTILE),
    (mark_safe("a&amp;b"), mark_safe("<b>c</b>")),
    (gettext_lazy("保存"), gettext_lazy("保存")),
    (HOSTILE, [("x", HOSTILE), (None, 2.5), (True, "y")]),
]
ATTRIBUTES = {
    "data-on": True,
    "data-off": False,
    "title": HOSTILE,
    "data-n": 12345,
    "data-x": mark_safe("&lt;"),
}
WIDGETS = [
    forms.Select(choices=CHOICES),
    forms.SelectMultiple(choices=CHOICES),
    forms.TextInput(),
    forms.NumberInput(),
    forms.EmailInput(),
    forms.HiddenInput(),
    forms.PasswordInput(render_value=True),
    forms.DateInput(),
    forms.TimeInput(),
]


def lines(markup: str) -> list[str]:
    """The lines that say something: a template's file may end in a line break, or not."""
    return [line for line in markup.split("\n") if line.strip()]


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
@pytest.mark.parametrize("value", [None, "", "x", HOSTILE, 1234567, ["x", HOSTILE], mark_safe("a&amp;b")])
def test_a_widget_is_written_as_its_template_would(widget: forms.Widget, value: object) -> None:
    assert widget.template_name in WRITERS
    ours = widget.render("name", value, ATTRIBUTES, StringRenderer())
    assert lines(ours) == lines(widget.render("name", value, ATTRIBUTES, TemplatesSetting()))
    assert "<script" not in ours


def test_a_widget_without_a_writer_is_drawn_by_its_template() -> None:
    drawn = forms.Textarea().render("name", HOSTILE, {}, StringRenderer())
    assert drawn.startswith("<textarea")
    assert "<script" not in drawn


def test_the_empty_choice_asks_to_choose() -> None:
    form = type(
        "Form", (forms.Form,), {"one": forms.TypedChoiceField(choices=[("", "---------"), ("a", "甲")])}
    )()
    assert lines(str(form["one"]))[1:3] == [
        '  <option value="" selected>请选择</option>',
        '  <option value="a">甲</option>',
    ]


@pytest.mark.parametrize(
    "cell",
    [
        {"text": HOSTILE},
        {"text": HOSTILE, "url": HOSTILE},
        {"text": HOSTILE, "status": HOSTILE},
        {"text": HOSTILE, "html": HOSTILE},
        {"text": "—"},
        {"text": "—", "html": mark_safe("<b>甲</b>")},
        {"text": mark_safe("<b>甲</b>"), "url": "/people/?a=1&b=2"},
    ],
)
@pytest.mark.parametrize(
    "column",
    [
        Column("one", HOSTILE),
        Column("one", gettext_lazy("保存"), align="end", is_short=True),
        Column("one", "题", phone="title"),
    ],
)
def test_a_cell_is_written_as_its_template_would(column: Column, cell: dict[str, str]) -> None:
    drawn = Cell(column, **cell)  # type: ignore[arg-type]
    ours = cell_markup(drawn, *opening_of(column))
    assert ours == engines["django"].from_string(CELL).render({"cell": drawn})
    assert "<script" not in ours


ROW = (
    (
        '{% load i18n %}{% for row in view.rows %}<tr{% if row.url %} data-url="{{ row.url }}"{% endif %}>'
        '{% if view.spec.bulk_actions %}<td class="row-select"><input class="form-check-input" type="checkbox"'
        ' name="selected" value="{{ row.key }}" form="bulk-{{ view.spec.key }}" data-select-row'
        ' aria-label="{% blocktranslate with name=row.cells.0.text trimmed %}选中 {{ name }}{% endblocktranslate %}">'
        "</td>{% endif %}{% for cell in row.cells %}"
    )
    + CELL
    + "{% endfor %}</tr>{% endfor %}"
)


@pytest.mark.parametrize("url", ["", HOSTILE])
@pytest.mark.parametrize("actions", [(), (BulkAction("one", "催办", "styleguide"),)])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_rows_are_written_as_their_template_would(
    url: str, actions: tuple[BulkAction, ...], language: str
) -> None:
    table = Listing(
        key="one",
        title="表",
        columns=(
            Column("name", gettext_lazy("姓名"), sort=lambda row: row.pk, phone="title"),
            Column("pk", HOSTILE, align="end", status=lambda _row: "bad"),
        ),
        default_sort="name",
        row_url=(lambda _row: url) if url else None,
        bulk_actions=actions,
        empty_title="无",
    )
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(pk=7)
    rows = [SimpleNamespace(pk=12345, name=HOSTILE), SimpleNamespace(pk=2, name="100%(name)s%")]
    with translation.override(language):
        view = table.view(request, rows)
        assert view.body == engines["django"].from_string(ROW).render({"view": view})
    assert "<script" not in view.body
