"""What yearly assessments ask of both units, of organisation departments and of secondees."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.assessments import forms
from secondment.assessments.composite.forms import QuantityCorrectionForm, QuantityForm, StatementForm
from secondment.assessments.interim import forms as interim_forms
from secondment.assessments.table.forms import ComparisonForm, HoldForm
from secondment.obligations.register import AskedForm

ASKED_FORMS = [
    AskedForm(
        code="assessments.summary",
        label=_("年度个人总结"),
        role=Role.SECONDEE,
        readers=(
            Role.HOST_UNIT,
            Role.HOME_UNIT,
            Role.ORGANISATION_DEPARTMENT,
        ),
        basis=_("《公务员考核规定》第二十六条第二款"),
        replaces=_("纸质年度总结、季度小结、期满总结"),
        forms=(forms.SummaryForm,),
        characters=500,
        known=6,
        duties=("year_summary", "self_appraisal"),
        acts=("summary.write",),
        reads=("summary.read", "summary.print", "summary.export"),
    ),
    AskedForm(
        code="assessments.opinion",
        label=_("年度考核意见"),
        role=Role.HOST_UNIT,
        readers=(
            Role.ORGANISATION_DEPARTMENT,
            Role.LEADER,
        ),
        basis=_("《公务员考核规定》第二十六条第二款"),
        replaces=_("纸质考核意见、汇总表反复报送"),
        forms=(forms.OpinionForm,),
        also=(forms.SideForm,),
        known=8,
        acts=("assessment.give_opinion",),
        reads=("assessment.print_form", "assessment.export", "assessment.record_decision"),
    ),
    AskedForm(
        code="assessments.routine",
        label=_("平时考核"),
        role=Role.HOST_UNIT,
        readers=(
            Role.HOME_UNIT,
            Role.ORGANISATION_DEPARTMENT,
            Role.LEADER,
        ),
        basis=_("《公务员平时考核办法（试行）》"),
        replaces=_("纸质季度小结、平时考核表"),
        forms=(interim_forms.RoutineForm,),
        fields=1,
        characters=0,
        known=5,
        is_shared=True,
        duties=("assessments.routine",),
        acts=("assessment.give_routine",),
        reads=("assessment.export_routine", "assessment.print_form"),
    ),
    AskedForm(
        code="assessments.midterm",
        label=_("中期评估"),
        role=Role.HOST_UNIT,
        readers=(
            Role.HOME_UNIT,
            Role.ORGANISATION_DEPARTMENT,
            Role.LEADER,
        ),
        basis=_("挂职项目设定的周期"),
        replaces=_("纸质中期考核材料"),
        forms=(interim_forms.MidtermForm,),
        known=5,
        duties=("assessments.midterm",),
        acts=("assessment.give_midterm",),
        reads=("assessment.export_midterm",),
    ),
    AskedForm(
        code="assessments.special",
        label=_("专项考核"),
        role=Role.ORGANISATION_DEPARTMENT,
        readers=(
            Role.ORGANISATION_DEPARTMENT,
            Role.LEADER,
        ),
        basis=_("《公务员考核规定》"),
        replaces=_("纸质专项考核方案和报告"),
        forms=(interim_forms.SpecialForm,),
        acts=("assessment.order_special",),
        reads=("assessment.export_special",),
    ),
    AskedForm(
        code="assessments.decision",
        label=_("年度考核组织与等次决定"),
        role=Role.ORGANISATION_DEPARTMENT,
        readers=(
            Role.ORGANISATION_DEPARTMENT,
            Role.LEADER,
            Role.SECONDEE,
        ),
        basis=_("《公务员考核规定》第二十条"),
        replaces=_("纸质名册和会议材料"),
        forms=(forms.RegisterForm, forms.MeetingForm),
        also=(
            forms.BasisForm,
            forms.CorrectionForm,
            forms.GradeForm,
            forms.PoolForm,
            forms.PostingForm,
            forms.ReasonForm,
            forms.SettleForm,
            ComparisonForm,
            HoldForm,
        ),
        known=6,
        acts=("assessment.record_decision",),
        reads=("assessment.receive", "assessment.export_letter"),
    ),
    AskedForm(
        code="assessments.quantities",
        label=_("量化指标、门槛和否决事项"),
        role=Role.ORGANISATION_DEPARTMENT,
        readers=(Role.ORGANISATION_DEPARTMENT, Role.LEADER),
        basis=_("《党政领导干部考核工作条例》"),
        replaces=_("量化考核打分表、否决事项征求意见表"),
        forms=(QuantityForm, StatementForm),
        also=(QuantityCorrectionForm,),
        known=6,
        acts=("assessment.record_quantity", "assessment.state_fact"),
        reads=("assessment.record_decision", "assessment.export_quantities"),
    ),
]
