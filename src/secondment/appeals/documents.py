"""The result in writing, and the decision about a review or an appeal, as Word documents in the layout of GB/T 9704."""

import datetime as dt

from django.conf import settings
from django.utils.translation import override

from secondment.appeals import telling
from secondment.appeals.choices import AppealKind, Outcome
from secondment.appeals.explained import Explained
from secondment.appeals.models import Appeal
from secondment.assessments.models import Grade
from secondment.documents.official import Annex, Letter, chinese_date
from secondment.files.codes.grades import word_of
from secondment.units.official_names import office_of, place_and_title, seconded_to

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


def result_notice(grade: Grade, explained: Explained | None) -> Letter:
    """The result in writing, with the working shown as an annex; in Chinese, whoever makes it."""
    with override(settings.LANGUAGE_CODE):
        return _notice(grade, explained)


def _notice(grade: Grade, explained: Explained | None) -> Letter:
    evaluation, decision = grade.evaluation, grade.decision
    person, placement = evaluation.person, evaluation.placement
    word = word_of(grade.grade, person.category)
    post, day = seconded_to(placement.host_unit, placement.post.title), chinese_date(decision.decided_on)
    paragraphs = [
        f"你{evaluation.year}年度考核（挂任{post}）结果为“{word}”等次。",
        f"由{decision.meeting}于{day}研究决定（{decision.number}）。现书面告知。",
        "如对结果不服，可以自签收本告知书之日起三十日内申请复核，对复核结果仍不服的十五日内提出申诉；也可以不经复核，三十日内直接提出申诉。",
    ]
    if explained is not None:
        paragraphs += ["测评情况和得分过程如下，明细附后。", *telling.sentences(explained)]
    return Letter(
        title=f"{evaluation.year}年度考核结果告知书",
        addressee=f"{person.name}同志",
        paragraphs=[*paragraphs, "本人签收：　　　　　　　　年　　月　　日"],
        signer=office_of(decision.register.owner_unit),
        signed_on=decision.in_force_on or decision.decided_on,
        annex=_annex(explained) if explained is not None else None,
    )


def _annex(explained: Explained) -> Annex:
    rows = [
        ["评议主体", one.group, str(one.n), one.unknown, one.score, one.weight]
        for one in telling.group_lines(explained)
    ]
    rows += [["指标", one.title, "", "", "", f"{one.weight}%"] for one in explained.indicators if one.weight]
    rows += [["算法", one.rule, "", "", one.score, one.band] for one in telling.rule_lines(explained)]
    labels = ("类别", "名称", "票数", "不了解", "平均分", "权重或参考分数段")
    return Annex("测评得分过程", labels, rows, (20.0, 62.0, 16.0, 18.0, 18.0, 22.0))
