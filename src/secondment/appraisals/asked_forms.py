"""What democratic appraisals ask before and around the vote."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.appraisals import forms, vote_forms
from secondment.obligations.register import AskedForm

ASKED_FORMS = [
    AskedForm(
        code="appraisals.roster",
        label=_("参评人员名单"),
        role=Role.HOST_UNIT,
        readers=(Role.ORGANISATION_DEPARTMENT,),
        basis=_("《党政领导干部考核工作条例》"),
        replaces=_("纸质参评人员名册、签到表"),
        forms=(forms.RatersForm,),
        fields=1,
        characters=200,
        acts=("appraisal.add_raters", "appraisal.hand_in_roster"),
        reads=("appraisal.export_rosters", "appraisal.export_roster"),
    ),
    AskedForm(
        code="appraisals.appraisal",
        label=_("民主测评"),
        role=Role.ORGANISATION_DEPARTMENT,
        readers=(Role.LEADER, Role.HOST_UNIT, Role.HOME_UNIT),
        basis=_("《党政领导干部考核工作条例》"),
        replaces=_("纸质测评方案、抽签记录、评分表"),
        forms=(forms.AppraisalForm,),
        also=(
            forms.FreezeForm,
            forms.PaperForm,
            forms.ReplaceForm,
            forms.TeamForm,
            forms.VoidForm,
        ),
        characters=20,
        acts=("appraisal.create",),
        reads=("appraisal.export", "appraisal.export_candidates", "appraisal.export_papers"),
    ),
    AskedForm(
        code="appraisals.replacement",
        label=_("换发选票申请"),
        role=Role.ORGANISATION_DEPARTMENT,
        readers=(Role.ORGANISATION_DEPARTMENT, Role.AUDIT_ADMINISTRATOR),
        basis=_("选票换发须两人办理"),
        replaces=_("选票换发登记簿"),
        forms=(vote_forms.ReplacementForm,),
        acts=("ballot_paper.ask_replacement",),
    ),
    AskedForm(
        code="appraisals.paper_ballot",
        label=_("录入纸质票"),
        role=Role.ORGANISATION_DEPARTMENT,
        readers=(Role.ORGANISATION_DEPARTMENT,),
        basis=_("纸质票由两人独立录入"),
        replaces=_("手工唱票、计票"),
        forms=(vote_forms.PaperCodeForm,),
        acts=("appraisal.close_voting",),
    ),
]
