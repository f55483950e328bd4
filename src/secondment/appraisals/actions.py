"""What acts of appraisals are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "appraisal.create": gettext_lazy("建立了民主测评"),
        "appraisal.change": gettext_lazy("修改了民主测评"),
        "appraisal.void": gettext_lazy("作废了民主测评"),
        "appraisal.ask_void": gettext_lazy("申请了作废民主测评"),
        "appraisal.decline_void": gettext_lazy("退回了作废民主测评的申请"),
        "appraisal.add_candidates": gettext_lazy("列入了测评对象"),
        "appraisal.remove_candidates": gettext_lazy("移出了测评对象"),
        "appraisal.propose_papers": gettext_lazy("生成了票种"),
        "appraisal.add_paper": gettext_lazy("增加了票种"),
        "appraisal.change_paper": gettext_lazy("修改了票种"),
        "appraisal.remove_paper": gettext_lazy("删除了票种"),
        "appraisal.ask_rosters": gettext_lazy("要求单位报送参评人员名单"),
        "appraisal.add_raters": gettext_lazy("加入了参评人员"),
        "appraisal.remove_raters": gettext_lazy("移出了参评人员"),
        "appraisal.hand_in_roster": gettext_lazy("报送了参评人员名单"),
        "appraisal.return_roster": gettext_lazy("退回了参评人员名单"),
        "appraisal.freeze": gettext_lazy("锁定名单并抽取了参评人员"),
        "appraisal.replace_rater": gettext_lazy("变动了参评人员"),
        "appraisal.set_team": gettext_lazy("登记了考核组成员"),
        "appraisal.mark": gettext_lazy("登记了考核组评分"),
        "appraisal.export": gettext_lazy("导出了民主测评清单"),
        "appraisal.export_candidates": gettext_lazy("导出了测评对象名单"),
        "appraisal.export_papers": gettext_lazy("导出了票种清单"),
        "appraisal.export_roster": gettext_lazy("导出了参评人员名单"),
        "appraisal.export_draw": gettext_lazy("下载了抽取记录"),
        "appraisal.export_marks": gettext_lazy("下载了考核组评分表"),
        "appraisal.export_rosters": gettext_lazy("下载了参评人员名单表"),
    },
    details={
        "deadline": gettext_lazy("期限"),
        "digest": gettext_lazy("名单摘要"),
        "namesakes": gettext_lazy("核实为不同人的同名人员"),
        "paper": gettext_lazy("票种"),
        "rater": gettext_lazy("考核组成员"),
        "seed": gettext_lazy("抽取种子"),
    },
)
