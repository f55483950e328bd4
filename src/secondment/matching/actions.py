"""What actions on matching are called in the trail, and the names of the details of their events."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "host_choices.export": gettext_lazy("导出了接收单位意向"),
        "lock.clear": gettext_lazy("取消了锁定"),
        "lock.set": gettext_lazy("锁定或排除了人选"),
        "matching_run.export": gettext_lazy("导出了匹配计算的比较"),
        "matching_run.finish": gettext_lazy("完成了匹配计算"),
        "matching_run.start": gettext_lazy("开始了匹配计算"),
        "matching_run.stop": gettext_lazy("停止了匹配计算，采用当时最好的方案"),
        "proposal.ask_cost": gettext_lazy("计算了一项安排的精确代价"),
        "proposal.assign_person": gettext_lazy("安排了人选"),
        "proposal.certificate": gettext_lazy("下载了方案的最优性证明"),
        "proposal.choose": gettext_lazy("选定了方案"),
        "proposal.choose_principle": gettext_lazy("按原则选用了方案"),
        "proposal.copy": gettext_lazy("复制了方案"),
        "proposal.export": gettext_lazy("导出了方案"),
        "proposal.forbid_pair": gettext_lazy("排除了一项安排"),
        "proposal.print": gettext_lazy("打开了方案打印稿"),
        "proposal.rearrange": gettext_lazy("安排了人选并调整其余人选"),
        "proposal.stop_cost": gettext_lazy("停止了精确代价计算，采用当时的结果"),
        "proposal.swap_pair": gettext_lazy("对调了两名人选"),
        "proposal.unassign": gettext_lazy("调出了人选"),
        "proposal.undo": gettext_lazy("撤销了人工干预"),
        "side_rule.add": gettext_lazy("添加了附加规则"),
        "side_rule.change": gettext_lazy("修改了附加规则"),
        "side_rule.remove": gettext_lazy("删除了附加规则"),
    },
    details={
        "removed": gettext_lazy("调出"),
        "principle": gettext_lazy("安排原则"),
        "added": gettext_lazy("调入"),
        "score": gettext_lazy("匹配度变化"),
        "places": gettext_lazy("岗位变化"),
        "campaign_post": gettext_lazy("岗位编号"),
        "weights": gettext_lazy("权重"),
        "n_assigned": gettext_lazy("已安排人数"),
        "total_score": gettext_lazy("总匹配度"),
    },
)
