"""Early signs: read by the office that is asked and the department in charge, decided on by the department."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.placements.choices import PlacementState
from secondment.signals.models import EarlySign
from tests.authorisation.matrix import Row
from tests.authorisation.world import Side

OWNER = frozenset({Role.ORGANISATION_DEPARTMENT})
OFFICES = OWNER | {Role.HOST_UNIT, Role.HOME_UNIT}


def sign(side: Side, **fields: object) -> EarlySign:
    """A question to the host unit about the one person of the side."""
    placement = side.placement
    placement.state = PlacementState.IN_POST
    placement.save()
    row = EarlySign(
        placement=placement,
        code="only_adviser",
        raised_on=dt.date(2026, 11, 20),
        expires_on=dt.date(2027, 5, 22),
        due_on=dt.date(2026, 12, 4),
        unit=side.host_unit,
        role=Role.HOST_UNIT,
        **fields,
    )
    row.save()
    return row


def asked(side: Side) -> dict[str, int]:
    return {"pk": sign(side).pk}


def answered(side: Side) -> dict[str, int]:
    row = sign(side, state="answered", answer_kind="explained", answered_on=dt.date(2026, 11, 23))
    row.set_answer("words")
    row.save()
    return {"pk": row.pk}


def shown(side: Side) -> dict[str, int]:
    row = sign(
        side, state="shown", shown_on=dt.date(2026, 11, 1), shown_words="told", own_on=dt.date(2026, 11, 2)
    )
    row.set_own_words("own")
    row.save()
    return {"pk": row.pk}


def words(_side: Side) -> dict[str, str]:
    return {"words": "当面说明"}


def use(_side: Side) -> dict[str, str]:
    return {"kind": "talk", "words": "谈话前了解"}


ROWS = {
    "signals:sign_list": Row(OFFICES),
    "signals:sign_kinds": Row(OFFICES),
    "signals:impact": Row(OWNER),
    "signals:thresholds": Row(OWNER),
    "signals:thresholds_try": Row(OWNER, method="post", data=lambda side: {"unit": side.root.pk}),
    "signals:sign_detail": Row(OWNER | {Role.HOST_UNIT}, asked),
    "signals:sign_answer": Row(
        OWNER | {Role.HOST_UNIT},
        asked,
        method="post",
        data=lambda _side: {"kind": "explained", "words": "分工已印发"},
    ),
    "signals:sign_speak": Row(frozenset({Role.SECONDEE}), shown, method="post", data=words),
    "signals:sign_show": Row(OWNER, answered, method="post", data=words),
    "signals:sign_use": Row(OWNER, shown, method="post", data=use),
    "signals:sign_close": Row(OWNER, answered, method="post", data=words),
}
