"""Two people changed the same record: the current values next to what was typed, to be chosen field by field.

The current values are read from the form's page as shown to this reader, so no one learns more than
the form shows, and every form that carries a version has this page. A choice is an input with the field's own
name: what is chosen is sent to the form's own address like any other form.
"""

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from secondment.common.form_pages import FormReader, PageField, PageForm
from secondment.common.own_pages import page_as_shown
from secondment.common.sentences import listed
from secondment.common.submissions import NOT_TYPED

VERSION = "version"
ROW = re.compile(r"-(\d+)-")


@dataclass(frozen=True)
class Choice:
    """One version of a field: the value that is sent, and how it reads."""

    value: str
    text: str
    is_mine: bool


@dataclass(frozen=True)
class FieldConflict:
    """A field whose current value differs from what was typed; for a list (`is_many`) each entry is kept or not."""

    name: str
    label: str
    now: Choice
    mine: Choice
    entries: list[Choice]

    @property
    def is_many(self) -> bool:
        """Whether entries are ticked rather than one of two versions chosen."""
        return bool(self.entries)


def conflict_page(request: HttpRequest) -> HttpResponse | None:
    """The page of choices, answered with 409; None where the address shows no form with a version."""
    form = _form_now(request) if request.method == "POST" and not request.headers.get("HX-Request") else None
    if form is None:
        return None
    conflicts, same = [], []
    for name in _names(form, request.POST):
        mine, now = _typed(form, request.POST, name), _now(form, name)
        if _is_chosen_by_reader(form, name) and _plain(mine) != _plain(now):
            conflicts.append(_conflict(_field(form, name), name, now, mine))
        else:
            same += [(name, text) for text in _kept(form, name, now, mine)]
    context = {
        "url": request.get_full_path(),
        "conflicts": conflicts,
        "same": same,
        "has_files": bool(request.FILES),
    }
    return render(request, "common/conflict.html", context, status=409)


def _form_now(request: HttpRequest) -> PageForm | None:
    """The current form of the same address: the one with a version that has most names in common."""
    reader = FormReader()
    reader.feed(page_as_shown(request, request.resolver_match) if request.resolver_match else "")
    reader.close()
    versioned = [form for form in reader.forms if VERSION in form and len(form) > len(NOT_TYPED) + 1]
    return max(versioned, key=lambda form: len(form.keys() & request.POST.keys()), default=None)


def _names(form: PageForm, sent: QueryDict) -> list[str]:
    names = dict.fromkeys([*form, *sent])
    return [name for name in names if name and name not in NOT_TYPED and "password" not in name]


def _field(form: PageForm, name: str) -> PageField | None:
    """The field; for a row that was added on the page the same field of the first row."""
    return form.get(name) or form.get(ROW.sub("-0-", name))


def _typed(form: PageForm, sent: QueryDict, name: str) -> list[str]:
    """What was typed; what was not on the submitted page stays unchanged, an empty box is an answer."""
    if name in sent or (name in form and form[name].kind in ("checkbox", "many")):
        return sent.getlist(name)
    return _now(form, name)


def _now(form: PageForm, name: str) -> list[str]:
    return form[name].values if name in form else []


def _is_chosen_by_reader(form: PageForm, name: str) -> bool:
    field = _field(form, name)
    return field is not None and field.kind not in ("hidden", "file")


def _plain(texts: list[str]) -> list[str]:
    """Compared without line ends and empty texts: a field left empty may be sent or not."""
    return sorted(text for text in (one.replace("\r\n", "\n").strip() for one in texts) if text)


def _conflict(field: PageField | None, name: str, now: list[str], mine: list[str]) -> FieldConflict:
    kind, shown = (field.kind, field.shown) if field else ("text", {})
    is_many = kind == "many"
    entries = [
        Choice(value, shown.get(value, value), value in mine)
        for value in dict.fromkeys([*now, *mine])
        if is_many
    ]
    before, typed = (
        Choice(_sent_as(kind, texts), _read_as(kind, shown, texts), texts is mine) for texts in (now, mine)
    )
    return FieldConflict(name, _label(field, name), before, typed, entries)


def _sent_as(kind: str, texts: list[str]) -> str:
    """A box that is not ticked is sent as "false", which Django's boxes understand."""
    return texts[0] if texts else ("false" if kind == "checkbox" else "")


def _read_as(kind: str, shown: dict[str, str], texts: list[str]) -> str:
    if kind == "checkbox":
        return _("是") if texts else _("否")
    return listed(shown.get(text, text) for text in texts if text) or _("（空）")


def _label(field: PageField | None, name: str) -> str:
    label = (field.label if field else "") or name
    row = ROW.search(name)
    return _("%(label)s（第 %(n)s 行）") % {"label": label, "n": int(row[1]) + 1} if row else label


def _kept(form: PageForm, name: str, now: list[str], mine: list[str]) -> list[str]:
    """What goes along unasked: the fresh version, as many rows as either side has, else what was sent."""
    if name == VERSION or name.endswith("-INITIAL_FORMS"):
        return now
    if name.endswith("-TOTAL_FORMS"):
        return [max([*now, *mine], key=lambda text: int(text) if text.isdecimal() else 0)]
    return [] if name in form and form[name].kind == "file" else mine
