"""What rooms below the register ask: stamped copies; and requests outside of it."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.burden import forms
from secondment.documents import forms as document_forms
from secondment.obligations.register import AskedForm

ASKED_FORMS = [
    AskedForm(
        code="documents.paper",
        label=_("盖章件登记"),
        role=Role.ORGANISATION_DEPARTMENT,
        readers=(Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.HOST_UNIT),
        basis=_("各表格规定的盖章"),
        replaces=_("纸质归档登记簿"),
        forms=(document_forms.PlaceForm,),
        also=(document_forms.FilingForm, document_forms.LayoutForm, document_forms.ListUploadForm),
        known=4,
        acts=("paper.file",),
        reads=("paper.download", "paper.export"),
    ),
    AskedForm(
        code="burden.request",
        label=_("临时报送事项"),
        role=Role.ORGANISATION_DEPARTMENT,
        readers=(Role.HOST_UNIT, Role.HOME_UNIT),
        basis=_("《整治形式主义为基层减负若干规定》"),
        replaces=_("电话、微信群临时要材料"),
        forms=(forms.RequestForm,),
        also=(forms.AnswerForm, forms.BudgetForm, forms.LetThroughForm, forms.ReviewForm),
        characters=120,
        acts=("burden_request.issue",),
        reads=("burden_request.read",),
    ),
]
