"""The decision about a review or an appeal as a Word document, in the layout of GB/T 9704."""

import datetime as dt

from secondment.appeals.choices import AppealKind, Outcome
from secondment.appeals.models import Appeal
from secondment.documents.official import Letter, chinese_date
from secondment.files.codes.grades import word_of
from secondment.units.official_names import office_of, place_and_title

WAYS = {
    AppealKind.REVIEW: "如不服本决定，可以自接到本决定之日起十五日内提出申诉。",
    AppealKind.APPEAL: "本决定自作出之日起生效。",
}


def decision_letter(appeal: Appeal, signed_on: dt.date) -> Letter:
    """What was asked, what was found, what was decided, and what the person may do about it."""
    evaluation = appeal.grade.evaluation
    person, placement = evaluation.person, evaluation.placement
    kind = "复核" if appeal.kind == AppealKind.REVIEW else "申诉"
    category = person.category
    word = word_of(appeal.grade.grade, category)
    asked = f"你于{chinese_date(appeal.filed_on)}对{evaluation.year}年度考核“{word}”等次提出{kind}。"
    return Letter(
        number=appeal.number,
        title=f"关于{person.name}同志年度考核结果的{kind}决定",
        addressee=f"{place_and_title(placement.home_unit, person.post_title)}{person.name}同志",
        paragraphs=[
            f"{asked}请求和理由：{appeal.text}",
            f"经审查：{appeal.outcome_reason}",
            f"现决定：{_decided(appeal, category)}",
            WAYS[AppealKind(appeal.kind)],
        ],
        signer=office_of(appeal.office),
        signed_on=signed_on,
    )


def _decided(appeal: Appeal, category: str) -> str:
    if appeal.outcome == Outcome.UPHELD:
        return "维持原考核结果。"
    if appeal.outcome == Outcome.REPEATED:
        return "撤销原考核结果，重新考核。"
    made = appeal.correction.grades.first() if appeal.correction else None
    word = word_of(made.grade, category) if made else ""
    return f"原考核结果更正为“{word}”等次，更正决定生效后执行。"
