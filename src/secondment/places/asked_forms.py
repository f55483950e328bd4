"""What the page of a place asks; nothing of it is an obligation."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.obligations.register import AskedForm
from secondment.places import forms

ASKED_FORMS = [
    AskedForm(
        code="places.facts",
        label=_("挂职地情况"),
        role=Role.HOST_UNIT,
        readers=(
            Role.SECONDEE,
            Role.ORGANISATION_DEPARTMENT,
        ),
        basis=_("自愿填写，不催办"),
        replaces=_("纸质村情材料"),
        forms=(forms.SurveyForm, forms.ContactForm),
        also=(forms.TextsForm, forms.CategoryForm, forms.ExitForm, forms.OutcomeForm),
        acts=("place.write", "place.keep_file", "place.add_contact"),
        reads=("place.download", "places.export"),
    ),
    AskedForm(
        code="places.handover",
        label=_("压茬交接"),
        role=Role.HOST_UNIT,
        readers=(
            Role.SECONDEE,
            Role.ORGANISATION_DEPARTMENT,
        ),
        basis=_("挂职期满须交接"),
        replaces=_("纸质交接清单"),
        forms=(forms.HandoverForm,),
        also=(forms.PromiseForm,),
        known=3,
        acts=("handover.settle",),
    ),
]
