"""Work of the home unit for somebody who is released from it (rule H13): found in the words of a notice, said before sending."""

import re

from secondment.daily_work.content import Notice, RowFault, fault
from secondment.daily_work.parameters import own_work_rule
from secondment.files.faults import gettext_noop
from secondment.placements.choices import WorkMode
from secondment.placements.models import Placement

OFF, BLOCK = "off", "block"
HANDED_OUT = re.compile(
    r"(?<!不)(?<!不用)(?<!不必)(?<!无需)(?:(完成|承担|兼顾|兼任|兼管|继续|负责|参加|参与|协助|抽时间|回)[^，。；！\n]{0,10}(原单位|本单位|我单位|我们单位|单位)"
    r"[^，。；！\n]{0,12}(工作|任务|材料|项目|值班|会议|业务|报告|总结)"
    r"|回(原|本|我)?单位(上班|值班|办公|加班))"
)
"""A verb that hands something out, the home unit, and what is handed out, within one part of a sentence."""


def hands_out_own_work(words: str) -> bool:
    """Whether the words seem to hand out work of the home unit; a person decides whether they do."""
    return HANDED_OUT.search(words) is not None


def own_work_fault(placement: Placement, content: Notice) -> RowFault | None:
    """The warning with its rule; a reason lets it pass, unless the programme forbids it altogether."""
    mode = own_work_rule(placement)["mode"]
    if placement.work_mode != WorkMode.FULL or mode == OFF:
        return None
    if not hands_out_own_work(content.work_requirements):
        return None
    if mode == BLOCK:
        found = gettext_noop("本人全脱产挂职，工作进展要求中像是布置了原单位工作（规则 H13 不允许）")
        return fault("work_requirements", found, gettext_noop("请删去，原单位工作另行安排他人"))
    if content.home_work_reason:
        return None
    found = gettext_noop("本人全脱产挂职，工作进展要求中像是布置了原单位工作（规则 H13：派出单位不另派工作）")
    remedy = gettext_noop("请删去；确有必要，或并非原单位工作的，在网页上写明理由后继续")
    return fault("work_requirements", found, remedy)
