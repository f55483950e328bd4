"""What each filter of persons asks of the record, and when the record does not tell: the one home of both.

Where a filter asks what the structure analysis counts (`files.structure.dimensions`), it means the same; a test compares them.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, reduce
from operator import or_
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from secondment.files.codes.abilities import ABILITIES
from secondment.files.codes.civil_grades import CIVIL_GRADES, usual_rank
from secondment.files.codes.education import EDUCATION, parse_education
from secondment.files.codes.ranks import RANKS, step_of
from secondment.files.names import clean_name
from secondment.people.choices import Grade, Willingness
from secondment.people.latest import BELIEVED
from secondment.people.models import AbilityValue, AnnualGrade, Specialty
from secondment.people.whereabouts import whereabouts
from secondment.units.models import Unit

Met = Callable[[str, dt.date], Q]
# Level of education → first digits of its codes; “4” is all below 大专.
EDUCATION_DIGITS = {
    "1": "1",
    "2": "2",
    "3": "3",
    "4": "4678",
    "secondary_vocational": "4",
    "high_school_or_less": "678",
}
STUDY_FIELDS = (
    "full_time_school", "full_time_degree_school", "on_job_school", "on_job_degree_school", "specialty_text",
)  # fmt: skip
LAST_GRADES = 3
COMMUNISTS = frozenset({"01", "02"})
_NONE_SAID = ("无", "没有", "未评", "未评定", "无职称", "无学位")
_NOBODY = Q(pk__in=[])
_BETWEEN_NAMES = re.compile("[,，、]")


@dataclass(frozen=True)
class Rule:
    """`met`: whom a value finds; `missing`: of whom the record does not tell; None where it always tells."""

    met: Met
    missing: Callable[[str], Q] | None = None


def several(value: str) -> tuple[list[str], bool]:
    """The values of “a,b”, and whether none of them may hold (“-a,b”)."""
    return value.removeprefix("-").split(","), value.startswith("-")


def birthday(on: dt.date, years: int) -> dt.date:
    """The latest birth date of someone who is `years` old on `on`."""
    year = on.year - years
    if year < 1:
        return dt.date.min
    if (on.month, on.day) == (2, 29) and not (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)):
        return dt.date(year, 2, 28)
    return on.replace(year=year)


def _any_of(condition: Callable[[list[str]], Q], missing: Q | None = None) -> Rule:
    """One of several values, or none of them; whoever is not told is in neither."""

    def met(value: str, _on: dt.date) -> Q:
        values, is_negated = several(value)
        if not is_negated:
            return condition(values)
        return ~condition(values) & ~missing if missing is not None else ~condition(values)

    return Rule(met, None if missing is None else lambda _value: missing)


def _field(name: str, *, is_blank_unknown: bool = True) -> Rule:
    """A column that holds one code."""
    return _any_of(lambda values: Q(**{f"{name}__in": values}), Q(**{name: ""}) if is_blank_unknown else None)


def _rows(rows: QuerySet[AbilityValue] | QuerySet[AnnualGrade] | QuerySet[Specialty]) -> Exists:
    return Exists(rows.filter(person=OuterRef("pk")))


def _named(value: str, _on: dt.date) -> Q:
    """Any of the names: part of it, the beginning of its pinyin, or of its initials."""
    return reduce(
        or_, (_one_name(text) for name in _BETWEEN_NAMES.split(value) if (text := clean_name(name))), _NOBODY
    )


def _one_name(text: str) -> Q:
    if not text.isascii():
        return Q(name__contains=text)
    # The lower bound is what lets SQLite use the index; PostgreSQL uses that of the prefix.
    text = text.lower()
    initials = Q(name_initials__gte=text, name_initials__startswith=text)
    return initials | Q(name_key__gte=text, name_key__startswith=text)


def _in_units(values: list[str]) -> Q:
    """Of these units and everything below them."""
    units = Unit.objects.filter(pk__in=values).values_list("path", flat=True)
    below = reduce(or_, (Q(path__startswith=path) for path in units), _NOBODY)
    return Q(unit__in=Unit.objects.filter(below).values("pk"))


def _born(condition: Callable[[str, dt.date], Q]) -> Rule:
    return Rule(condition, lambda _value: Q(born_on=None))


def _of_level(codes: frozenset[str]) -> Q:
    """Those with the rank, or without one and with a civil grade that goes with it."""
    return Q(rank__in=codes) | Q(rank="", grade_rank__in=_grades_of(codes))


def _grades_of(codes: frozenset[str]) -> list[str]:
    said = [entry.label for entry in CIVIL_GRADES.entries if usual_rank(entry.label) in codes]
    return [
        *said,
        *(word for one in RANKS.entries if one.code in codes for word in (one.label, *one.aliases)),
    ]


@cache
def _steps(code: str, *, is_lowest: bool) -> frozenset[str]:
    """Codes at least, or at most, as high as this one, staff grades of the same step included."""
    limit = step_of(code)
    if limit is None:
        return frozenset()
    on_ladder = {one: step for one in RANKS.codes if (step := step_of(one)) is not None}
    return frozenset(
        one for one, step in on_ladder.items() if (step <= limit if is_lowest else step >= limit)
    )


def _rank_limit(*, is_lowest: bool) -> Rule:
    return Rule(
        lambda value, _on: _of_level(_steps(value, is_lowest=is_lowest)),
        lambda _value: Q(rank="", grade_rank=""),
    )


def _education(values: list[str]) -> Q:
    """Codes of a level, or single codes."""
    return reduce(or_, map(_education_level, values), _NOBODY)


def _education_level(level: str) -> Q:
    if level not in EDUCATION_DIGITS:
        return Q(education_code=level)
    codes = (
        Q(education_code__gte=f"{digit}0", education_code__lte=f"{digit}9")
        for digit in EDUCATION_DIGITS[level]
    )
    return reduce(or_, codes)


@cache
def _education_texts() -> dict[str, str]:
    """Every text of an education that is understood → its code, with and without the mode before it."""
    said = [word for entry in EDUCATION.entries for word in (entry.label, *entry.aliases)]
    return {mode + word: parse_education(word).code for word in said for mode in ("", "全日制", "在职")}


def _study_texts(values: list[str]) -> list[str]:
    digits = "".join(EDUCATION_DIGITS.get(level, "") for level in values)
    return [text for text, code in _education_texts().items() if code in values or code[0] in digits]


def _study_rule(field: str, *, is_blank_unknown: bool) -> Rule:
    """The education of one mode, which the record holds in words; words that are not understood tell nothing."""
    known = list(_education_texts())
    told = Q(**{f"{field}__in": known if is_blank_unknown else [*known, ""]})
    return _any_of(lambda values: Q(**{f"{field}__in": _study_texts(values)}), ~told)


def _party(value: str, _on: dt.date) -> Q:
    """By the status; who states none but a day of joining is a member of the Communist Party."""
    values, is_negated = several(value)
    stated = Q(political_status__in=values)
    joined = Q(political_status="", joined_party_on__isnull=False)
    met = stated | joined if set(values) >= COMMUNISTS else stated
    return ~met & ~_party_missing(value) if is_negated else met


def _party_missing(value: str) -> Q:
    """Nothing stated; and where full and probationary members are told apart, neither is a day of joining enough."""
    tells_apart = len(COMMUNISTS & set(several(value)[0])) == 1
    return Q(political_status="") if tells_apart else Q(political_status="", joined_party_on=None)


def _study(value: str, _on: dt.date) -> Q:
    """Any of the words in schools, majors or what the person is good at."""
    said = [(field, word) for field in STUDY_FIELDS for word in value.split(",")]
    return reduce(or_, (Q(**{f"{field}__icontains": word}) for field, word in said))


def _willing_missing(value: str) -> Q:
    """Whoever has not said, unless that is what is asked for."""
    return _NOBODY if Willingness.UNKNOWN in several(value)[0] else Q(willingness=Willingness.UNKNOWN)


def _since(on: dt.date, years: str) -> dt.date:
    """The first day of the month after which so many years are not yet complete on `on`; days do not count."""
    months = on.year * 12 + on.month - int(Decimal(years) * 12)
    return dt.date(max(months // 12, 1), months % 12 + 1, 1)


def _excellent(value: str, _on: dt.date) -> Q:
    """How many of the last three annual grades are excellent."""
    counts = [int(count) for count in several(value)[0]]
    return reduce(or_, (_excellent_times(count) for count in counts))


def _excellent_times(count: int) -> Q:
    at_least = Q() if count == 0 else Q(_excellent_at_least(count))
    return (
        at_least
        if count == LAST_GRADES
        else at_least & ~Q(_excellent_at_least(count + 1)) & Q(_rows(AnnualGrade.objects.all()))
    )


def _excellent_at_least(count: int) -> Exists:
    later = AnnualGrade.objects.filter(person=OuterRef("person"), year__gt=OuterRef("year")).order_by("pk")
    among_last = ~Exists(later[LAST_GRADES - 1 : LAST_GRADES])
    excellent = (
        AnnualGrade.objects.filter(person=OuterRef("pk"), grade=Grade.EXCELLENT)
        .filter(among_last)
        .order_by("pk")
    )
    return Exists(excellent[count - 1 : count])


def _ability(code: str) -> Rule:
    """The value that counts: the latest; of one day, that of the source believed first."""
    place = Case(*(When(source=source, then=Value(at)) for source, at in BELIEVED.items()))
    values = AbilityValue.objects.filter(ability=code).annotate(believed=place)
    same_day = Q(as_of=OuterRef("as_of"), believed__gt=OuterRef("believed"))
    better = values.filter(Q(as_of__gt=OuterRef("as_of")) | same_day, person=OuterRef("person"))

    def met(value: str, _on: dt.date) -> Q:
        low, high = value.split("-")
        counting = values.filter(value__gte=low, value__lte=high).filter(~Exists(better))
        return Q(_rows(counting))

    return Rule(met, lambda _value: ~Q(_rows(AbilityValue.objects.filter(ability=code))))


def _placed(placements: Callable[[], QuerySet[Any]]) -> Rule:
    def met(value: str, _on: dt.date) -> Q:
        found = Q(Exists(placements().filter(person=OuterRef("pk"))))
        return found if value == "1" else ~found

    return Rule(met)


RULES: dict[str, Rule] = {
    "q": Rule(_named),
    "unit": _any_of(_in_units),
    "category": _field("category", is_blank_unknown=False),
    "rank": _field("rank"),
    "sex": _field("sex"),
    "age_from": _born(lambda value, on: Q(born_on__lte=birthday(on, int(value)))),
    "age_to": _born(lambda value, on: Q(born_on__gt=birthday(on, int(value) + 1))),
    "born_from": _born(lambda value, _on: Q(born_on__gte=value)),
    "born_to": _born(lambda value, _on: Q(born_on__lte=value)),
    "education": _any_of(_education, Q(education_code="")),
    "full_time": _study_rule("full_time_education", is_blank_unknown=True),
    "on_job": _study_rule("on_job_education", is_blank_unknown=False),
    "degree": _any_of(
        lambda values: Q(degree_level__in=values),
        Q(degree_level="") & ~Q(full_time_degree__in=_NONE_SAID) & ~Q(on_job_degree__in=_NONE_SAID),
    ),
    "specialty": _any_of(
        lambda values: Q(_rows(Specialty.objects.filter(tag__in=values))), ~Q(_rows(Specialty.objects.all()))
    ),
    "study": Rule(_study, lambda _value: Q(**dict.fromkeys(STUDY_FIELDS, ""))),
    "rank_from": _rank_limit(is_lowest=True),
    "rank_to": _rank_limit(is_lowest=False),
    "grade": _any_of(
        lambda values: Q(grade_rank__in=[CIVIL_GRADES.label_of(code) for code in values]), Q(grade_rank="")
    ),
    "title": _any_of(
        lambda values: Q(title_level__in=values), Q(title_level="") & ~Q(professional_title__in=_NONE_SAID)
    ),
    "post": Rule(lambda value, _on: Q(post_title__icontains=value), lambda _value: Q(post_title="")),
    "party": Rule(_party, _party_missing),
    "ethnicity": _field("ethnicity"),
    "grassroots_from": Rule(lambda value, _on: Q(grassroots_years__gte=value)),
    "grassroots_below": Rule(lambda value, _on: Q(grassroots_years__lt=value)),
    "in_rank_from": Rule(
        lambda value, on: Q(rank_since__lt=_since(on, value)), lambda _value: Q(rank_since=None)
    ),
    "in_rank_below": Rule(
        lambda value, on: Q(rank_since__gte=_since(on, value)), lambda _value: Q(rank_since=None)
    ),
    "excellent": Rule(_excellent, lambda _value: ~Q(_rows(AnnualGrade.objects.all()))),
    "reserve": Rule(lambda value, _on: Q(is_reserve=value == "1")),
    "out": _placed(lambda: whereabouts().under_way()),
    "seconded": _placed(lambda: whereabouts().received()),
    "state": _field("state", is_blank_unknown=False),
    "willingness": Rule(_field("willingness", is_blank_unknown=False).met, _willing_missing),
    "purpose": _field("training_purpose"),
}

RULES |= {f"ability_{code}": _ability(code) for code in ABILITIES.codes}
# What everybody sees who sees the person at all; the others stand in the file, of which a host unit reads the basics alone.
OPEN_RULES = frozenset({"q", "sex", "age_from", "age_to", "rank", "post", "ethnicity", "out", "state"})
