"""What taking back a decision will do, in numbers and words, before anyone confirms it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.campaigns.choices import UNPUBLISHED
from secondment.campaigns.models import Campaign
from secondment.campaigns.queries import live_nominations
from secondment.common.sentences import listed
from secondment.decision.choices import AfterStep
from secondment.decision.models import Decision, PublicNotification
from secondment.decision.queries import owed_steps, posted_of
from secondment.decision.services.withdrawing import is_asked
from secondment.placements.choices import PlacementState
from secondment.placements.queries import decided_in


@dataclass(frozen=True)
class WithdrawalSummary:
    """How many people are sent no longer, what is owed no longer, who was told a result that holds no longer."""

    decision: Decision
    n_people: int
    steps: tuple[str, ...]
    n_told: int
    n_units: int
    posted: PublicNotification | None
    is_asked: bool

    @property
    def lines(self) -> list[str]:
        """Everything that follows, in words."""
        return [*self._people(), *self._results(), *self._before()]

    def _people(self) -> Iterator[str]:
        yield _("%(n)d 人的挂职随决定取消，状态为“已取消”，保留在挂职名册中；本人和岗位可以重新安排。") % {
            "n": self.n_people
        }
        if self.steps:
            yield _("应急决定留下的补办事项不再需要：%(steps)s。已办的保留记录。") % {
                "steps": listed(self.steps)
            }

    def _results(self) -> Iterator[str]:
        if not self.n_told:
            yield _("结果尚未公布，派出单位和本人看不到，不发送消息。")
            return
        yield _(
            "已公布的结果收回：%(n)d 名人选及其 %(units)d 个派出单位收到消息，此后只看到“决定已撤回，正在重新研究”，不再显示入选或未入选；"
            "重新公布后看到新的结果。"
        ) % {"n": self.n_told, "units": self.n_units}

    def _before(self) -> Iterator[str]:
        if self.posted:
            yield _("%(first)s 至 %(last)s 的公示随之撤回，重新决定前须重新公示，天数从头计算。") % {
                "first": self.posted.starts_on,
                "last": self.posted.last_day,
            }
        if self.is_asked:
            yield _("批次退回征求意见：各单位的答复、谈话和反映都保留，重新决定时逐项重新核对。")
        else:
            yield _("没有就现方案征求过意见，批次退回匹配：征求意见、公示和决定重新办理。")
        yield _(
            "第 %(version)d 次决定（%(number)s）及其明细、撤回的会议、日期和理由保留，组织部门和领导可以查看、打印。"
        ) % {
            "version": self.decision.version,
            "number": self.decision.number,
        }


def withdrawal_summary(decision: Decision) -> WithdrawalSummary:
    """Read all of it; the same few queries whatever the size of the campaign."""
    campaign = decision.campaign
    told = live_nominations(campaign).exclude(outcome__in=UNPUBLISHED)
    return WithdrawalSummary(
        decision=decision,
        n_people=decided_in(campaign).filter(state=PlacementState.DECIDED).count(),
        steps=_steps(campaign),
        n_told=told.count(),
        n_units=told.order_by().values("home_unit").distinct().count(),
        posted=posted_of(decision.proposal),
        is_asked=is_asked(decision.proposal),
    )


def _steps(campaign: Campaign) -> tuple[str, ...]:
    """What is still owed, in the order of the steps."""
    owed = owed_steps(campaign)
    return tuple(str(step.label) for step in AfterStep if step in owed)
