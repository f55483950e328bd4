"""The same person, born at another time: the life shifts with the birth."""

import datetime as dt
from dataclasses import replace

from secondment.demo.facts import CareerLine, DemoPerson
from secondment.demo.identity import identity_number

# Orders that the maker of ordinary people never reaches.
PLANTED_ORDER = 400


def born_at(person: DemoPerson, born_on: dt.date) -> DemoPerson:
    """`person` born on another day, with study, work and party shifted by as many years."""
    years = born_on.year - person.born_on.year
    career = tuple(
        CareerLine(
            _shift(line.starts_on, years),
            line.ends_on and _shift(line.ends_on, years),
            line.text,
            line.is_grassroots,
        )
        for line in person.career
    )
    return replace(
        person,
        born_on=born_on,
        identity_number=identity_number(born_on, person.sex, PLANTED_ORDER),
        started_work_on=_shift(person.started_work_on, years),
        joined_party_on=person.joined_party_on and _shift(person.joined_party_on, years),
        career=career,
        rank_since=career[-1].starts_on,
    )


def just_started(person: DemoPerson, since: dt.date) -> DemoPerson:
    """`person` as a beginner of 24 whose first job began on `since`."""
    young = born_at(person, dt.date(since.year - 24, 4, 9))
    study = CareerLine(dt.date(since.year - 6, 9, 1), since, f"{person.education.full_time_school}学习")
    return replace(
        young,
        started_work_on=since,
        career=(study, CareerLine(since, None, person.post_title)),
        rank_since=since,
        grassroots_years=0,
        grades=(),
        family=tuple(one for one in person.family if one.title in {"父亲", "母亲"}),
    )


def _shift(day: dt.date, years: int) -> dt.date:
    return day.replace(year=day.year + years)
