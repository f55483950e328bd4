"""Quotas of a campaign: progress by home unit, the editor, and Excel in."""

from functools import partial

from django.contrib import messages
from django.forms.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting_today
from secondment.accounts.scopes import units_within
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.forms.campaigns import QuotaUploadForm
from secondment.campaigns.forms.quotas import QuotaForm
from secondment.campaigns.imports import QUOTA_COLUMNS, read_quotas
from secondment.campaigns.lists import QUOTAS
from secondment.campaigns.models import Campaign
from secondment.campaigns.queries import quotas_visible_to, quotas_with_figures
from secondment.campaigns.rules import may_edit
from secondment.campaigns.services.quotas import QuotaLine, set_quotas
from secondment.campaigns.view_models import campaign_context, visible_campaign
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.common.file_faults import refusals_of
from secondment.files.problems import BadInputError


def quota_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who was asked for how many and how far each has come."""
    campaign = visible_campaign(request, pk)
    rows = quotas_with_figures(quotas_visible_to(request.user, campaign))
    context = campaign_context(request.user, campaign, "quota_list")
    return QUOTAS.respond(request, rows, "campaigns/quota_list.html", context)


def quota_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change figures, add units, take units out."""
    campaign = _editable(request, pk)
    quotas = list(campaign.quotas.select_related("home_unit"))
    form = QuotaForm(
        request.POST or None,
        quotas=quotas,
        units=units_within(request.user, Role.ORGANISATION_DEPARTMENT).filter(is_active=True),
        initial={"version": campaign.version},
    )
    if request.method == "POST" and form.is_valid() and _save(request, campaign, form, form.lines()):
        return redirect(_after_quotas(campaign), pk=pk)
    context = {**campaign_context(request.user, campaign, "quota_list"), "form": form}
    return render(request, "campaigns/quota_edit.html", context)


def _after_quotas(campaign: Campaign) -> str:
    """A campaign that has its posts is opened next, on its own page."""
    is_ready = campaign.state == CampaignState.DRAFT and campaign.campaign_posts.exists()
    return "campaigns:campaign_detail" if is_ready else "campaigns:quota_list"


def quota_upload(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take all quotas from an Excel list; the list exported by the page before can be sent back."""
    campaign = _editable(request, pk)
    form = QuotaUploadForm(request.POST or None, request.FILES or None, initial={"version": campaign.version})
    context = {
        **campaign_context(request.user, campaign, "quota_list"),
        "form": form,
        "columns": QUOTA_COLUMNS,
    }
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            lines = read_quotas(
                file.read(),
                file=file.name,
                units=units_within(request.user, Role.ORGANISATION_DEPARTMENT).filter(is_active=True),
                leaves_out_others=form.cleaned_data["leaves_out_others"],
            )
        except BadInputError as error:
            context["refused"] = refusals_of(error.problems)
        else:
            if _save(request, campaign, form, lines):
                return redirect(_after_quotas(campaign), pk=pk)
    return render(request, "campaigns/quota_upload.html", context)


def _editable(request: SignedInRequest, pk: int) -> Campaign:
    campaign = visible_campaign(request, pk)
    require(may_edit(request.user, campaign), _("只有主办组织部门可以在审查匹配之前分配名额。"))
    return campaign


def _save(request: SignedInRequest, campaign: Campaign, form: BaseForm, lines: list[QuotaLine]) -> bool:
    """Keep the quotas; a refusal stays on the form with what was typed."""
    save = partial(set_quotas, campaign, lines, version=form.cleaned_data["version"], **acting_today(request))
    if attempt(form, save) is None:
        return False
    messages.success(request, _("名额已保存，共 %(n)d 个单位。") % {"n": len(lines)})
    return True
