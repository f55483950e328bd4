"""The minutes of a meeting on grades as a Word document, in the layout of GB/T 9704."""

from collections import Counter
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import override

from secondment.assessments.models import Grade, GradeDecision
from secondment.assessments.table.choices import Standing
from secondment.assessments.table.rows import is_unlike
from secondment.documents.official import Annex, Letter, chinese_date
from secondment.files.codes.grades import word_of
from secondment.people.choices import Grade as GradeCode
from secondment.units.official_names import office_of

LABELS = ("序号", "姓名", "接收单位", "建议等次", "评定表意见", "决定等次", "与建议不同的理由")
WIDTHS = (10.0, 16.0, 28.0, 17.0, 26.0, 17.0, 42.0)
QUOTA_SENTENCE = "名额决定，不是测出的差别"


def grades_of(decision: GradeDecision) -> list[Grade]:
    """Everybody of a decision with what the minutes name."""
    return list(
        decision.grades.select_related(
            "evaluation__person", "evaluation__placement__host_unit", "evaluation__pool", "table"
        ).order_by("evaluation__pool", "evaluation__person__name_key", "pk")
    )


def minutes_letter(decision: GradeDecision, grades: Sequence[Grade]) -> Letter:
    """Who met, what was decided, what departs from the proposals and why, and where places and not figures decided."""
    with override(settings.LANGUAGE_CODE):
        year, day = decision.register.year, chinese_date(decision.decided_on)
        paragraphs = [
            f"{day}，{decision.meeting}研究{year}年度挂职干部考核等次（{decision.number}）。参加决定的人员：{decision.deciders}。",
            _summary(grades),
            *_unlike(grades),
            *_by_places(grades),
            "等次由会议集体研究决定，得分和评定表意见仅供参考（《党政领导干部考核工作条例》）。",
        ]
        return Letter(
            title=f"{year}年度挂职干部考核等次评定会议纪要",
            paragraphs=paragraphs,
            signer=office_of(decision.register.owner_unit),
            signed_on=decision.decided_on,
            annex=Annex(
                "考核等次评定情况表", LABELS, [_line(at, one) for at, one in enumerate(grades, 1)], WIDTHS
            ),
        )


def by_places(grades: Sequence[Grade]) -> list[Grade]:
    """Whom the meeting made 优秀 from the grey zone while it left others of the same zone and pool."""
    grey = [one for one in grades if one.standing == Standing.COMMITTEE]
    left = {one.evaluation.pool_id for one in grey if one.grade != GradeCode.EXCELLENT}
    return [one for one in grey if one.grade == GradeCode.EXCELLENT and one.evaluation.pool_id in left]


def _summary(grades: Sequence[Grade]) -> str:
    by_grade = sorted(grades, key=lambda one: GradeCode.values.index(one.grade))
    counts = Counter(_word(one, one.grade) for one in by_grade)
    parts = "，".join(f"{word}{n}人" for word, n in counts.items())
    return f"会议研究{len(grades)}人，决定：{parts}。"


def _unlike(grades: Sequence[Grade]) -> list[str]:
    found = [one for one in grades if is_unlike(one)]
    if not found:
        return ["决定与考核单位建议、评定表意见一致。"]
    lines = "；".join(
        f"{one.evaluation.person.name}，建议{_word(one, one.proposed)}，决定{_word(one, one.grade)}，理由：{one.reason}"
        for one in found
    )
    return [f"与考核单位建议或评定表意见不同的{len(found)}人：{lines}。"]


def _by_places(grades: Sequence[Grade]) -> list[str]:
    names = "、".join(one.evaluation.person.name for one in by_places(grades))
    if not names:
        return []
    return [f"{names}与未评为优秀的人员得分相近，测评不能区分，由会议评议后确定：{QUOTA_SENTENCE}。"]


def _line(number: int, grade: Grade) -> list[str]:
    return [
        str(number),
        grade.evaluation.person.name,
        grade.evaluation.placement.host_unit.name,
        _word(grade, grade.proposed),
        str(Standing(grade.standing).label) if grade.standing else "",
        _word(grade, grade.grade),
        grade.reason if is_unlike(grade) else "",
    ]


def _word(grade: Grade, code: str) -> str:
    return word_of(code, grade.evaluation.person.category) if code else "—"
