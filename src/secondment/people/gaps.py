"""Which facts a person lacks that other pages rest on: the one list behind counts, the workbook and its import."""

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from secondment.files.codes.abilities import ABILITIES
from secondment.people.choices import Ability, PersonState
from secondment.people.models import AbilityValue, AnnualGrade, Person, Specialty

RATING = ("ability_source", "ability_on")
"""Asked for with any ability that is missing."""
_LACKING = "lacks_"


def _blank(*fields: str) -> Q:
    """All of these are blank."""
    return Q(**dict.fromkeys(fields, ""))


def _without(rows: QuerySet[AbilityValue] | QuerySet[AnnualGrade] | QuerySet[Specialty]) -> Q:
    return Q(~Exists(rows.filter(person=OuterRef("pk"))))


# Column of the roster → when it is missing. Each has a reader: eligibility, matching, the contact list or a form.
_MISSING: dict[str, Q] = {
    "sex": _blank("sex"),
    "born": Q(born_on=None),
    "identity_number": Q(identity_sealed=None),
    "phone": _blank("phone"),
    "ethnic_group": _blank("ethnicity"),
    "ancestral_home": _blank("native_place"),
    "political_status": _blank("political_status"),
    "started_work": Q(started_work_on=None),
    "current_post": _blank("post_title"),
    # whoever has a grade or a professional title need not have a rank
    "rank": _blank("rank", "grade_rank", "professional_title"),
    "education": _blank("education_code"),
    "specialties": _without(Specialty.objects.all()),
    "annual_grades": _blank("annual_text") & _without(AnnualGrade.objects.all()),
    "training_purpose": _blank("training_purpose"),
    **{f"ability_{code}": _without(AbilityValue.objects.filter(ability=code)) for code in ABILITIES.codes},
}
# Column → field of `Person` that names it on pages, where they are not of one name.
_FIELD = {
    "born": "born_on",
    "identity_number": "identity_masked",
    "ethnic_group": "ethnicity",
    "ancestral_home": "native_place",
    "started_work": "started_work_on",
    "current_post": "post_title",
    "education": "education_code",
}
_ROWS = {"specialties": Specialty, "annual_grades": AnnualGrade}


def gap_label(key: str) -> str:
    """What is missing, in the language of the page."""
    if key.startswith("ability_"):
        return str(Ability(key.removeprefix("ability_")).label)
    if key in _ROWS:
        return str(_ROWS[key]._meta.verbose_name)  # noqa: SLF001 -- Django's documented name
    return str(Person._meta.get_field(_FIELD.get(key, key)).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001 -- Django's documented name


def with_gaps(people: QuerySet[Person]) -> QuerySet[Person]:
    """People in service who lack something, each told what: `gaps_of` reads it."""
    flags = {
        _LACKING + key: Case(When(missing, then=Value(True)), default=False, output_field=BooleanField())
        for key, missing in _MISSING.items()
    }
    lacking = Q()
    for flag in flags:
        lacking |= Q(**{flag: True})
    return people.filter(state=PersonState.ACTIVE).annotate(**flags).filter(lacking)


def gaps_of(person: Person) -> frozenset[str]:
    """The columns that somebody of `with_gaps` lacks; with an ability go its source and day."""
    gaps = {key for key in _MISSING if getattr(person, _LACKING + key)}
    asks_rating = any(key.startswith("ability_") for key in gaps)
    return frozenset({*gaps, *(RATING if asks_rating else ())})


def count_gaps(lacking: QuerySet[Person]) -> dict[str, int]:
    """Of people of `with_gaps`: column → how many lack it, where anybody does."""
    counted = lacking.aggregate(**{key: Count("pk", filter=Q(**{_LACKING + key: True})) for key in _MISSING})
    return {key: n for key, n in counted.items() if n}
