"""H12 剩余任职时间: the statutory retirement month does not fall into the term."""

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Case, Outcome, PersonFacts, each_person
from secondment.campaigns.eligibility_rules.rule import FIX_RECORD, Rule, Sentence


def look(facts: PersonFacts, case: Case) -> Outcome:
    """Someone who retires on the day after the last day of the term may be sent."""
    if facts.retires_on is None:
        return Outcome("unknown", is_met=None)
    values = {"retires": facts.retires_on, "until": case.term.last_day}
    return Outcome("retires", values, is_met=facts.retires_on >= case.term.ends_on)


RULE = Rule(
    code="H12",
    title=_("剩余任职时间"),
    help=_("法定退休时间不早于挂职期满。"),
    basis="本单位规定；全国人大常委会关于实施渐进式延迟法定退休年龄的决定",
    check=each_person(look),
    sentences={
        "retires": Sentence(
            _("法定退休时间 %(retires)s，挂职至 %(until)s"),
            _("请缩短期限或另推荐人选，或在集体研究时说明理由。"),
        ),
        "unknown": Sentence(_("出生日期或性别不能识别，无法计算退休时间"), FIX_RECORD),
    },
)
