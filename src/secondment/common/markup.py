"""Markup that a page repeats hundreds of times, written as strings: options, inputs and cells.

A template for each of them took two fifths of the time of a list page. Whatever is not made here is escaped here.
"""

import html
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from secondment.common.listing.listing import Column
    from secondment.common.listing.view import Cell, ListingView, Row

DJANGO_EMPTY = "---------"


class StringRenderer(TemplatesSetting):
    """Writes inputs and selects by hand, everything else by its template."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString | str:
        """The markup of a widget or form."""
        if write := WRITERS.get(template_name):
            return mark_safe(write(context["widget"]))  # noqa: S308 -- every value is escaped by its writer
        return super().render(template_name, context, request)


def body_markup(view: "ListingView") -> SafeString:
    """The rows of a list, groups under their headings; a box to choose each where there are actions on chosen rows."""
    openings = [opening_of(one) for one in view.columns]
    box = _box(view.spec.key) if view.spec.bulk_actions else ""
    parts, above = [], ""
    for row in view.rows():
        heading = view.heading_of(row.item)
        if heading != above:
            parts.append(_heading(heading, len(openings) + bool(box)))
            above = heading
        parts.append(_row(row, openings, box))
    return mark_safe("".join(parts))  # noqa: S308 -- parts are escaped


def _heading(text: str, n_columns: int) -> str:
    return f'<tr class="row-heading"><th scope="rowgroup" colspan="{n_columns}">{html.escape(text)}</th></tr>'


def _row(row: "Row", openings: Sequence[tuple[str, str]], box: str) -> str:
    url = f' data-url="{html.escape(row.url)}"' if row.url else ""
    choice = box % {"key": _plain(row.key), "name": html.escape(row.cells[0].text)} if box else ""
    cells = "".join(
        cell_markup(cell, css, label) for cell, (css, label) in zip(row.cells, openings, strict=True)
    )
    return f"<tr{url}>{choice}{cells}</tr>"


def cell_markup(cell: "Cell", css: str, label: str) -> str:
    """A cell of a list; class and label are those of its column."""
    empty = " is-empty" if cell.is_empty else ""
    return f'<td class="{css}{empty}" data-label="{label}">{_inside(cell)}</td>'


def opening_of(column: "Column") -> tuple[str, str]:
    """Class and label that all cells of a column share."""
    end = " num" if column.align == "end" else ""
    short = " is-short" if column.is_short else ""
    return f"is-phone-{column.phone}{end}{short}", _text(column.label)


def _box(table: str) -> str:
    """The box that chooses a row, with places for its key and name."""
    label = html.escape(_("选中 %(name)s"))
    return (
        '<td class="row-select"><input class="form-check-input" type="checkbox" name="selected" value="%(key)s"'
        f' form="bulk-{html.escape(table)}" data-select-row aria-label="{label}"></td>'
    )


def _inside(cell: "Cell") -> str:
    if cell.html:
        return _text(cell.html)
    text = _text(cell.text)
    if cell.status:
        return f'<span class="status status-{html.escape(cell.status)}">{text}</span>'
    if cell.url:
        css = ' class="row-title"' if cell.column.phone == "title" else ""
        return f'<a{css} href="{html.escape(cell.url)}">{text}</a>'
    return text


def _input(widget: Mapping[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{_plain(widget["value"])}"'
    return (
        f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{value}{_attributes(widget)}>'
    )


def _select(widget: Mapping[str, Any]) -> str:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{_text(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'


def _group(name: object, options: Sequence[Mapping[str, Any]]) -> str:
    inside = "".join(map(_option, options))
    return f'\n  <optgroup label="{_text(name)}">{inside}\n  </optgroup>' if name else inside


def _option(widget: Mapping[str, Any]) -> str:
    label = _("请选择") if widget["label"] == DJANGO_EMPTY else widget["label"]
    return f'\n  <option value="{_plain(widget["value"])}"{_attributes(widget)}>{_text(label)}</option>\n'


def _attributes(widget: Mapping[str, Any]) -> str:
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_plain(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _text(value: object) -> str:
    """A value as `{{ value }}` writes it."""
    text = str(localize(value))  # whatever is no number or day comes back as it is
    return text if isinstance(text, SafeData) else html.escape(text)


def _plain(value: object) -> str:
    """A value as `{{ value|stringformat:'s' }}` writes it: numbers without grouping."""
    return str(value) if isinstance(value, SafeData) else html.escape(str(value))


WRITERS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "django/forms/widgets/select.html": _select,
    **{
        f"django/forms/widgets/{kind}.html": _input
        for kind in (
            "input",
            "text",
            "number",
            "search",
            "email",
            "tel",
            "hidden",
            "password",
            "date",
            "time",
        )
    },
}
