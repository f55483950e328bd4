"""What the steps before a decision ask."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.decision import forms, reply_forms
from secondment.obligations.register import AskedForm

ASKED_FORMS = [
    AskedForm(
        code="decision.reply",
        label=_("征求意见答复"),
        role=Role.HOST_UNIT,
        readers=(Role.ORGANISATION_DEPARTMENT,),
        basis=_("《公务员法》第七十二条"),
        replaces=_("纸质复函"),
        also=(reply_forms.RepliesForm, forms.HandlingForm),
        fields=1,
        characters=0,
        known=8,
        acts=("consultation.reply", "person_reply.give"),
        reads=("consultation.export", "consultation.handle_objection"),
    ),
    AskedForm(
        code="decision.decision",
        label=_("公示、谈话和集体决定"),
        role=Role.ORGANISATION_DEPARTMENT,
        readers=(Role.LEADER, Role.ORGANISATION_DEPARTMENT),
        basis=_("《公务员法》第七十二条"),
        replaces=_("会议材料和登记簿"),
        forms=(forms.MeetingForm,),
        also=(
            forms.ChangeForm,
            forms.ConclusionForm,
            forms.ConsultationForm,
            forms.CorrectionForm,
            forms.DecisionWithdrawalForm,
            forms.MinutesForm,
            forms.NotificationForm,
            forms.ObjectionForm,
            forms.ReasonForm,
            forms.TalksForm,
            forms.WithdrawalForm,
        ),
        characters=60,
        known=6,
        acts=("campaign.decide_campaign", "campaign.decide_urgently"),
        reads=("campaign.export_decision",),
    ),
]
