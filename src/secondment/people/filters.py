"""Filters of the list of persons."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.accounts.scopes import paths_of, units_within
from secondment.common.keys import number_in
from secondment.files.codes.abilities import ABILITIES
from secondment.files.codes.civil_grades import CIVIL_GRADES
from secondment.files.codes.ethnic_groups import ETHNIC_GROUPS
from secondment.files.codes.political_status import POLITICAL_STATUS
from secondment.files.codes.specialties import SPECIALTIES
from secondment.files.codes.titles import TITLES
from secondment.files.names import clean_name
from secondment.people.choices import (
    CHOSEN_STATES,
    Ability,
    Category,
    PairState,
    Sex,
    TrainingPurpose,
    Willingness,
)
from secondment.people.conditions import OPEN_RULES, RULES, Rule, birthday, several
from secondment.people.labels import (
    LEADING_RANKS,
    choices_of,
    ethnicity_label,
    grade_label_of,
    political_label,
    specialty_label,
    title_label,
)
from secondment.people.models import Person, SuspectedPair
from secondment.people.queries import files_of
from secondment.people.sections import CLERKS, LEADER
from secondment.people.several import PointsFilter, SeveralFilter
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
EDUCATION_CHOICES = (
    ("1", _("研究生")),
    ("1,2", _("大学本科及以上")),
    ("2", _("大学本科")),
    ("1,2,3", _("大学专科及以上")),
    ("3", _("大学专科")),
    ("4", _("中专及以下")),
)
EDUCATION_PARTS = (
    ("2,3,4", _("大学本科及以下")),
    ("3,4", _("大学专科及以下")),
    ("11", _("博士研究生")),
    ("14", _("硕士研究生")),
    ("11,14", _("硕士研究生及以上")),
    ("secondary_vocational", _("中专")),
    ("high_school_or_less", _("高中及以下")),
    ("1,2,3,secondary_vocational", _("中专及以上")),
)
DEGREE_CHOICES = (
    ("2", _("博士")),
    ("2,3", _("硕士及以上")),
    ("3", _("硕士")),
    ("2,3,4", _("学士及以上")),
    ("4", _("学士")),
)
PARTY_CHOICES = (
    ("01,02", _("中共党员（含预备党员）")),
    ("-01,02", _("非中共党员")),
    ("04,05,06,07,08,09,10,11", _("民主党派")),
)
ETHNICITY_CHOICES = (("-01", _("少数民族")),)
TITLE_CHOICES = (
    ("411,412", _("高级（正高、副高）")),
    ("411,412,420", _("中级及以上")),
    ("411,412,420,430", _("有职称")),
)
EXCELLENT_CHOICES = (
    ("1,2,3", _("至少1次")),
    ("2,3", _("至少2次")),
    ("3", _("3次")),
    ("0", _("没有")),
)
EXCELLENT_TIMES = (("1", _("1次")), ("2", _("2次")))
ABILITY_CHOICES = (
    ("85-100", _("好（85分及以上）")),
    ("75-100", _("较好及以上（75分及以上）")),
    ("75-84", _("较好（75—84分）")),
    ("60-100", _("一般及以上（60分及以上）")),
    ("60-74", _("一般（60—74分）")),
    ("0-59", _("较差（59分及以下）")),
)
MOST_UNITS = 400
LADDER_RANKS = [(code, words) for code, words in LEADING_RANKS if code < "199"]
YES_NO = (("1", _("是")), ("0", _("否")))
ALL = _("全部")
# Asked for now and then: folded away in the form, shown as conditions where a sentence asks for them.
FOLDED = (
    "age_from", "age_to", "born_from", "born_to", "ethnicity", "party", "rank_from", "rank_to", "grade", "in_rank_from",
    "in_rank_below", "full_time", "on_job", "degree", "title", "study", "post", "grassroots_from", "grassroots_below",
    "excellent", *(f"ability_{code}" for code in ABILITIES.codes), "seconded", "willingness", "purpose",
)  # fmt: skip


def fixed(choices: Sequence[tuple[Any, Any]]) -> Callable[[], Sequence[tuple[Any, Any]]]:
    """The choices as a function: a list is copied twice a request, word by word."""
    return lambda: choices


def unit_choices(request: Any) -> list[tuple[int, str]]:
    """Units of the reader's scope; when there are too many to list, those with people or units below."""
    scope = units_within(request.user, *CLERKS, LEADER)
    below, staff = Unit.objects.filter(parent=OuterRef("pk")), Person.objects.filter(unit=OuterRef("pk"))
    has_few = ~Exists(scope[MOST_UNITS:])  # asked once, not for every unit
    units = _lines(scope.filter(has_few | Exists(below) | Exists(staff))[:MOST_UNITS])
    asked = {key for text in several(request.GET.get("unit", ""))[0][:MOST_UNITS] if (key := number_in(text))}
    if further := asked - {pk for pk, _name, _depth in units}:
        units += _lines(scope.filter(pk__in=further))
    top = min((depth for _pk, _name, depth in units), default=0)
    return [(pk, "　" * (depth - top) + name) for pk, name, depth in units]


def _lines(units: QuerySet[Unit]) -> list[tuple[int, str, int]]:
    """(key, name, depth) of each unit, without a model for each of hundreds."""
    return [(pk, name, path.count("/")) for pk, name, path in units.values_list("pk", "name", "path")]


def _of(codes: Any, label: Callable[[str], str]) -> Callable[[], Sequence[tuple[Any, Any]]]:
    return fixed(choices_of(codes, label))


def _points(ability: str) -> PointsFilter:
    return PointsFilter(label=Ability(ability).label, choices=fixed(ABILITY_CHOICES))


class PersonFilter(filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """`on` is the day ages are counted on; a subclass sets it.

    What each filter finds is said by `people.conditions`. `untold` turns the list round: to those who meet all that
    their record tells, and lack what decides the rest.
    """

    on: dt.date = dt.date.min
    folded = FOLDED
    carried = ("said",)

    q = filters.CharFilter(label=_("姓名或拼音首字母"))
    unit = SeveralFilter(label=_("单位（含下级）"), choices=())
    category = SeveralFilter(label=_("人员类别"), choices=fixed(Category.choices))
    rank = SeveralFilter(label=_("职务层次"), choices=fixed(LEADING_RANKS))
    sex = SeveralFilter(label=_("性别"), choices=fixed(Sex.choices))
    age = filters.ChoiceFilter(
        label=_("年龄"),
        choices=fixed([(key, words) for key, words, _low, _high in AGE_BANDS]),
        empty_label=ALL,
    )
    education = SeveralFilter(label=_("最高学历"), choices=fixed(EDUCATION_CHOICES), further=EDUCATION_PARTS)
    specialty = SeveralFilter(label=_("专业领域"), choices=_of(SPECIALTIES, specialty_label))
    reserve = filters.ChoiceFilter(label=_("优秀年轻干部"), choices=fixed(YES_NO), empty_label=ALL)
    out = filters.ChoiceFilter(
        label=_("挂职状态"),
        choices=fixed([("1", _("在外挂职")), ("0", _("未在外挂职"))]),
        empty_label=ALL,
    )
    state = SeveralFilter(label=_("人员状态"), choices=fixed(CHOSEN_STATES))

    age_from = filters.NumberFilter(label=_("年龄至少（周岁）"), min_value=0, max_value=120)
    age_to = filters.NumberFilter(label=_("年龄至多（周岁）"), min_value=0, max_value=120)
    born_from = filters.DateFilter(label=_("出生日期不早于"))
    born_to = filters.DateFilter(label=_("出生日期不晚于"))
    ethnicity = SeveralFilter(
        label=_("民族"), choices=_of(ETHNIC_GROUPS, ethnicity_label), first=ETHNICITY_CHOICES
    )
    party = SeveralFilter(
        label=_("政治面貌"), choices=_of(POLITICAL_STATUS, political_label), first=PARTY_CHOICES
    )
    rank_from = filters.ChoiceFilter(
        label=_("职务职级层次不低于"), choices=fixed(LADDER_RANKS), empty_label=ALL
    )
    rank_to = filters.ChoiceFilter(
        label=_("职务职级层次不高于"), choices=fixed(LADDER_RANKS), empty_label=ALL
    )
    grade = SeveralFilter(label=_("职级"), choices=_of(CIVIL_GRADES, grade_label_of))
    in_rank_from = filters.NumberFilter(label=_("任现职务层次满（年）"), min_value=0, max_value=60)
    in_rank_below = filters.NumberFilter(label=_("任现职务层次不满（年）"), min_value=0, max_value=60)
    full_time = SeveralFilter(
        label=_("全日制学历"), choices=fixed(EDUCATION_CHOICES), further=EDUCATION_PARTS
    )
    on_job = SeveralFilter(label=_("在职学历"), choices=fixed(EDUCATION_CHOICES), further=EDUCATION_PARTS)
    degree = SeveralFilter(label=_("最高学位"), choices=fixed(DEGREE_CHOICES))
    title = SeveralFilter(label=_("职称级别"), choices=_of(TITLES, title_label), first=TITLE_CHOICES)
    study = filters.CharFilter(label=_("毕业院校、专业、专长含"), max_length=60)
    post = filters.CharFilter(label=_("现任职务含"), max_length=60)
    grassroots_from = filters.NumberFilter(label=_("基层工作满（年）"), min_value=0, max_value=60)
    grassroots_below = filters.NumberFilter(label=_("基层工作不满（年）"), min_value=0, max_value=60)
    excellent = SeveralFilter(
        label=_("近三次年度考核优秀次数"), choices=fixed(EXCELLENT_CHOICES), further=EXCELLENT_TIMES
    )
    ability_party_building = _points("party_building")
    ability_development = _points("development")
    ability_interests = _points("interests")
    ability_mass_work = _points("mass_work")
    ability_harmony_safety = _points("harmony_safety")
    seconded = filters.ChoiceFilter(
        label=_("挂职经历"),
        choices=fixed([("1", _("挂过职（含正在挂职）")), ("0", _("从未挂职"))]),
        empty_label=ALL,
    )
    willingness = SeveralFilter(label=_("个人意愿"), choices=fixed(Willingness.choices))
    purpose = SeveralFilter(label=_("培养目的"), choices=fixed(TrainingPurpose.choices))
    untold = filters.CharFilter(label=_("因未填写不能判断的"), widget=forms.HiddenInput())
    said = filters.CharFilter(label=_("一句话查找"), widget=forms.HiddenInput())

    class Meta:
        model = Person
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["unit"].extra["choices"] = fixed(unit_choices(self.request))
        self.refused: frozenset[str] = frozenset()
        if not paths_of(self.request.user, *CLERKS, LEADER):
            self.refused = frozenset(RULES) - OPEN_RULES
            for name in self.refused:
                del self.filters[name]
        self.filters["q"].field.widget = forms.TextInput()

    @cached_property
    def asked(self) -> dict[str, str]:
        """Filter → its value, of those that narrow the list."""
        cleaned = self.form.cleaned_data if self.form.is_valid() else {}
        return {name: str(cleaned[name]) for name in self.filters if name in _RULES and cleaned.get(name)}

    def readable(self, rows: QuerySet[Person]) -> QuerySet[Person]:
        """What stands in a file finds nobody whose file the reader may not read."""
        return rows.filter(files_of(self.request.user)) if set(self.asked) - _OPEN else rows

    def filter_queryset(self, rows: QuerySet[Person]) -> QuerySet[Person]:
        """Those who meet every condition; with `untold` those of whom that cannot be told."""
        if self.form.cleaned_data.get("untold"):
            return self.not_told(rows)
        return self.readable(rows).filter(*(self._met(name) for name in self.asked))

    def not_told(self, rows: QuerySet[Person]) -> QuerySet[Person]:
        """Those who meet what their record tells, and lack what decides one condition or more."""
        missing = self._missing()
        told_or_missing = (
            self._met(name) | missing[name] if name in missing else self._met(name) for name in self.asked
        )
        return (
            self.readable(rows).filter(*told_or_missing).filter(reduce(or_, missing.values(), Q(pk__in=[])))
        )

    def count_not_told(self) -> dict[str, int]:
        """Filter → of how many its fact is missing, where anybody's is; "" is all of them, each once."""
        missing = self._missing()
        if not missing:
            return {}
        counts = {f"n_{name}": Count("pk", filter=condition) for name, condition in missing.items()}
        found = self.not_told(self.queryset.all()).order_by().aggregate(n_=Count("pk"), **counts)
        return {name.removeprefix("n_"): n for name, n in found.items() if n}

    def _met(self, name: str) -> Q:
        return _RULES[name].met(self.asked[name], self.on)

    def _missing(self) -> dict[str, Q]:
        rules = ((name, _RULES[name].missing, value) for name, value in self.asked.items())
        return {name: missing(value) for name, missing, value in rules if missing is not None}


def _age_band(value: str, on: dt.date) -> Q:
    """Persons whose age in full years lies in the band."""
    low, high = next((low, high) for key, _words, low, high in AGE_BANDS if key == value)
    return Q(born_on__lte=birthday(on, low), born_on__gt=birthday(on, high + 1))


_RULES = {**RULES, "age": Rule(_age_band, lambda _value: Q(born_on=None))}
_OPEN = OPEN_RULES | {"age"}


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
