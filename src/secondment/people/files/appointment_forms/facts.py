"""What a form means: codes, months and numbers from its texts, with every doubt named."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from secondment.files import dates
from secondment.files.codes import ethnic_groups, political_status, sex
from secondment.files.codes.degrees import DegreeLevel, degree_level
from secondment.files.codes.education import Education, parse_education
from secondment.files.codes.kinship import Kinship
from secondment.files.codes.titles import TitleLevel, title_level
from secondment.files.dates import DateFault, Month
from secondment.files.faults import CellError, Fault, gettext_noop, in_chinese
from secondment.files.identity import IdentityNumber, parse_identity_number
from secondment.files.names import checked_name, clean_name
from secondment.files.problems import Problem
from secondment.people.files.appointment_forms.annual_grades import AnnualGrade, parse_annual_grades
from secondment.people.files.appointment_forms.career import Career, parse_career
from secondment.people.files.appointment_forms.family import UnknownKinshipError, kinship_of
from secondment.people.files.appointment_forms.form import AppointmentForm, FamilyMember
from secondment.people.files.appointment_forms.months import MonthError, parse_day_or_month, parse_month

_Value = TypeVar("_Value")
_SEPARATORS = re.compile(r"[;；,，、\s]+")
_SCHOOL = re.compile(r"大学|学院|学校|党校|中学|研究院|研究所|科学院")
_YOUNGEST_AT_WORK_MONTHS = 16 * 12
BIRTH_CONTRADICTS = in_chinese("与身份证号中的出生年月不一致", "请核对档案后确认")
SEX_CONTRADICTS = in_chinese("与身份证号中的性别不一致", "请核对档案后确认")


@dataclass(frozen=True)
class Relative:
    """A row of the family table with its class of kinship; None when the title is not understood."""

    member: FamilyMember
    name: str
    kinship: Kinship | None


@dataclass(frozen=True)
class FormFacts:
    """What could be read from a form; None is “not filled in” or, together with an error, “not understood”."""

    name: str
    sex: str | None
    born: dt.date | Month | None
    ethnic_group: str | None
    joined_party: Month | None
    parties: tuple[str, ...]
    started_work: Month | None
    full_time_education: Education | None
    full_time_degree: DegreeLevel | None
    full_time_school: str
    on_the_job_education: Education | None
    on_the_job_degree: DegreeLevel | None
    on_the_job_school: str
    title: TitleLevel | None
    identity: IdentityNumber | None
    career: Career
    annual_grades: tuple[AnnualGrade, ...]
    relatives: tuple[Relative, ...]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def facts_of(form: AppointmentForm, file: str) -> FormFacts:
    """Read a form's texts; errors are values that cannot be right, warnings are doubts a person may dismiss."""
    return _FactReader(file).facts(form)


class _FactReader:
    """Reads the texts of one form and gathers errors and warnings."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []

    def facts(self, form: AppointmentForm) -> FormFacts:
        if not form.name:
            self.errors.append(
                Problem(self.file, 0, "姓名", in_chinese("没有填写", "请填写{title}", title="姓名"))
            )
        sex_code = self._value("性别", form.sex, sex.code_of, self.errors)
        born = self._born(form.born)
        started_work = self._month("参加工作时间", form.started_work)
        identity = self._value("身份证号", form.identity_number, parse_identity_number, self.errors)
        joined_party, parties = self._parties(form.joined_party)
        career = parse_career(form.career, self.file)
        grades = parse_annual_grades(form.annual_grades, self.file)
        self.errors += career.errors
        self.warnings += [*career.warnings, *grades.problems]
        self._check_day("计算年龄时间", form.age_counted_on)
        self._compare(sex_code, born, started_work, identity)
        return FormFacts(
            name=self._name(form.name),
            sex=sex_code,
            born=born,
            ethnic_group=self._value("民族", form.ethnic_group, ethnic_groups.code_of, self.warnings),
            joined_party=joined_party,
            parties=parties,
            started_work=started_work,
            full_time_education=self._value(
                "全日制学历", form.full_time_education, parse_education, self.warnings
            ),
            full_time_degree=self._value("全日制学位", form.full_time_degree, degree_level, self.warnings),
            full_time_school=school_of(form.full_time_education_school, form.full_time_degree_school),
            on_the_job_education=self._value(
                "在职学历", form.on_the_job_education, parse_education, self.warnings
            ),
            on_the_job_degree=self._value("在职学位", form.on_the_job_degree, degree_level, self.warnings),
            on_the_job_school=school_of(form.on_the_job_education_school, form.on_the_job_degree_school),
            title=self._value("专业技术职务", form.professional_title, title_level, self.warnings),
            identity=identity,
            career=career,
            annual_grades=grades.grades,
            relatives=tuple(self._relative(member) for member in self._joined(form.family)),
            errors=tuple(self.errors),
            warnings=tuple(self.warnings),
        )

    def _value(
        self, column: str, text: str, read: Callable[[str], _Value], problems: list[Problem]
    ) -> _Value | None:
        if not text:
            return None
        try:
            return read(text)
        except CellError as error:
            problems.append(Problem(self.file, 0, column, error.fault))
            return None

    def _name(self, text: str) -> str:
        return self._value("姓名", text, checked_name, self.errors) or clean_name(text)

    def _day_or_month(self, column: str, text: str) -> dt.date | Month | None:
        return self._value(column, text, parse_day_or_month, self.errors)

    def _born(self, text: str) -> dt.date | Month | None:
        """The day of birth, or its month: programs write a month as its first day."""
        found = self._day_or_month("出生年月", text)
        return Month.of_day(found) if isinstance(found, dt.date) and found.day == 1 else found

    def _month(self, column: str, text: str) -> Month | None:
        """A month; that a day was given and is not kept is said."""
        found = self._day_or_month(column, text)
        if not isinstance(found, dt.date):
            return found
        if found.day > 1:
            self._warn(column, in_chinese("“{text}”只取到月", "不必处理", text=text))
        return Month.of_day(found)

    def _check_day(self, column: str, text: str) -> None:
        if text and isinstance(dates.parse_day_or_month(text), DateFault):
            self._warn(column, in_chinese("“{text}”不是年月日", "请写成20261123", text=text))

    def _parties(self, text: str) -> tuple[Month | None, tuple[str, ...]]:
        """Month of joining the party and codes of other parties: “200706；民盟”."""
        month: Month | None = None
        parties: list[str] = []
        for part in filter(None, _SEPARATORS.split(text)):
            if any(sign.isdigit() for sign in part):
                month = self._month("入党时间", part)
            elif code := self._value("入党时间", part, political_status.code_of, self.warnings):
                parties.append(code)
        return month, tuple(parties)

    def _joined(self, family: Iterable[FamilyMember]) -> list[FamilyMember]:
        """Rows of the table with a line that only goes on with the post above joined to that line."""
        rows: list[FamilyMember] = []
        for member in family:
            goes_on = member.unit_and_post and replace(member, unit_and_post="") == FamilyMember()
            if rows and goes_on:
                joined = rows[-1].unit_and_post + member.unit_and_post
                rows[-1] = replace(rows[-1], unit_and_post=joined)
                fault = in_chinese(
                    "“{text}”没有称谓和姓名，已接在上一行之后", "请核对", text=member.unit_and_post
                )
                self._warn("工作单位及职务", fault)
            else:
                rows.append(member)
        return rows

    def _relative(self, member: FamilyMember) -> Relative:
        kinship: Kinship | None = None
        try:
            kinship = kinship_of(member.relation)
        except UnknownKinshipError as error:
            remedy = gettext_noop("{fault_remedy}；未判断前资格审查会提示核实回避关系")
            self._warn("称谓", in_chinese("{fault}，照原样保留", remedy, fault=error.fault))
        self._check_month(f"{member.relation}出生年月", member.born)
        return Relative(member, clean_name(member.name), kinship)

    def _check_month(self, column: str, text: str) -> None:
        try:
            if text:
                parse_month(text)
        except MonthError as error:
            self._warn(column, in_chinese("{fault}，照原样保留", "请写成195803", fault=error.fault))

    def _compare(
        self,
        sex_code: str | None,
        born: dt.date | Month | None,
        started_work: Month | None,
        identity: IdentityNumber | None,
    ) -> None:
        """Warn where two facts of the form contradict each other."""
        month = Month.of_day(born) if isinstance(born, dt.date) else born
        if identity and born and born not in (identity.born_on, Month.of_day(identity.born_on)):
            self._warn("出生年月", BIRTH_CONTRADICTS)
        if identity and sex_code and identity.sex != sex_code:
            self._warn("性别", SEX_CONTRADICTS)
        if month and started_work and started_work.ordinal - month.ordinal < _YOUNGEST_AT_WORK_MONTHS:
            self._warn("参加工作时间", in_chinese("距出生不满16年", "请核对出生年月和参加工作时间"))

    def _warn(self, column: str, fault: Fault) -> None:
        self.warnings.append(Problem(self.file, 0, column, fault))


def school_of(education_row: str, degree_row: str) -> str:
    """The school of an education; a long name overflows into the row of the degree, which then names no school."""
    if degree_row and not _SCHOOL.search(degree_row):
        return education_row + degree_row
    return education_row or degree_row
