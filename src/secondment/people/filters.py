"""Filters of the list of persons."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.accounts.scopes import paths_of, units_within
from secondment.common.keys import number_in
from secondment.files.codes.specialties import SPECIALTIES
from secondment.files.names import clean_name
from secondment.people.choices import CHOSEN_STATES, Category, PairState, Sex
from secondment.people.labels import LEADING_RANKS, choices_of, specialty_label
from secondment.people.models import Person, SuspectedPair
from secondment.people.queries import files_of, where_out
from secondment.people.sections import CLERKS, LEADER
from secondment.units.models import Unit

# (key, words, youngest age, oldest age)
AGE_BANDS = (
    ("35", _("35岁及以下"), 0, 35),
    ("40", _("36—40岁"), 36, 40),
    ("45", _("41—45岁"), 41, 45),
    ("50", _("46—50岁"), 46, 50),
    ("54", _("51—54岁"), 51, 54),
    ("55", _("55岁及以上"), 55, 200),
)
EDUCATION_LEVELS = (("1", _("研究生")), ("2", _("大学本科")), ("3", _("大学专科")), ("4", _("中专及以下")))
MOST_UNITS = 400
# What they ask stands in the file of a person, of which a host unit reads the basics alone.
FILE_FILTERS = ("category", "education", "specialty", "reserve")


def fixed(choices: Sequence[tuple[Any, Any]]) -> Callable[[], Sequence[tuple[Any, Any]]]:
    """The choices as a function: a list is copied twice a request, word by word."""
    return lambda: choices


def unit_choices(request: Any) -> list[tuple[int, str]]:
    """Units of the reader's scope; when there are too many to list, those with people or units below."""
    scope = units_within(request.user, *CLERKS, LEADER)
    below, staff = Unit.objects.filter(parent=OuterRef("pk")), Person.objects.filter(unit=OuterRef("pk"))
    has_few = ~Exists(scope[MOST_UNITS:])  # asked once, not for every unit
    units = _lines(scope.filter(has_few | Exists(below) | Exists(staff))[:MOST_UNITS])
    asked = number_in(request.GET.get("unit", ""))
    if asked and asked not in {pk for pk, _name, _depth in units}:
        units += _lines(scope.filter(pk=asked))
    top = min((depth for _pk, _name, depth in units), default=0)
    return [(pk, "　" * (depth - top) + name) for pk, name, depth in units]


def _lines(units: QuerySet[Unit]) -> list[tuple[int, str, int]]:
    """(key, name, depth) of each unit, without a model for each of hundreds."""
    return [(pk, name, path.count("/")) for pk, name, path in units.values_list("pk", "name", "path")]


class PersonFilter(filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """`on` is the day ages are counted on; a subclass sets it."""

    on: dt.date = dt.date.min

    q = filters.CharFilter(label=_("姓名或拼音首字母"), method="filter_name")
    unit = filters.ChoiceFilter(label=_("单位（含下级）"), method="filter_unit", empty_label=_("全部"))
    category = filters.ChoiceFilter(
        label=_("人员类别"), choices=fixed(Category.choices), empty_label=_("全部")
    )
    rank = filters.ChoiceFilter(label=_("职务层次"), choices=fixed(LEADING_RANKS), empty_label=_("全部"))
    sex = filters.ChoiceFilter(label=_("性别"), choices=fixed(Sex.choices), empty_label=_("全部"))
    age = filters.ChoiceFilter(
        label=_("年龄"),
        method="filter_age",
        choices=fixed([(key, words) for key, words, _low, _high in AGE_BANDS]),
        empty_label=_("全部"),
    )
    education = filters.ChoiceFilter(
        label=_("最高学历"), method="filter_education", choices=fixed(EDUCATION_LEVELS), empty_label=_("全部")
    )
    specialty = filters.ChoiceFilter(
        label=_("专业领域"),
        method="filter_specialty",
        choices=fixed(choices_of(SPECIALTIES, specialty_label)),
        empty_label=_("全部"),
    )
    reserve = filters.ChoiceFilter(
        label=_("优秀年轻干部"),
        method="filter_reserve",
        choices=fixed([("1", _("是")), ("0", _("否"))]),
        empty_label=_("全部"),
    )
    out = filters.ChoiceFilter(
        label=_("挂职状态"),
        method="filter_out",
        choices=fixed([("1", _("在外挂职")), ("0", _("未在外挂职"))]),
        empty_label=_("全部"),
    )
    state = filters.ChoiceFilter(label=_("人员状态"), choices=fixed(CHOSEN_STATES), empty_label=_("全部"))

    class Meta:
        model = Person
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["unit"].extra["choices"] = fixed(unit_choices(self.request))
        if not paths_of(self.request.user, *CLERKS, LEADER):
            for name in ("unit", *FILE_FILTERS):
                del self.filters[name]
        self.filters["q"].field.widget = forms.TextInput()

    def filter_queryset(self, rows: QuerySet[Person]) -> QuerySet[Person]:
        """What stands in a file finds nobody whose file the reader may not read."""
        narrowed: QuerySet[Person] = super().filter_queryset(rows)
        asks_files = any(self.form.cleaned_data.get(name) for name in FILE_FILTERS)
        return narrowed.filter(files_of(self.request.user)) if asks_files else narrowed

    def filter_name(self, rows: QuerySet[Person], _name: str, value: str) -> QuerySet[Person]:
        """Part of a name, the beginning of its pinyin, or of its initials."""
        text = clean_name(value)
        if not text.isascii():
            return rows.filter(name__contains=text)
        # The lower bound is what lets SQLite use the index; PostgreSQL uses that of the prefix.
        text = text.lower()
        initials = Q(name_initials__gte=text, name_initials__startswith=text)
        return rows.filter(initials | Q(name_key__gte=text, name_key__startswith=text))

    def filter_unit(self, rows: QuerySet[Person], _name: str, value: str) -> QuerySet[Person]:
        """Persons of the unit and everything below it."""
        unit = Unit.objects.get(pk=value)
        return rows.filter(unit__in=Unit.objects.under(unit).values("pk"))

    def filter_age(self, rows: QuerySet[Person], _name: str, value: str) -> QuerySet[Person]:
        """Persons whose age in full years lies in the band."""
        low, high = next((low, high) for key, _words, low, high in AGE_BANDS if key == value)
        born_after = birthday(self.on, high + 1)
        return rows.filter(born_on__lte=birthday(self.on, low), born_on__gt=born_after)

    def filter_education(self, rows: QuerySet[Person], _name: str, value: str) -> QuerySet[Person]:
        """Persons by the level of their highest education."""
        levels = ["4", "6", "7", "8"] if value == "4" else [value]
        condition = Q()
        for level in levels:
            condition |= Q(education_code__gte=f"{level}0", education_code__lte=f"{level}9")
        return rows.filter(condition)

    def filter_specialty(self, rows: QuerySet[Person], _name: str, value: str) -> QuerySet[Person]:
        """Persons with this tag among theirs."""
        return rows.filter(specialties__tag=value)

    def filter_reserve(self, rows: QuerySet[Person], _name: str, value: str) -> QuerySet[Person]:
        """Persons on the reserve list, or not."""
        return rows.filter(is_reserve=value == "1")

    def filter_out(self, rows: QuerySet[Person], _name: str, value: str) -> QuerySet[Person]:
        """Persons on a secondment now, or not."""
        return where_out(rows, is_out=value == "1")


class PairFilter(filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """Pairs by name and by what was decided."""

    q = filters.CharFilter(label=_("姓名"), method="filter_name")
    state = filters.ChoiceFilter(label=_("状态"), choices=PairState.choices, empty_label=_("全部"))

    class Meta:
        model = SuspectedPair
        fields: list[str] = []

    def filter_name(self, rows: QuerySet[SuspectedPair], _name: str, value: str) -> QuerySet[SuspectedPair]:
        """Part of either name."""
        text = clean_name(value)
        return rows.filter(Q(first__name__icontains=text) | Q(second__name__icontains=text))


def birthday(on: dt.date, years: int) -> dt.date:
    """The latest birth date of someone who is `years` old on `on`."""
    year = on.year - years
    if year < 1:
        return dt.date.min
    if (on.month, on.day) == (2, 29) and not (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)):
        return dt.date(year, 2, 28)
    return on.replace(year=year)
