"""The posting of 优秀 as a Word document, in the layout of GB/T 9704."""

from collections.abc import Sequence

from secondment.assessments.models import Grade, GradeDecision
from secondment.common.workdays import WorkdaySpan
from secondment.documents.official import Annex, Letter, chinese_date
from secondment.units.official_names import office_of, place_and_title, seconded_to

LABELS = ("序号", "姓名", "派出单位及职务", "挂职单位及职务")
WIDTHS = (14.0, 24.0, 59.0, 59.0)


def posting_letter(decision: GradeDecision, grades: Sequence[Grade], span: WorkdaySpan) -> Letter:
    """Who is to be 优秀, from when to when it is posted, and by which decision."""
    year, n = decision.register.year, len(grades)
    first, last = chinese_date(span.starts_on), chinese_date(span.last_day)
    return Letter(
        title=f"关于{year}年度挂职干部考核优秀等次人员的公示",
        paragraphs=[
            f"根据{decision.meeting}决定（{decision.number}），拟确定{n}名挂职干部{year}年度考核为优秀等次，现予以公示（名单附后）。",
            f"公示时间：{first}至{last}（{span.n_workdays}个工作日）。",
            "公示期间，如有意见，可以向我单位反映。反映情况应实事求是、客观公正，对反映人予以保密。",
        ],
        signer=office_of(decision.register.owner_unit),
        signed_on=span.starts_on,
        annex=Annex(
            "拟确定为优秀等次人员名单", LABELS, [_line(at, one) for at, one in enumerate(grades, 1)], WIDTHS
        ),
    )


def _line(number: int, grade: Grade) -> list[str]:
    person, placement = grade.evaluation.person, grade.evaluation.placement
    return [
        str(number),
        person.name,
        place_and_title(placement.home_unit, person.post_title),
        seconded_to(placement.host_unit, placement.post.title),
    ]
