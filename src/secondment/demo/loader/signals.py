"""Early signs of the night before, and how far some of them have come: answered, shown, spoken to, closed."""

import datetime as dt
from collections.abc import Mapping

from secondment.accounts.models import User
from secondment.demo.work.planted import POSTS, Case
from secondment.signals.choices import AnswerKind
from secondment.signals.models import EarlySign
from secondment.signals.services import answer_sign, close_sign, look_tonight, show_sign, speak

ANSWERS = (
    (
        Case.ONLY_ASSISTS,
        "only_adviser",
        AnswerKind.MENDED,
        "已调整分工，下月起由本人分管产业发展，任务书随后变更。",
    ),
    (
        Case.ABSENT,
        "absent",
        AnswerKind.TO_TALK,
        "两次都超假近两周，镇里联系过，本人说家中老人病重，没有补假条。",
    ),
    (Case.NO_DIVISION, "only_adviser", AnswerKind.EXPLAINED, "班子刚调整，分工文件已起草，本周印发。"),
)
"""Whose first case, which sign, and what the office said."""
TOLD = "县委组织部干部当面告知，本人看了全部事实"
OWN_WORDS = "父亲手术，两次延期都打过电话，没有想到要补假条，愿意补齐。"
CLOSED = "情况正常，分工印发后不再提示。"


def load_signals(accounts: Mapping[str, User], *, on: dt.date, at: dt.datetime) -> None:
    """Raise what a look finds; the organisation department writes down what three offices said and goes on with them."""
    look_tonight(on=on, at=at)
    org = accounts["org"]
    for case, code, kind, words in ANSWERS:
        sign = EarlySign.objects.get(
            placement__post__code=POSTS[case][0], placement__state="in_post", code=code
        )
        answer_sign(sign, kind=kind, words=words, by=org, on=on, at=at)
        if kind == AnswerKind.TO_TALK:
            show_sign(sign, words=TOLD, by=org, on=on, at=at)
            speak(sign, words=OWN_WORDS, by=org, on=on, at=at)
        if kind == AnswerKind.EXPLAINED:
            close_sign(sign, words=CLOSED, by=org, on=on, at=at)
