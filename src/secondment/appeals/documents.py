"""The result in writing, and the decision about a review or an appeal, as Word documents in the layout of GB/T 9704."""

import datetime as dt

from django.conf import settings
from django.utils.translation import override

from secondment.appeals import comparing, telling, telling_parts
from secondment.appeals.choices import AppealKind, Outcome
from secondment.appeals.composites import Working, unpacked
from secondment.appeals.explained import Explained
from secondment.appeals.models import Appeal, Recomputation
from secondment.appeals.points import points
from secondment.assessments.models import Grade
from secondment.documents.official import Annex, Letter, chinese_date
from secondment.files.codes.grades import word_of
from secondment.standards.choices import IndicatorKind
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
            *(_corrected(one) for one in appeal.versions.order_by("number")),
            f"现决定：{_decided(appeal, category)}",
            WAYS[AppealKind(appeal.kind)],
        ],
        signer=office_of(appeal.office),
        signed_on=signed_on,
        annex=_compared(appeal),
    )


def _corrected(version: Recomputation) -> str:
    """What became of the figures."""
    before, after = unpacked(version.before), unpacked(version.after)
    words = f"重新计算：{version.reason}。更正后的得分为第{version.number}版（摘要{version.digest[:16]}），新旧对照附后，原结果仍可查阅"
    if before is not None and after is not None:
        words += f"；综合得分由{points(before.score) or '不可计算'}更正为{points(after.score) or '不可计算'}"
    return f"{words}。"


def _compared(appeal: Appeal) -> Annex | None:
    """Old and new beside each other, of every version that the decision rests on."""
    rows = [
        [f"第{version.number}版", one.title, one.old, one.new]
        for version in appeal.versions.order_by("number")
        for one in comparing.lines(version)
    ]
    return (
        Annex("得分新旧对照", ("版本", "项目", "原结果", "更正后"), rows, (18.0, 42.0, 48.0, 48.0))
        if rows
        else None
    )


def _decided(appeal: Appeal, category: str) -> str:
    if appeal.outcome == Outcome.UPHELD:
        return "维持原考核结果。"
    if appeal.outcome == Outcome.REPEATED:
        return "撤销原考核结果，重新考核。"
    made = appeal.correction.grades.first() if appeal.correction else None
    word = word_of(made.grade, category) if made else ""
    return f"原考核结果更正为“{word}”等次，更正决定生效后执行。"


def result_notice(grade: Grade, explained: Explained | None, working: Working | None) -> Letter:
    """The result in writing, with the working shown as an annex; in Chinese, whoever makes it."""
    with override(settings.LANGUAGE_CODE):
        return _notice(grade, explained, working)


def _notice(grade: Grade, explained: Explained | None, working: Working | None) -> Letter:
    evaluation, decision = grade.evaluation, grade.decision
    person, placement = evaluation.person, evaluation.placement
    word = word_of(grade.grade, person.category)
    post, day = seconded_to(placement.host_unit, placement.post.title), chinese_date(decision.decided_on)
    paragraphs = [
        f"你{evaluation.year}年度考核（挂任{post}）结果为“{word}”等次。",
        *([f"理由：{grade.told_reason.rstrip('。')}。"] if grade.told_reason else []),
        f"由{decision.meeting}于{day}研究决定（{decision.number}）。现书面告知。",
        "如对结果不服，可以自签收本告知书之日起三十日内申请复核，对复核结果仍不服的十五日内提出申诉；也可以不经复核，三十日内直接提出申诉。",
    ]
    told = telling.everything(explained, working)
    if explained is not None and explained.version is not None:
        paragraphs.append(_replaced(explained.version))
    if told:
        paragraphs += ["测评情况和得分过程如下，明细附后。", *told]
    return Letter(
        title=f"{evaluation.year}年度考核结果告知书",
        addressee=f"{person.name}同志",
        paragraphs=[*paragraphs, "本人签收：　　　　　　　　年　　月　　日"],
        signer=office_of(decision.register.owner_unit),
        signed_on=decision.in_force_on or decision.decided_on,
        annex=_annex(explained, working) if told else None,
    )


def _replaced(version: Recomputation) -> str:
    """Which version it is, and on what decision it rests."""
    appeal = version.appeal
    number = appeal.number if appeal else ""
    return f"得分已据{number}更正，本告知书所列为第{version.number}版（摘要{version.digest[:16]}），原结果仍可查阅。"


def _annex(explained: Explained | None, working: Working | None) -> Annex:
    """One table: groups, indicators, rules of votes, parts of the composite, gates."""
    rows = []
    if explained is not None:
        groups = telling.group_lines(explained)
        rows += [
            ["评议主体", one.group, f"{one.n}票，不了解{one.unknown}", one.score, one.weight]
            for one in groups
        ]
        rows += [["算法", one.rule, "", one.score, one.band] for one in telling.rule_lines(explained)]
        rows += [
            ["指标", one.title, "评议人评定", "", f"{one.weight}%"]
            for one in explained.indicators
            if one.kind == IndicatorKind.RATED
        ]
    if working is not None:
        rows += [
            [
                "综合得分",
                one.title,
                "；".join(filter(None, (one.value, one.rule, one.backing))),
                " ".join(filter(None, (one.score, one.error))),
                f"{one.weight}，计{one.adds}分" if one.adds else "",
            ]
            for one in telling_parts.part_lines(working)
        ]
        rows += [
            [one.kind, one.title, "；".join(filter(None, (one.answer, one.basis))), "", one.effect]
            for one in telling_parts.gate_lines(working)
        ]
    labels = ("类别", "名称", "票数，或实际值、计分规则和依据", "得分", "权重或影响")
    return Annex("得分过程", labels, rows, (20.0, 38.0, 54.0, 20.0, 24.0))
