"""What talks, meetings and letters ask."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.obligations.register import AskedForm
from secondment.talks import forms, gathering_forms, suggestion_forms

ASKED_FORMS = [
    AskedForm(
        code="talks.talk",
        label=_("谈话登记"),
        role=Role.HOST_UNIT,
        readers=(
            Role.HOME_UNIT,
            Role.ORGANISATION_DEPARTMENT,
            Role.SECONDEE,
        ),
        basis=_("挂职项目设定的周期"),
        replaces=_("纸质谈话记录、签字和照片"),
        forms=(forms.TalkForm,),
        also=(forms.FollowUpForm, forms.WordsForm, forms.ClosingForm),
        fields=4,
        characters=8,
        known=4,
        duties=("talks.arrival", "talks.regular", "talks.middle", "talks.end", "talks.visit"),
        acts=("talk.record",),
    ),
    AskedForm(
        code="talks.suggestion",
        label=_("意见建议"),
        role=Role.SECONDEE,
        readers=(Role.ORGANISATION_DEPARTMENT,),
        basis=_("国办函〔2026〕12号：设置投诉建议功能"),
        replaces=_("纸质意见箱"),
        forms=(suggestion_forms.SuggestionForm,),
        also=(
            suggestion_forms.LetterForm,
            suggestion_forms.AnonymousForm,
            suggestion_forms.AnswerForm,
            suggestion_forms.CodeForm,
        ),
        acts=("suggestion.send",),
        reads=("suggestion.answer", "suggestion.export"),
    ),
    AskedForm(
        code="talks.gathering",
        label=_("培训座谈"),
        role=Role.ORGANISATION_DEPARTMENT,
        readers=(Role.SECONDEE, Role.HOST_UNIT, Role.HOME_UNIT),
        basis=_("挂职项目设定的周期"),
        replaces=_("会议通知、签到表、学习笔记"),
        forms=(gathering_forms.GatheringForm,),
        also=(
            gathering_forms.AttendanceForm,
            gathering_forms.CancelForm,
            gathering_forms.ChangeForm,
            gathering_forms.MaterialForm,
            gathering_forms.PlanForm,
        ),
        characters=40,
        known=4,
        acts=("gathering.plan",),
        reads=("gathering.download", "gathering.export", "gathering.export_people"),
    ),
]
