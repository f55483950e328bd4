"""Whom an analysis is about: units, filters, a programme, a list of names, on one day; read from the address."""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.accounts.scopes import units_held, units_within
from secondment.algorithms.structure.dimensions import Bucket, ColumnKind, Dimension
from secondment.campaigns.queries import programmes_visible_to
from secondment.common.days import DayField
from secondment.common.listing.chosen_filters import chosen_filters
from secondment.files.names import clean_name
from secondment.people.choices import PersonState
from secondment.people.filters import PersonFilter
from secondment.people.history import in_service_on, value_on
from secondment.people.models import Person
from secondment.people.queries import files_of
from secondment.people.sections import CLERKS, LEADER
from secondment.people.whereabouts import whereabouts
from secondment.units.models import Unit
from secondment.workforce.counting import DatabasePeople
from secondment.workforce.measures import NOT_STATED_PLACE, Day, Measure, Raw

EARLIEST = dt.date(1950, 1, 1)
YEARS_AHEAD = 10
MOST_NAMES = 500
MOST_PARTS = 400
"""So many parts of a unit are told apart; more fit no table."""
_OF_PAGES = frozenset(
    {
        "cells",
        "rows",
        "columns",
        "layers",
        "page",
        "size",
        "sort",
        "export",
        "print",
        "keys",
        "against",
        "against_unit",
    }
)
"""Parameters of an address that say nothing of whom it is about."""
_BETWEEN_NAMES = re.compile(r"[\s、，,；;]+")


class DayForm(forms.Form):
    """The day that figures are for, and what they are compared with."""

    as_of = DayField(label=_("截至日期"), required=False)
    against = DayField(label=_("对比日期"), required=False)
    against_unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("对比单位"), required=False, empty_label=_("不对比")
    )

    def __init__(self, *args: Any, user: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_within(user, *CLERKS, LEADER).filter(is_active=True).order_by("path")
        self.fields["against_unit"].queryset = units  # type: ignore[attr-defined]  # a choice of rows
        self._latest = today.replace(year=today.year + YEARS_AHEAD, day=min(today.day, 28))

    def clean_as_of(self) -> dt.date | None:
        """A day that analyses reach."""
        return self._checked("as_of")

    def clean_against(self) -> dt.date | None:
        """The same of the other day."""
        return self._checked("against")

    def _checked(self, name: str) -> dt.date | None:
        day: dt.date | None = self.cleaned_data[name]
        if day and not EARLIEST <= day <= self._latest:
            raise forms.ValidationError(
                _("请填写 %(first)s 至 %(last)s 之间的日期。"),
                params={"first": EARLIEST.isoformat(), "last": self._latest.isoformat()},
            )
        return day


class ScopeFilter(PersonFilter):
    """The filters of the roster, and what an analysis is asked by besides."""

    programme = filters.ChoiceFilter(label=_("挂职项目"), empty_label=_("全部"))
    names = filters.CharFilter(
        label=_("名单"),
        widget=forms.TextInput(attrs={"placeholder": _("姓名之间用顿号隔开")}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = programmes_visible_to(self.request.user)
        self.filters["programme"].extra["choices"] = [(one.pk, one.name) for one in programmes]
        for name in ("q", "state"):
            del self.filters[name]

    def filter_queryset(self, rows: QuerySet[Person]) -> QuerySet[Person]:
        """Who meets the conditions of the roster, was ever sent by the programme, and bears one of the names."""
        rows = super().filter_queryset(rows)
        programme, names = (self.form.cleaned_data.get(name) for name in ("programme", "names"))
        if programme:
            sent = whereabouts().every().filter(campaign__programme_version__programme=programme)
            rows = rows.filter(Exists(sent.filter(person=OuterRef("pk"))))
        return rows.filter(name__in=names_in(names)) if names else rows

    @property
    def usual_fields(self) -> list[forms.BoundField]:
        """The filters that are always shown."""
        return [one for one in self.form.visible_fields() if one.name not in self.folded]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        """Those behind one button."""
        return [one for one in self.form.visible_fields() if one.name in self.folded]

    @property
    def n_folded_used(self) -> int:
        """How many of these narrow the scope."""
        return sum(one.name in self.form.changed_data for one in self.folded_fields)


@dataclass(frozen=True)
class Scope:
    """What one reader asked for. `people` are those it is about, `everyone` all whom the reader may count on that day."""

    user: User
    on: dt.date
    today: dt.date
    filter: ScopeFilter
    days: DayForm
    query: QueryDict

    @property
    def is_valid(self) -> bool:
        """Whether everything asked was understood; nothing is counted otherwise, never all."""
        return self.days.is_valid() and self.filter.form.is_valid()

    @property
    def day(self) -> Day:
        """The day asked about, and whether it is past."""
        return Day(self.on, self.on < self.today)

    @cached_property
    def everyone(self) -> QuerySet[Person]:
        """All people in the force on the day whose files the reader reads."""
        return in_force(self.user, self.on, self.today)

    @cached_property
    def people(self) -> QuerySet[Person]:
        """Those asked about."""
        return self.filter.qs.order_by() if self.is_valid else Person.objects.none()

    @cached_property
    def unit(self) -> Unit | None:
        """The unit asked about, else the one that the reader's scope is; None where it is several."""
        value = self.filter.form.cleaned_data.get("unit") if self.is_valid else None
        if value:
            return Unit.objects.get(pk=value)
        return self._held[0] if len(self._held) == 1 else None

    @cached_property
    def _held(self) -> list[Unit]:
        """The units that the reader's scope consists of, none of them below another."""
        tops: list[Unit] = []
        for unit in units_held(self.user, *CLERKS, LEADER).order_by("path"):
            if not any(unit.path.startswith(one.path) for one in tops):
                tops.append(unit)
        return tops

    @cached_property
    def _units(self) -> Measure:
        if self.unit is not None:
            return unit_measure(parts_of(self.unit), has_whole=True)
        return unit_measure([(one.path, one.name) for one in self._held], has_whole=False)

    @cached_property
    def counted(self) -> DatabasePeople:
        """Those asked about, ready to be counted."""
        return DatabasePeople(self.people, self.day, self._units)

    @cached_property
    def counted_everyone(self) -> DatabasePeople:
        """All, for comparison."""
        return DatabasePeople(self.everyone, self.day, self._units)

    @cached_property
    def words(self) -> list[tuple[str, str]]:
        """Label and words of everything that narrows the scope."""
        return list(chosen_filters(self.filter.form)) if self.is_valid else []

    @property
    def is_narrowed(self) -> bool:
        """Whether the scope is less than everyone."""
        return bool(self.words)

    @cached_property
    def strays(self) -> tuple[list[str], list[str]]:
        """Names of the list that nobody bears, and names that several bear: both are said, neither dropped."""
        asked = names_in(self.query.get("names", ""))
        if not asked:
            return [], []
        borne = Counter(self.everyone.filter(name__in=asked).order_by().values_list("name", flat=True))
        return [name for name in asked if not borne[name]], [name for name in asked if borne[name] > 1]

    def url(self, name: str, *args: object, **more: str) -> str:
        """The address of a page about the same scope."""
        query = self.query.copy()
        for key, value in more.items():
            query[key] = value
        address = reverse(f"workforce:{name}", args=args)
        return f"{address}?{query.urlencode()}" if query else address


def in_force(user: User, on: dt.date, today: dt.date) -> QuerySet[Person]:
    """People in the force on a day whose files the account reads; for a day to come, those of today."""
    serving = in_service_on(on) if on < today else Q(state=PersonState.ACTIVE)
    return Person.objects.filter(files_of(user), serving)


def read_scope(request: HttpRequest, today: dt.date, *, on: dt.date | None = None, **changed: str) -> Scope:
    """The scope that an address asks for; with `on` or `changed`, the same on another day or of another unit."""
    user: Any = request.user
    days = DayForm(request.GET, user=user, today=today)
    day = on or (days.cleaned_data["as_of"] if days.is_valid() else None) or today
    query = _kept(request.GET)
    query.update(changed)
    make = type("ScopeFilterOn", (ScopeFilter,), {"on": day})
    asked = make(query, queryset=in_force(user, day, today), request=request)
    return Scope(user, day, today, asked, days, query)


def _kept(query: QueryDict) -> QueryDict:
    """What describes the scope, without empty values and what a page asks besides."""
    kept = query.copy()
    for name, values in list(kept.lists()):
        if name in _OF_PAGES or not any(values):
            del kept[name]
    return kept


def names_in(text: str) -> list[str]:
    """The names of a list, each once, in order."""
    names = [clean_name(part) for part in _BETWEEN_NAMES.split(text) if part]
    return list(dict.fromkeys(name for name in names if name))[:MOST_NAMES]


def parts_of(whole: Unit) -> list[tuple[str, str]]:
    """(path, name) of a unit and of those directly below it; of too many, none below."""
    below = whole.children.filter(is_active=True).order_by("path").values_list("path", "name")
    parts = list(below[: MOST_PARTS + 1])
    return [(whole.path, whole.name), *(parts if len(parts) <= MOST_PARTS else ())]


def unit_measure(parts: list[tuple[str, str]], *, has_whole: bool) -> Measure:
    """People by units given as (path, name), each with everything below it; `has_whole`: the first holds all others.

    Whoever is in several parts is counted in the smallest.
    """
    buckets = tuple(
        Bucket(f"unit_{path.strip('/').rsplit('/')[-1]}", words, words, words) for path, words in parts
    )
    if has_whole:
        own = buckets[0]
        english = f"{own.label} itself"
        buckets = (Bucket(own.key, f"{own.label}（本级）", own.bounds, english), *buckets[1:])
    dimension = Dimension(
        "unit",
        "单位",
        "unit",
        ColumnKind.CODE,
        buckets,
        "按所在单位，含下级",
        english="Unit",
        rule_english="By unit, with those below",
    )
    places = {path: at for at, (path, _words) in enumerate(parts)}
    paths: dict[str, str] = {}

    def place(path: str) -> int:
        """That of the smallest part around the path; -1 outside of all."""
        while path and path not in places:
            path = path.rstrip("/").rpartition("/")[0]
            path += "/" if path else ""
        return places.get(path, NOT_STATED_PLACE)

    def raw(day: Day) -> Raw:
        """The path of the unit; of a past day its key, for a unit that was moved since is where it stands now."""
        if not day.is_past:
            return {"unit": F("unit__path")}
        paths.update((str(pk), path) for pk, path in Unit.objects.values_list("pk", "path"))
        return {"unit": value_on("unit_id", day.on)}

    return Measure(dimension, raw, lambda unit: place(paths.get(str(unit), str(unit))))
