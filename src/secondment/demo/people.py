"""Invented officials whose age, study, career, rank and family agree with each other."""

import datetime as dt
import random
from dataclasses import dataclass

from secondment.demo.facts import CareerLine, DemoPerson, Education, Relative
from secondment.demo.identity import IdentityMaker
from secondment.demo.months import month_after
from secondment.demo.names import NameMaker
from secondment.demo.positions import Position, Workplace, earlier_posts, position, rank_at
from secondment.demo.regions import counties
from secondment.demo.study import study
from secondment.files.codes.specialties import SPECIALTIES
from secondment.people.choices import Ability, Grade, Willingness

AGE_AT_FIRST_JOB = {"doctor": 28, "master": 25, "bachelor": 22, "college": 21}
FULL_MEMBER, CROWD = "01", "13"
OTHER_PARTIES = ("05", "06", "07", "10")
SPOUSES_WORK = ("某中学教师", "某医院医师", "某公司职员", "某银行职员", "某设计院工程师", "自由职业")


@dataclass(frozen=True)
class Wanted:
    """What the caller fixes; the rest is drawn."""

    youngest: int = 27
    oldest: int = 44
    sex: str = ""
    level: str = ""
    is_member: bool | None = None
    willingness: str = ""


class PersonMaker:
    """Makes one person after the other from one source of chance."""

    def __init__(self, source: random.Random, as_of: dt.date) -> None:
        self.as_of = as_of
        self.names = NameMaker(source)
        self._random = source
        self._identities = IdentityMaker()
        self._n_made = 0

    def drawing_from(self, source: random.Random) -> "PersonMaker":
        """Another maker that draws its own chance and repeats nobody of this one."""
        other = PersonMaker(source, self.as_of)
        other.names = self.names.drawing_from(source)
        other._identities, other._n_made = self._identities, self._n_made
        return other

    def make(self, workplace: Workplace, wanted: Wanted = Wanted()) -> DemoPerson:
        """A person at `workplace`."""
        source = self._random
        sex = wanted.sex or ("2" if source.random() < 0.38 else "1")
        ethnicity = self.names.ethnic_group()
        level = wanted.level or source.choices(("doctor", "master", "bachelor", "college"), (5, 40, 53, 2))[0]
        born_on = self._born_on(max(wanted.youngest, AGE_AT_FIRST_JOB[level] + 2), wanted.oldest)
        age = self.as_of.year - born_on.year
        specialty = source.choice(workplace.specialties)
        education = study(source, specialty, level)
        started_work_on = dt.date(born_on.year + AGE_AT_FIRST_JOB[level], 7, 1)
        rank = rank_at(source, age, is_county=workplace.is_county)
        held = position(source, workplace, rank, age)
        grassroots_years = self._grassroots_years(workplace, started_work_on)
        career = self._career(workplace, held, education, started_work_on, grassroots_years)
        native = source.choice(counties()[:16] if source.random() < 0.45 else counties())
        is_member = source.random() < 0.93 if wanted.is_member is None else wanted.is_member
        name = self.names.name(sex, ethnicity)
        self._n_made += 1
        return DemoPerson(
            key=f"P{self._n_made:06d}",
            unit=workplace.key,
            name=name,
            sex=sex,
            born_on=born_on,
            identity_number=self._identities.number(born_on, sex),
            ethnicity=ethnicity,
            native_region=native.code,
            native_place=f"{native.province}{native.name}",
            growth_region=native.code,
            political_status=FULL_MEMBER if is_member else source.choice((*OTHER_PARTIES, CROWD, CROWD)),
            joined_party_on=dt.date(born_on.year + source.randint(20, 24), 6, 20) if is_member else None,
            started_work_on=started_work_on,
            category=held.category,
            post_title=held.post_title,
            rank=held.rank,
            grade_rank=held.grade_rank,
            rank_since=career[-1].starts_on,
            professional_title=held.professional_title,
            title_level=held.title_level,
            education=education,
            grassroots_years=grassroots_years,
            is_reserve=age <= 40 and source.random() < 0.25,
            willingness=wanted.willingness or self._willingness(),
            specialties=self._specialties(specialty),
            career=career,
            grades=self._grades(started_work_on),
            abilities=self._abilities(),
            family=self._family(name, sex, born_on),
        )

    def _born_on(self, youngest: int, oldest: int) -> dt.date:
        year = self.as_of.year - self._random.randint(youngest, max(youngest, oldest))
        return dt.date(year, self._random.randint(1, 12), self._random.randint(1, 28))

    def _willingness(self) -> str:
        return str(self._random.choices(list(Willingness), (6, 60, 30, 4))[0])

    def _specialties(self, first: str) -> tuple[str, ...]:
        if self._random.random() < 0.6:
            return (first,)
        others = [entry.code for entry in SPECIALTIES.entries if entry.code not in {first, "other"}]
        return (first, self._random.choice(others))

    def _grassroots_years(self, workplace: Workplace, started_work_on: dt.date) -> int:
        n_worked = self.as_of.year - started_work_on.year - 1
        if workplace.is_county:
            return max(0, min(n_worked, self._random.randint(3, 12)))
        return self._random.choice((0, 0, 0, 1, 2, 2, 3, 4)) if n_worked >= 4 else 0

    def _career(
        self, workplace: Workplace, held: Position, education: Education, start: dt.date, n_grassroots: int
    ) -> tuple[CareerLine, ...]:
        """Study, years at the grass roots first, then steps of two to five years to the present post."""
        n_years = {"博士研究生": 9, "硕士研究生": 7, "大学": 4}.get(education.full_time, 3)
        student = dt.date(start.year - n_years, 9, 1)
        lines = [CareerLine(student, start, f"{education.full_time_school}学习")]
        here = start
        if n_grassroots and not workplace.is_county:
            here = dt.date(start.year + n_grassroots, 7, 1)
            lines.append(
                CareerLine(start, here, "北京市基层单位工作（选调生，到村任职）", is_grassroots=True)
            )
        for word in earlier_posts(workplace, held.rank):
            until = dt.date(here.year + self._random.randint(2, 5), self._random.randint(1, 12), 1)
            if until >= month_after(self.as_of, -10):
                break
            lines.append(
                CareerLine(here, until, f"{workplace.name}{word}", is_grassroots=workplace.is_county)
            )
            here = until
        lines.append(CareerLine(here, None, held.post_title, is_grassroots=workplace.is_county))
        return tuple(lines)

    def _grades(self, start: dt.date) -> tuple[tuple[int, str], ...]:
        years = range(max(start.year + 1, self.as_of.year - 5), self.as_of.year)
        good = (Grade.EXCELLENT.value, Grade.COMPETENT.value)
        return tuple((year, self._random.choices(good, (20, 80))[0]) for year in years)

    def _abilities(self) -> tuple[tuple[str, int], ...]:
        level = self._random.gauss(76, 5)
        return tuple(
            (ability.value, max(45, min(98, round(self._random.gauss(level, 6))))) for ability in Ability
        )

    def _family(self, name: str, sex: str, born_on: dt.date) -> tuple[Relative, ...]:
        """Parents, and from 28 on most often a spouse and a child."""
        source = self._random
        members = []
        if self.as_of.year - born_on.year >= 28 and source.random() < 0.8:
            members += self._own_family(name, sex, born_on)
        for title, parent_sex, gap in (("父亲", "1", 27), ("母亲", "2", 25)):
            born = f"{born_on.year - gap - source.randint(0, 4)}{source.randint(1, 12):02d}"
            work = source.choice(("退休工人", "退休教师", "务农", "退休干部"))
            parent = self.names.name(parent_sex, surname=surname_of(name) if parent_sex == "1" else "")
            members.append(Relative(title, "lineal", parent, born, work))
        return tuple(members)

    def _own_family(self, name: str, sex: str, born_on: dt.date) -> list[Relative]:
        source = self._random
        title, other = ("妻子", "2") if sex == "1" else ("丈夫", "1")
        born = f"{born_on.year + source.randint(-2, 3)}{source.randint(1, 12):02d}"
        status = source.choice(("中共党员", "群众"))
        spouse = Relative(title, "spouse", self.names.name(other), born, source.choice(SPOUSES_WORK), status)
        if source.random() < 0.3:
            return [spouse]
        child_sex = source.choice("12")
        year = min(self.as_of.year - 1, born_on.year + source.randint(27, 33))
        father = name if sex == "1" else spouse.name
        child = self.names.name(child_sex, surname=surname_of(father))
        kind = "儿子" if child_sex == "1" else "女儿"
        return [spouse, Relative(kind, "lineal", child, f"{year}05", "学生")]


def surname_of(name: str) -> str:
    """The first character, or none for names without a Chinese surname."""
    return "" if "·" in name else name[0]
