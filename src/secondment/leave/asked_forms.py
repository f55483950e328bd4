"""What leave asks."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.leave import forms
from secondment.obligations.register import AskedForm

ASKED_FORMS = [
    AskedForm(
        code="leave.request",
        label=_("请假"),
        role=Role.SECONDEE,
        readers=(
            Role.HOST_UNIT,
            Role.ORGANISATION_DEPARTMENT,
        ),
        basis=_("请假审批权限由挂职项目规定"),
        replaces=_("纸质请假单、短信和电话报备"),
        forms=(forms.LeaveForm,),
        also=(forms.WordsForm,),
        fields=5,
        characters=10,
        known=4,
        acts=("leave_request.ask",),
        reads=("leave_request.grant", "leave_request.refuse", "leave_request.print", "leave.export"),
    ),
    AskedForm(
        code="leave.return",
        label=_("销假"),
        role=Role.SECONDEE,
        readers=(
            Role.HOST_UNIT,
            Role.ORGANISATION_DEPARTMENT,
        ),
        basis=_("请假审批权限由挂职项目规定"),
        replaces=_("纸质销假单"),
        forms=(forms.ReturnForm,),
        acts=("leave_request.return",),
    ),
    AskedForm(
        code="leave.decision",
        label=_("请假审批"),
        role=Role.HOST_UNIT,
        readers=(
            Role.SECONDEE,
            Role.ORGANISATION_DEPARTMENT,
        ),
        basis=_("请假审批权限由挂职项目规定"),
        replaces=_("在纸质请假单上签批"),
        forms=(forms.DecideForm,),
        also=(forms.StandInForm, forms.ReviewForm),
        fields=1,
        characters=0,
        known=8,
        acts=("leave_request.grant", "leave_request.refuse"),
    ),
]
