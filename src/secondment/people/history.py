"""The force on a past day, as far as dated facts reach: expressions for queries, which count what is not known apart.

A value of a day is, in this order: what a change kept since then says; what the record says, if the record was kept
on that day already; what a dated fact of the record says of that day; else `NO_HISTORY`. Nothing is guessed.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Aggregate,
    BooleanField,
    Case,
    CharField,
    DateField,
    DecimalField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, Least, Replace, Round
from django.db.models.lookups import Exact, LessThanOrEqual
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secondment.people.choices import PersonState
from secondment.people.latest import BELIEVED
from secondment.people.models import AbilityValue, AnnualGrade, CareerEntry, Person, PersonChange, Specialty

NO_HISTORY = "?"
"""The value of a day of which nothing is known; no code is written so."""
PARTY_MEMBERS = ("01", "02")
MONTHS = 12
_TEXT = CharField()
_UNKNOWN = Value(NO_HISTORY, output_field=_TEXT)

Rule = Callable[[str, dt.date], Combinable]


def value_on(field: str, on: dt.date) -> Combinable:
    """The stored code of a field of `Person` on a day, as text: keys of units and true or false as digits too.

    To be used in `annotate`, `values` and `filter` of people; "" is a blank, `NO_HISTORY` nothing known.
    """
    base = Coalesce(_first_old(field, on), _stored(field), output_field=_TEXT)
    known = Case(
        When(recorded_on__lte=on, then=base), default=_RULES[field].before(field, on), output_field=_TEXT
    )
    return Coalesce(_last_new(field, on), known, output_field=_TEXT)


def in_service_on(on: dt.date) -> Q:
    """People in the force on a day: in service by the changes kept, and at work already where that day is stated.

    Of two records of one person that were merged, the kept one alone counts, on days before the merge as well.
    """
    state = Coalesce(_last_new("state", on), _first_old("state", on), F("state"), output_field=_TEXT)
    at_work = Q(started_work_on=None) | Q(started_work_on__lte=on)
    return at_work & ~Q(state=PersonState.MERGED) & Q(Exact(state, Value(PersonState.ACTIVE.value)))


def tags_on(on: dt.date) -> Combinable:
    """The specialty tags of a day as one text, sorted, with commas between; "" is none, `NO_HISTORY` nothing known.

    People are grouped by it, and each group counted under every tag of its text.
    """
    rows = Specialty.objects.filter(person=OuterRef("pk")).order_by().values("person")
    today = Subquery(rows.annotate(tags=_Joined("tag")).values("tags"))
    base = Coalesce(_first_old("specialties", on, _listed), today, Value(""), output_field=_TEXT)
    known = Case(When(recorded_on__lte=on, then=base), default=_UNKNOWN, output_field=_TEXT)
    return Coalesce(_last_new("specialties", on, _listed), known, output_field=_TEXT)


def abilities_on(on: dt.date) -> QuerySet[AbilityValue]:
    """The one value of each person and ability that counts on a day: the latest, of one day the most believed."""
    believed = Case(
        *(When(source=source, then=Value(place)) for source, place in BELIEVED.items()),
        default=Value(-1),
        output_field=IntegerField(),
    )
    same = AbilityValue.objects.filter(person=OuterRef("person"), ability=OuterRef("ability"), as_of__lte=on)
    best = same.annotate(believed=believed).order_by("-as_of", "-believed").values("pk")[:1]
    return AbilityValue.objects.filter(as_of__lte=on, pk=Subquery(best))


def grades_on(on: dt.date) -> QuerySet[AnnualGrade]:
    """The grades of years that were over on a day."""
    return AnnualGrade.objects.filter(year__lt=on.year)


def _since_recorded(_field: str, _on: dt.date) -> Combinable:
    """No fact of a record says since when this holds."""
    return _UNKNOWN


def _unit_before(field: str, on: dt.date) -> Combinable:
    """The unit since the first day of a line of the career that goes on; earlier, the one that the line names."""
    named = Case(When(unit__isnull=False, then=Cast("unit_id", _TEXT)), default=_UNKNOWN, output_field=_TEXT)
    return _known_when(Exists(_going_on(on)), field, on, _line(on, named))


def _rank_before(field: str, on: dt.date) -> Combinable:
    """The rank since the day on which the record says it was reached; earlier, the one that a line says in words."""
    said = Case(When(rank="", then=_UNKNOWN), default=F("rank"), output_field=_TEXT)
    return _known_when(_held_since(field, on), field, on, _line(on, said))


def _rank_days_before(field: str, on: dt.date) -> Combinable:
    """Grade and first day of the rank: since that day."""
    return _known_when(_held_since(field, on), field, on)


def _post_before(field: str, on: dt.date) -> Combinable:
    """The post since the first day of the line that goes on and names it."""
    line = _going_on(on).filter(text__contains=OuterRef("post_title"))
    return _known_when(~Q(post_title="") & Exists(line), field, on)


def _education_before(field: str, on: dt.date) -> Combinable:
    """Education since the last study of the career was over; without a line of study it is not known."""
    study = CareerEntry.objects.filter(person=OuterRef("pk"), is_study=True)
    unfinished = study.filter(Q(ends_on=None) | Q(ends_on__gt=on))
    return _known_when(Exists(study) & ~Exists(unfinished), field, on)


def _party_before(field: str, on: dt.date) -> Combinable:
    """Membership of the party since the day of joining; of others, and of earlier days, nothing is known."""
    is_member = Q(political_status__in=PARTY_MEMBERS, joined_party_on__lte=on)
    return Case(When(is_member, then=_stored(field)), default=_UNKNOWN, output_field=_TEXT)


def _grassroots_before(_field: str, on: dt.date) -> Combinable:
    """The months of the marked lines up to the day, each once, where every line of the career has its first month."""
    lines = CareerEntry.objects.filter(person=OuterRef("pk"))
    until = on.year * MONTHS + on.month
    end = Least(Coalesce(_Month("ends_on"), Value(until)), Value(until))
    months = Greatest(end - _Month("grassroots_from"), Value(0), output_field=IntegerField())
    counted = (
        lines.filter(grassroots_from__lte=on).order_by().values("person").annotate(n=Sum(months)).values("n")
    )
    tenths = Coalesce(Subquery(counted), Value(0)) * 10 / MONTHS
    is_dated = Exists(lines) & ~Exists(lines.filter(starts_on=None))
    return Case(When(is_dated, then=_decimal(tenths)), default=_UNKNOWN, output_field=_TEXT)


@dataclass(frozen=True)
class PastRule:
    """Since when a field is known of days before the record was kept; `words` say it on pages."""

    fields: tuple[str, ...]
    before: Rule
    words: Promise


PAST_RULES = (
    PastRule(("unit_id",), _unit_before, _("简历中现任一段起始之日起；更早以当时一段所写单位为准")),
    PastRule(("rank",), _rank_before, _("任现职务层次之日起；更早以当时一段简历写明的层次为准")),
    PastRule(("grade_rank", "rank_since"), _rank_days_before, _("任现职务层次之日起")),
    PastRule(("post_title",), _post_before, _("简历中写有现任职务的一段起始之日起")),
    PastRule(
        ("education_code", "degree_level", "full_time_education", "on_job_education"),
        _education_before,
        _("简历中最后一段学习经历结束之日起；简历没有学习经历的，无从得知"),
    ),
    PastRule(("political_status",), _party_before, _("中共党员自入党之日起；其他政治面貌无从得知")),
    PastRule(
        ("grassroots_years",),
        _grassroots_before,
        _("按简历中基层经历各段的月份计算到当日；简历缺起始年月的，无从得知"),
    ),
    PastRule(
        ("category", "title_level", "is_reserve", "training_purpose"),
        _since_recorded,
        _("自入库之日起；更早无从得知"),
    ),
)
_RULES = {field: rule for rule in PAST_RULES for field in rule.fields}


def _changes(field: str) -> QuerySet[PersonChange]:
    return PersonChange.objects.filter(person=OuterRef("pk"), field=field)


def _last_new(field: str, on: dt.date, read: Callable[[str], Combinable] | None = None) -> Subquery:
    """What the change made last says that holds on the day already."""
    made = _changes(field).filter(since__lte=on).order_by("-pk")
    return Subquery(made.annotate(told=(read or _told(field))("new")).values("told")[:1])


def _first_old(field: str, on: dt.date, read: Callable[[str], Combinable] | None = None) -> Subquery:
    """What stood in the record before its first change, all of which are later."""
    made = _changes(field).filter(since__gt=on).order_by("pk")
    return Subquery(made.annotate(told=(read or _told(field))("old")).values("told")[:1])


def _held_since(field: str, on: dt.date) -> Q:
    """Whether the record says that the value before any change was held on the day already."""
    made = _changes(field).filter(since__gt=on).order_by("pk").values("old_since")[:1]
    return Q(LessThanOrEqual(Coalesce(Subquery(made), F("rank_since")), Value(on, output_field=DateField())))


def _known_when(condition: Any, field: str, on: dt.date, otherwise: Combinable = _UNKNOWN) -> Combinable:
    base = Coalesce(_first_old(field, on), _stored(field), output_field=_TEXT)
    return Case(When(condition, then=base), default=otherwise, output_field=_TEXT)


def _lines(on: dt.date) -> QuerySet[CareerEntry]:
    return CareerEntry.objects.filter(person=OuterRef("pk"), is_nested=False, starts_on__lte=on)


def _going_on(on: dt.date) -> QuerySet[CareerEntry]:
    return _lines(on).filter(ends_on=None)


def _line(on: dt.date, value: Combinable) -> Combinable:
    """Of the line that covers the day; a month that ends one line and begins the next belongs to the next."""
    covering = _lines(on).filter(Q(ends_on=None) | Q(ends_on__gte=on.replace(day=1)))
    latest = covering.order_by("-starts_on", "-position").annotate(told=value).values("told")[:1]
    return Coalesce(Subquery(latest), _UNKNOWN, output_field=_TEXT)


def _stored(field: str) -> Combinable:
    """Today's column as text: "" for a blank, 1 and 0 for true and false, one decimal."""
    column = Person._meta.get_field(field)  # noqa: SLF001 -- Django's documented name
    if isinstance(column, BooleanField):
        return Case(When(**{field: True}, then=Value("1")), default=Value("0"), output_field=_TEXT)
    if isinstance(column, DecimalField):
        return _decimal(_tenths(F(field)))
    return Coalesce(Cast(field, _TEXT), Value(""), output_field=_TEXT)


def _told(field: str) -> Callable[[str], Combinable]:
    """How a value kept of a field is read: as `_stored` writes it."""
    column = Person._meta.get_field(field)  # noqa: SLF001 -- as above
    if isinstance(column, BooleanField):
        return lambda name: Case(
            When(**{name: True}, then=Value("1")), default=Value("0"), output_field=_TEXT
        )
    if isinstance(column, DecimalField):
        return lambda name: _decimal(
            _tenths(Cast(_Scalar(name), DecimalField(max_digits=6, decimal_places=1)))
        )
    return lambda name: Coalesce(_Scalar(name), Value(""), output_field=_TEXT)


def _listed(name: str) -> Combinable:
    """A kept list of codes as `tags_on` writes it."""
    text: Combinable = Cast(name, _TEXT)
    for sign in '[]" ':
        text = Replace(text, Value(sign), Value(""), output_field=_TEXT)
    return text


def _tenths(number: Combinable) -> Combinable:
    return Cast(Round(number * 10), IntegerField())


def _decimal(tenths: Combinable) -> Combinable:
    """Whole tenths as a text with one decimal, alike on every database."""
    return Concat(Cast(tenths / 10, _TEXT), Value("."), Cast(tenths % 10, _TEXT), output_field=_TEXT)


class _Scalar(Func):
    """The text of a single value in a column of JSON."""

    output_field = CharField()
    template = "CAST(JSON_EXTRACT(%(expressions)s, '$') AS TEXT)"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s #>> '{}')", **context)


class _Month(Func):
    """The month of a day, counted from year 0."""

    output_field = IntegerField()
    template = "(CAST(SUBSTR(%(expressions)s, 1, 4) AS INTEGER) * 12 + CAST(SUBSTR(%(expressions)s, 6, 2) AS INTEGER))"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(EXTRACT(YEAR FROM %(expressions)s) * 12 + EXTRACT(MONTH FROM %(expressions)s))::integer"
        return self.as_sql(compiler, connection, template=template, **context)


class _Joined(Aggregate):
    """The values of a group, sorted, with commas between."""

    output_field = CharField()
    template = "GROUP_CONCAT(%(expressions)s, ',' ORDER BY %(expressions)s)"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "STRING_AGG(%(expressions)s, ',' ORDER BY %(expressions)s)"
        return self.as_sql(compiler, connection, template=template, **context)
