"""What campaigns ask."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.campaigns.forms import campaigns, programmes, quotas, variants
from secondment.obligations.register import AskedForm

ASKED_FORMS = [
    AskedForm(
        code="campaigns.nomination",
        label=_("推荐人选"),
        role=Role.HOME_UNIT,
        readers=(
            Role.ORGANISATION_DEPARTMENT,
            Role.HOST_UNIT,
        ),
        basis=_("《公务员法》第七十二条"),
        replaces=_("纸质推荐表"),
        also=(campaigns.ExemptionForm, campaigns.ReasonForm),
        fields=1,
        characters=0,
        known=20,
        acts=("nomination.create",),
        reads=("nomination.print_form", "nomination.export", "campaign.look_findings"),
    ),
    AskedForm(
        code="campaigns.preferences",
        label=_("志愿"),
        role=Role.SECONDEE,
        readers=(Role.ORGANISATION_DEPARTMENT,),
        basis=_("自愿填报"),
        replaces=_("纸质志愿表"),
        forms=(campaigns.PreferencesForm,),
        fields=3,
        characters=0,
        known=2,
        acts=("nomination.state_preferences",),
        reads=("nomination.print_form", "nomination.export"),
    ),
    AskedForm(
        code="campaigns.campaign",
        label=_("批次和项目参数"),
        role=Role.ORGANISATION_DEPARTMENT,
        readers=(
            Role.HOME_UNIT,
            Role.HOST_UNIT,
            Role.LEADER,
        ),
        basis=_("《公务员法》第七十二条"),
        replaces=_("通知、方案附表"),
        forms=(campaigns.NewCampaignForm,),
        also=(
            campaigns.CampaignForm,
            campaigns.EditCampaignForm,
            campaigns.CopyCampaignForm,
            campaigns.QuotaUploadForm,
            campaigns.UploadForm,
            programmes.ProgrammeForm,
            quotas.QuotaForm,
            variants.VariantForm,
        ),
        acts=("campaign.create",),
    ),
]
