"""Decisions about reviews and appeals as offices record them."""

import datetime as dt

from secondment.appeals.choices import Outcome
from secondment.appeals.models import Appeal
from secondment.appeals.services import Verdict, decide_appeal
from tests.appeals.conftest import Case
from tests.makers import AT


def decide(case: Case, appeal: Appeal, *, on: dt.date, by=None, **more) -> Appeal:
    """A third account of the department records what two others decided."""
    values = {
        "outcome": Outcome.UPHELD,
        "reason": "经复算，结果无误。",
        "deciders": "陈示例、孙示例",
        "number": "示组复〔2026〕1号",
        "decided_on": on,
        **more,
    }
    return decide_appeal(appeal, Verdict(**values), by=by or case.third, on=on, at=AT)
