"""What actions on task books are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "division_of_work.write": gettext_lazy("明确了分工和权限"),
        "recusal.declare_matters": gettext_lazy("申报了公务回避"),
        "recusal.declare_nothing": gettext_lazy("确认公务回避无需申报"),
        "recusal.read_facts": gettext_lazy("查看了公务回避的家庭情况"),
        "task.accepted": gettext_lazy("通过了任务验收"),
        "task.note_progress": gettext_lazy("填写了任务进展"),
        "task.refused": gettext_lazy("验收任务不通过"),
        "task.taken_back": gettext_lazy("撤销了任务验收"),
        "task_book.change": gettext_lazy("开始了任务书变更"),
        "task_book.drop": gettext_lazy("作废了任务书草稿"),
        "task_book.print_form": gettext_lazy("下载了目标任务书"),
        "task_book.recall": gettext_lazy("收回了任务书"),
        "task_book.return": gettext_lazy("退回了任务书"),
        "task_book.send": gettext_lazy("签署并送签了任务书"),
        "task_book.sign": gettext_lazy("签订了任务书"),
        "task_book.write": gettext_lazy("起草了任务书"),
        "task_books.export": gettext_lazy("导出了任务书名单"),
        "task_books.export_template": gettext_lazy("下载了任务书填报表"),
        "task_proposal.decline": gettext_lazy("未采纳任务建议"),
        "task_proposal.propose": gettext_lazy("提出了任务建议"),
        "task_proposal.take": gettext_lazy("采纳了任务建议"),
        "profiles.print": gettext_lazy("打印了挂职干部简介"),
    },
    details={"is_on_paper": gettext_lazy("纸质签署")},
)
