"""What files of people ask of home units and of people themselves."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.obligations.register import AskedForm
from secondment.people.forms import others, person, rows

ASKED_FORMS = [
    AskedForm(
        code="people.file",
        label=_("干部信息"),
        role=Role.HOME_UNIT,
        readers=(Role.ORGANISATION_DEPARTMENT,),
        basis=_("《公务员法》第七十二条"),
        replaces=_("重复填写的任免审批表、名册"),
        forms=(),
        also=(
            person.PersonPartForm,
            rows.CareerForm,
            rows.FamilyForm,
            rows.FirmForm,
            rows.GradeForm,
            rows.PenaltyForm,
            rows.RowForm,
            others.AbilityForm,
            others.IdentityForm,
            others.MergeForm,
            others.ReasonForm,
            others.UploadForm,
        ),
        fields=6,
        characters=40,
        known=20,
        acts=("person.create", "person.edit", "roster.confirm"),
        reads=("person.export_form", "people.export_list", "person.look_assessment"),
    ),
    AskedForm(
        code="people.contacts",
        label=_("本人联系方式"),
        role=Role.SECONDEE,
        readers=(
            Role.HOST_UNIT,
            Role.HOME_UNIT,
            Role.ORGANISATION_DEPARTMENT,
        ),
        basis=_("本人核对，变动时更正"),
        replaces=_("通讯录反复登记"),
        forms=(others.OwnContactsForm,),
        acts=("person.correct_contacts",),
        reads=("person.open_emergency", "person.look_emergency"),
    ),
]
