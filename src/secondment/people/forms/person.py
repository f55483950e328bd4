"""The form of a person in parts; each part is a separate page, so that it fits a phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.models import modelform_factory
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.common.days import DayField, MonthField
from secondment.common.file_faults import told_whole
from secondment.files.codes.civil_grades import CIVIL_GRADES
from secondment.files.codes.code_list import UnknownCodeError
from secondment.files.codes.degrees import degree_level
from secondment.files.codes.education import parse_education
from secondment.files.codes.ethnic_groups import ETHNIC_GROUPS
from secondment.files.codes.political_status import POLITICAL_STATUS
from secondment.files.codes.specialties import SPECIALTIES
from secondment.files.codes.titles import title_level
from secondment.files.identity import IdentityNumberError, parse_identity_number
from secondment.people.choices import CHOSEN_STATES
from secondment.people.derived import before_birth
from secondment.people.errors import PHOTO_FAULTS, PhotoError
from secondment.people.files.appointment_forms.pictures import MOST_BYTES, PictureFault
from secondment.people.forms.fields import NameField, RegionField, kept_day
from secondment.people.forms.rows import RowFormSet
from secondment.people.labels import (
    LEADING_RANKS,
    choices_of,
    ethnicity_label,
    grade_label,
    political_label,
    specialty_label,
)
from secondment.people.models import Person
from secondment.people.queries import clerk_units
from secondment.people.rules import writable_at
from secondment.people.sections import (
    EMERGENCY_CONTACT,
    HOME,
    Section,
    section_of,
    sections_of_names,
    written_by,
)
from secondment.people.services.changes import PersonChanges
from secondment.people.services.photos import cleaned_photo

NOTHING = [("", "—")]


@dataclass(frozen=True)
class Part:
    """One page of the form: columns of the person, extra fields, and kinds of rows."""

    title: Promise
    fields: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()

    @property
    def sections(self) -> frozenset[Section]:
        """The sections this page writes."""
        return sections_of_names((*self.fields, *self.extras, *self.rows))


PARTS: dict[str, Part] = {
    "basics": Part(
        _("基本情况"),
        (
            *("unit", "state", "name", "sex", "born_on", "phone", "ethnicity", "native_place", "birth_place"),
            *(
                "native_region",
                "growth_region",
                "political_status",
                "joined_party_on",
                "started_work_on",
                "health",
            ),
        ),
        ("identity", "photo_file", "health_notes"),
    ),
    "emergency": Part(_("紧急联系人"), EMERGENCY_CONTACT),
    "post": Part(
        _("职务与意愿"),
        (
            *(
                "category",
                "occupation",
                "post_title",
                "rank",
                "grade_rank",
                "rank_since",
                "professional_title",
            ),
            *("is_reserve", "is_under_investigation", "willingness", "training_purpose", "constraints_text"),
        ),
    ),
    "education": Part(
        _("学历与专长"),
        (
            *("full_time_education", "full_time_degree", "full_time_school", "full_time_degree_school"),
            *("on_job_education", "on_job_degree", "on_job_school", "on_job_degree_school"),
            *("specialty_text", "languages"),
        ),
        ("specialties",),
    ),
    "career": Part(_("简历"), ("grassroots_years",), rows=("career",)),
    "assessment": Part(_("考核奖惩"), ("rewards_text",), rows=("annual_grades", "penalties")),
    "family": Part(_("家庭与回避"), rows=("family", "firms")),
}
# of somebody who came in by a list of people in post; whoever is entered by hand has both
UNKNOWN_OF_SOME = frozenset({"sex", "born_on"})
_MONTHS = ("joined_party_on", "started_work_on", "rank_since")
_READERS = {
    "full_time_education": parse_education,
    "on_job_education": parse_education,
    "full_time_degree": degree_level,
    "on_job_degree": degree_level,
    "professional_title": title_level,
}


class PersonPartForm(forms.ModelForm[Person]):
    """Base of every part; fields that a part does not name are dropped."""

    identity = forms.CharField(label=_("身份证号"), max_length=30, required=False)
    photo_file = forms.FileField(
        label=_("照片"),
        required=False,
        help_text=_(
            "JPG、PNG、GIF 或 BMP，不超过 5 MB，不选则保持不变；照片中的拍摄地点、设备等信息不保存。"
        ),
    )
    health_notes = forms.CharField(
        label=_("健康备注"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("加密保存，仅组织部门可查看；空白则保持不变。"),
    )
    specialties = forms.MultipleChoiceField(
        label=_("专业领域"),
        choices=choices_of(SPECIALTIES, specialty_label),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("可选多个，用于队伍分析和人岗匹配。"),
    )

    def __init__(self, *args: Any, user: User, extras: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        writable = writable_of(user, self.instance)
        for name in ("identity", "photo_file", "health_notes", "specialties"):
            if name not in extras:
                del self.fields[name]
        for name in [name for name in self.fields if section_of(name) not in writable]:
            del self.fields[name]
        for name in UNKNOWN_OF_SOME & self.fields.keys():
            self.fields[name].required = self.instance.pk is None or bool(getattr(self.instance, name))
        if "unit" in self.fields:
            self.fields["unit"].queryset = clerk_units(user)  # type: ignore[attr-defined]  # a model choice
        if "identity" in self.fields and self.instance.identity_masked:
            self.fields["identity"].help_text = _("已登记 %(masked)s；空白则保持不变。") % {
                "masked": self.instance.identity_masked
            }
        if "specialties" in self.fields and self.instance.pk:
            self.initial["specialties"] = [row.tag for row in self.instance.specialties.all()]

    def clean_identity(self) -> str:
        """A sound number, or nothing."""
        text: str = self.cleaned_data["identity"]
        if not text:
            return ""
        try:
            return parse_identity_number(text).text
        except IdentityNumberError as error:
            raise forms.ValidationError(told_whole(error.fault)) from error

    def clean_photo_file(self) -> bytes:
        """The picture alone, without place, device and time; refused by size before it is read."""
        upload = self.cleaned_data["photo_file"]
        if not upload:
            return b""
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(PHOTO_FAULTS[PictureFault.TOO_LARGE])
        try:
            return cleaned_photo(upload.read(), upload.name)
        except PhotoError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Texts from which codes follow must be understood."""
        data = super().clean() or self.cleaned_data
        for name, read in _READERS.items():
            if text := data.get(name):
                try:
                    read(text)
                except UnknownCodeError as error:
                    self.add_error(name, told_whole(error.fault))
        for name in before_birth(data.get("born_on", self.instance.born_on), data):
            self.add_error(name, _("早于出生年月。请核对这一日期和出生年月。"))
        return data

    def _post_clean(self) -> None:
        """The instance stays as it is: services change a locked row, not this copy."""

    def changes(self, known: Person | None, formsets: Mapping[str, RowFormSet]) -> PersonChanges:
        """What was filled in, as changes for the services."""
        columns = {
            name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data
        }
        for name in _MONTHS:
            if known is not None and name in columns:
                columns[name] = kept_day(getattr(known, name), columns[name])
        rows: dict[str, Any] = {kind: formset.rows() for kind, formset in formsets.items()}
        if "specialties" in self.cleaned_data:
            rows["specialties"] = [{"tag": tag} for tag in sorted(self.cleaned_data["specialties"])]
        return PersonChanges(
            columns,
            rows,
            identity=self.cleaned_data.get("identity") or None,
            health_notes=self.cleaned_data.get("health_notes") or None,
            photo=self.cleaned_data.get("photo_file", b""),
        )


def writable_of(user: User, person: Person) -> frozenset[Section]:
    """What the account may write of a person; of a new one, what every clerk may."""
    return writable_at(user, person.unit.path) if person.pk else written_by(HOME)


_CHOICES = {
    "ethnicity": choices_of(ETHNIC_GROUPS, ethnicity_label),
    "political_status": choices_of(POLITICAL_STATUS, political_label),
    "rank": LEADING_RANKS,
    "grade_rank": [(entry.label, lazy(grade_label, str)(entry.label)) for entry in CIVIL_GRADES.entries],
}


def _field(column: Any, **kwargs: Any) -> forms.Field | None:
    """Code lists as selects, months as months, regions by name."""
    label, is_required = column.verbose_name, not column.blank
    if column.name == "state":
        return forms.ChoiceField(label=label, choices=CHOSEN_STATES)
    if column.name == "name":
        return NameField(label=label, max_length=column.max_length)
    if column.name in _CHOICES:
        return forms.ChoiceField(label=label, choices=[*NOTHING, *_CHOICES[column.name]], required=False)
    if column.name in _MONTHS:
        return MonthField(label=label, required=is_required)
    if column.name == "born_on":
        return DayField(label=label, help_text=_("以档案认定的日期为准；只知年月时填当月1日。"))
    if column.name in ("native_region", "growth_region"):
        return RegionField(label=label, required=False, help_text=_("区划代码或全称，用于地域回避。"))
    field: forms.Field | None = column.formfield(**kwargs)
    return field


def part_form(part: Part, person: Person, user: User, data: Any, files: Any) -> PersonPartForm:
    """The form of one part for one person."""
    made: Any = modelform_factory(Person, PersonPartForm, fields=list(part.fields), formfield_callback=_field)
    form: PersonPartForm = made(data, files, instance=person, user=user, extras=part.extras)
    return form
