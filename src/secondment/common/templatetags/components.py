"""Components of the design system, as tags: `{% load components %}`; the style guide shows each."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.forms import (
    BaseForm,
    BaseFormSet,
    BoundField,
    CheckboxInput,
    FileInput,
    RadioSelect,
    Select,
    Textarea,
)
from django.forms.widgets import CheckboxSelectMultiple, MultiWidget, SelectMultiple
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from secondment.common.charts import Chart
from secondment.common.components import Difference, Fact, Status, Step, Tab, TimelineEntry, TreeNode
from secondment.common.display import display
from secondment.common.file_faults import told_again
from secondment.common.form_faults import Faults, faults_of
from secondment.common.listing import chosen_filters
from secondment.common.listing.view import ListingView
from secondment.common.sentences import listed

register = template.Library()
Text = str | Promise
CHOICE_WIDGETS = (RadioSelect, CheckboxSelectMultiple)
SEARCHABLE_FROM = 12
DJANGO_ROWS = "10"  # Django's default, used when no height was chosen


@register.simple_tag
def icon(name: str, label: Text = "") -> SafeString:
    """An icon of the sprite; with `label` it has a meaning of its own, without it is decoration."""
    href = static("common/dist/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', label, href, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', href, name)


@register.simple_tag
def status(label: object, kind: Status = "idle") -> SafeString:
    """A status badge; colour is for states only."""
    return format_html('<span class="status status-{}">{}</span>', kind, label)


@register.filter
def shown(value: object, decimals: int | None = None) -> str:
    """A value as it reads on every page: dash for nothing, 是/否, ISO dates; figures of a chart to its decimals."""
    return display(value, decimals)


register.filter("chosen_filters", chosen_filters.chosen_filters)


register.filter("told_again", told_again)


@register.filter(name="listed")
def listed_filter(items: Iterable[object]) -> str:
    """Items in one line, parted as the reader's language parts them."""
    return listed(items)


@register.inclusion_tag("common/components/_kpi.html")
def kpi(
    label: Text, value: object, url: str, unit: Text = "", note: Text = "", note_kind: str = ""
) -> dict[str, Any]:
    """A figure that leads to its list."""
    return {"label": label, "value": value, "url": url, "unit": unit, "note": note, "note_kind": note_kind}


@register.inclusion_tag("common/components/_steps.html")
def steps(steps: Sequence[Step]) -> dict[str, Any]:
    """The state of something in its life cycle."""
    return {"steps": steps}


@register.inclusion_tag("common/components/_timeline.html")
def timeline(entries: Sequence[TimelineEntry]) -> dict[str, Any]:
    """What happened, newest first."""
    return {"entries": entries}


@register.inclusion_tag("common/components/_tabs.html")
def tabs(tabs: Sequence[Tab], label: Text = "") -> dict[str, Any]:
    """Several views of the same thing, each with its own address."""
    return {"tabs": tabs, "label": label}


@register.inclusion_tag("common/components/_facts.html")
def facts(facts: Sequence[Fact], layout: str = "") -> dict[str, Any]:
    """A definition list; `layout="single"` for narrow cards."""
    return {"facts": facts, "layout": layout}


@register.inclusion_tag("common/components/_differences.html")
def differences(differences: Sequence[Difference]) -> dict[str, Any]:
    """What changed: before and after."""
    return {"differences": differences}


@register.inclusion_tag("common/components/_tree.html")
def tree(nodes: Sequence[TreeNode], label: Text = "") -> dict[str, Any]:
    """A tree that opens and closes without script."""
    return {"nodes": nodes, "label": label}


@register.inclusion_tag("common/components/_chart.html")
def chart(chart: Chart, key: str) -> dict[str, Any]:
    """A figure with its table; `key` is unique on the page."""
    return {"chart": chart, "key": key}


@register.inclusion_tag("common/components/_empty.html")
def empty_state(
    title: Text, text: Text = "", url: str = "", action: Text = "", icon: str = "inbox"
) -> dict[str, Any]:
    """Nothing here yet, and what to do about it."""
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon}


@register.inclusion_tag("common/components/_note.html")
def note(text: Text, kind: str = "info", basis: Text = "", *, is_focus: bool = False) -> dict[str, Any]:
    """A note: info, success, warning or error; `basis` names the rule behind it.

    With `is_focus` the page opens there, unless something above it asks for the same.
    """
    return {"text": text, "kind": kind, "basis": basis, "icon": NOTE_ICONS[kind], "is_focus": is_focus}


NOTE_ICONS = {
    "debug": "info-circle",
    "info": "info-circle",
    "success": "circle-check",
    "warning": "alert-triangle",
    "error": "alert-circle",
}


@register.filter
def note_icon(kind: str) -> str:
    """The icon of a message level."""
    return NOTE_ICONS.get(kind, "info-circle")


@register.inclusion_tag("common/components/_confirm.html", takes_context=True)
def confirm_dialog(
    context: Context, key: str, title: Text, text: Text, url: str, action: Text, *, is_danger: bool = True
) -> dict[str, Any]:
    """A question before what cannot be undone; a button with `data-opens="key"` opens it."""
    return {
        "csrf_token": context.get("csrf_token"),
        "key": key,
        "title": title,
        "text": text,
        "url": url,
        "action": action,
        "is_danger": is_danger,
    }


@register.inclusion_tag("common/components/_field.html")
def field(bound: BoundField, basis: Text = "", *, is_wide: bool = False) -> dict[str, Any]:
    """A form field with label, help, legal basis and error, for any widget.

    The basis comes from the tag or from the form's `legal_basis` mapping (field name → rule).
    """
    widget = bound.field.widget
    basis = basis or getattr(bound.form, "legal_basis", {}).get(bound.name, "")
    return {
        "field": bound,
        "control": bound.as_widget(attrs=_control_attributes(bound)),
        "kind": _field_kind(widget),
        "basis": basis,
        "is_wide": is_wide or isinstance(widget, Textarea),
    }


@register.inclusion_tag("common/components/_form_fields.html")
def form_fields(form: BaseForm, names: str = "") -> dict[str, Any]:
    """The errors of the form and all its visible fields, or only those in `names` (separated by spaces)."""
    chosen = [form[name] for name in names.split()] if names else form.visible_fields()
    return {"form": form, "fields": chosen, "is_whole": not names}


@register.inclusion_tag("common/components/_step_note.html")
def step_note(form: BaseForm | BaseFormSet[Any], names: str = "") -> dict[str, Any]:
    """What a step of a long form asks for: places to correct, else how many fields must still be filled in."""
    forms = form.forms if isinstance(form, BaseFormSet) else [form]
    chosen = [one for part in forms for one in part if not names or one.name in names.split()]
    return {
        "n_faults": sum(bool(one.errors) for one in chosen),
        "n_missing": sum(one.field.required and not one.value() for one in chosen) if names else 0,
        "is_optional": not names or not any(one.field.required for one in chosen),
    }


@register.inclusion_tag("common/components/_form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """Errors of the form itself and its hidden fields, for forms laid out by hand."""
    return {"form": form}


@register.simple_tag(takes_context=True)
def form_faults(context: Context) -> Faults:
    """What the forms of an answer to a sent form have wrong."""
    request = context.get("request")
    return (
        faults_of({str(name): value for name, value in context.flatten().items()})
        if request and request.method == "POST"
        else Faults()
    )


@register.inclusion_tag("common/listing/_page.html", takes_context=True)
def listing(context: Context, view: ListingView) -> dict[str, Any]:
    """Filters, table and pages of a list."""
    request: HttpRequest = context["request"]
    return {"listing": view, "request": request, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("common/components/_job_progress.html")
def job_progress(
    url: str, percent: int, text: Text = "", *, is_done: bool = False, result_url: str = ""
) -> dict[str, Any]:
    """Progress of a long job; asks `url` for itself every two seconds until it is done."""
    return {"url": url, "percent": percent, "text": text, "is_done": is_done, "result_url": result_url}


def _field_kind(widget: Any) -> str:
    if isinstance(widget, CheckboxInput):
        return "check"
    if isinstance(widget, CHOICE_WIDGETS):
        return "choices"
    if isinstance(widget, FileInput):
        return "file"
    return "group" if isinstance(widget, MultiWidget) else "control"


def _control_attributes(bound: BoundField) -> dict[str, Any]:
    widget = bound.field.widget
    css = str(widget.attrs.get("class", ""))
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        return {"class": f"{css} form-check-input".strip()}
    if isinstance(widget, Select):
        return {"class": f"{css} form-select".strip(), **_searchable(widget)}
    if isinstance(widget, FileInput):
        return {}
    rows = {"rows": 5} if widget.attrs.get("rows") == DJANGO_ROWS else {}
    return {"class": f"{css} form-control".strip(), **rows}


def _searchable(widget: Select) -> dict[str, Any]:
    """Long selects, and those with several answers, become searchable."""
    if isinstance(widget, SelectMultiple) or len(list(widget.choices)) > SEARCHABLE_FROM:
        return {"data-searchable": True}
    return {}
