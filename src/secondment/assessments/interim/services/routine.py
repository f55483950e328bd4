"""Grade a quarter: one line a person, all of a page or none."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.choices import DecisionState
from secondment.assessments.interim.choices import BELOW, RoutineGradeCode, RoutineSource
from secondment.assessments.interim.duties import ROUTINE, ROUTINE_RHYTHM
from secondment.assessments.interim.errors import RoutineError
from secondment.assessments.interim.models import WORDS_LENGTH, RoutineGrade
from secondment.assessments.interim.routine import is_asked
from secondment.assessments.interim.rules import grading_source
from secondment.assessments.models import Grade
from secondment.assessments.services.rechecking import recheck_of
from secondment.audit.services import record
from secondment.common.errors import StaleObjectError, require
from secondment.common.file_faults import told_whole
from secondment.common.sentences import joined_sentences, labelled
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.obligations.periods import QUARTER, Period, period_ending
from secondment.obligations.services import bring_up_to_date
from secondment.placements.duties import term_of
from secondment.placements.models import Placement
from secondment.placements.queries import with_names

READY_DAYS = 7  # so many days before its end a quarter can be graded
MOST_SAID = 5


@dataclass(frozen=True)
class RoutineLine:
    """A line of the page: whom, which grade, and why in a few words; `seen` is the record that the clerk had (0: none)."""

    placement: Placement
    grade: str
    words: str = ""
    seen: int | None = None


@transaction.atomic
def give_routine_grades(
    lines: Sequence[RoutineLine],
    ends_on: dt.date,
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
    is_of_workbook: bool = False,
) -> int:
    """Grade the quarter that ends so; returns how many lines were new or different. Raises `RoutineError`."""
    if not lines:
        raise RoutineError(_("没有可以报送的内容。请至少评定一人。"))
    quarter = period_ending(ends_on, QUARTER)
    if quarter is None:
        raise RoutineError(_("平时考核按季度评定，请核对期间。"))
    placements = _locked([one.placement.pk for one in lines])
    sources = {pk: grading_source(by, one) for pk, one in placements.items()}
    require(all(sources.values()), _("平时考核由接收单位评定，或由主办组织部门代填；本人不评定自己。"))
    standing = _standing(placements, ends_on)
    changed = [one for one in lines if not _is_known(one, standing.get(one.placement.pk))]
    _refuse_faults(changed, placements, quarter, on)
    for one in changed:
        source = RoutineSource.WORKBOOK if is_of_workbook else sources[one.placement.pk]
        _write(placements[one.placement.pk], one, quarter, standing, str(source), by=by, at=at)
    told_of = [placements[one.placement.pk] for one in changed]
    bring_up_to_date(on=on, duties=[ROUTINE], subjects=told_of)
    recheck_of([one.person_id for one in told_of])
    return len(changed)


def faults_of(
    line: RoutineLine, placement: Placement, quarter: Period, on: dt.date
) -> Iterator[tuple[str, Fault]]:
    """(Field, fault) of everything that is wrong with a line; page and workbook ask here."""
    term = term_of(placement)
    if not is_asked(placement):
        yield "", in_chinese(gettext_noop("所属项目未启用平时考核"), gettext_noop("不用评定"))
    elif term is None or not ROUTINE_RHYTHM.holds(quarter, term):
        yield "", in_chinese(gettext_noop("本季度在挂不足一半"), gettext_noop("不用评定"))
    elif on < min(quarter.ends_on - dt.timedelta(days=READY_DAYS), placement.last_day):
        yield "", in_chinese(gettext_noop("本季度还没有结束"), gettext_noop("请在季末一周内或季后评定"))
    if line.grade not in RoutineGradeCode.values:
        yield "grade", in_chinese(gettext_noop("没有选择等次"), gettext_noop("请选择等次"))
    if line.grade in BELOW and not line.words.strip():
        found = gettext_noop("评为一般、较差，没有写原因")
        yield "words", in_chinese(found, gettext_noop("请用几个字写明原因"))
    if (n := len(line.words.strip())) > WORDS_LENGTH:
        found, remedy = gettext_noop("简要说明有{n}个字"), gettext_noop("请缩短到{most}个字以内")
        yield "words", in_chinese(found, remedy, n=n, most=WORDS_LENGTH)


def _refuse_faults(
    lines: Sequence[RoutineLine], placements: dict[int, Placement], quarter: Period, on: dt.date
) -> None:
    decided = set(
        Grade.objects.filter(
            evaluation__placement__in=[one.placement.pk for one in lines],
            evaluation__year=quarter.last_day.year,
        )
        .exclude(decision__state=DecisionState.RETURNED)
        .values_list("evaluation__placement", flat=True)
    )
    closed = _("当年等次已登记决定，平时考核不再更改；确需更正的，请主办组织部门先退回决定")
    reasons = [
        labelled(placements[one.placement.pk].person.name, words)
        for one in lines
        for words in (
            *(
                told_whole(fault)
                for _field, fault in faults_of(one, placements[one.placement.pk], quarter, on)
            ),
            *([closed] if one.placement.pk in decided else []),
        )
    ]
    if reasons:
        words = labelled(_("有内容不能报送，一行也没有写入"), joined_sentences(reasons[:MOST_SAID]))
        raise RoutineError(words, reasons=reasons)


def _write(
    placement: Placement,
    line: RoutineLine,
    quarter: Period,
    standing: dict[int, RoutineGrade],
    source: str,
    *,
    by: User,
    at: dt.datetime,
) -> None:
    before = standing.get(placement.pk)
    if line.seen is not None and line.seen != (before.pk if before else 0):
        raise StaleObjectError(
            _("页面打开后，%(name)s的这一季度已由他人评定。请刷新页面，核对后再提交。")
            % {"name": placement.person.name}
        )
    if before is not None:
        before.is_current = False
        before.save(update_fields=["is_current"])
    row = RoutineGrade.objects.create(
        placement=placement,
        starts_on=quarter.starts_on,
        ends_on=quarter.ends_on,
        grade=line.grade,
        words=line.words.strip(),
        replaces=before,
        source=source,
        given_by=by,
        given_at=at,
    )
    action = "assessment.correct_routine" if before else "assessment.give_routine"
    record(action, row, by=by, at=at, details={"until": f"{quarter.last_day}", "to": row.grade})


def _is_known(line: RoutineLine, standing: RoutineGrade | None) -> bool:
    return standing is not None and (standing.grade, standing.words) == (line.grade, line.words.strip())


def _standing(placements: dict[int, Placement], ends_on: dt.date) -> dict[int, RoutineGrade]:
    rows = RoutineGrade.objects.filter(placement__in=placements, ends_on=ends_on, is_current=True)
    return {one.placement_id: one for one in rows}


def _locked(keys: Sequence[int]) -> dict[int, Placement]:
    list(Placement.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    return with_names(Placement.objects.filter(pk__in=keys)).select_related("person__account").in_bulk()
