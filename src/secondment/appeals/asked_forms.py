"""What reviews and appeals ask of organisation departments and of secondees."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.appeals import forms
from secondment.obligations.register import AskedForm

ASKED_FORMS = [
    AskedForm(
        code="appeals.filing",
        label=_("复核、申诉申请"),
        role=Role.SECONDEE,
        readers=(Role.ORGANISATION_DEPARTMENT,),
        basis=_("《公务员法》第九十五条"),
        replaces=_("纸质复核、申诉申请书"),
        forms=(forms.FilingForm,),
        fields=1,
        characters=300,
        known=6,
        acts=("appeal.file",),
    ),
    AskedForm(
        code="appeals.outcome",
        label=_("复核、申诉决定"),
        role=Role.ORGANISATION_DEPARTMENT,
        readers=(Role.SECONDEE, Role.ORGANISATION_DEPARTMENT),
        basis=_("《公务员法》第九十六条"),
        replaces=_("纸质复核申诉登记簿和决定书底稿"),
        forms=(forms.OutcomeForm,),
        also=(forms.ExtensionForm, forms.ReceiptForm, forms.RecomputationForm, forms.ProofForm),
        known=8,
        acts=("appeal.decide",),
        reads=("appeal.receive", "appeal.export_letter"),
    ),
]
