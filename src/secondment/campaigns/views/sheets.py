"""Form F2 as a Word file: of one nomination, or of those chosen in the list."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.campaigns.models import Nomination
from secondment.campaigns.queries import for_forms, nominations_visible_to
from secondment.campaigns.services.printing import print_nominations
from secondment.campaigns.sheets import has_form
from secondment.campaigns.view_models import visible_campaign
from secondment.common.downloads import download
from secondment.common.listing.selection import selected_keys
from secondment.common.sentences import listed


def nomination_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form of one nomination."""
    nomination = get_object_or_404(for_forms(nominations_visible_to(request.user)), pk=pk)
    if not has_form(nomination):
        raise Http404
    return _sent(request, [nomination])


@require_POST
def nomination_forms(request: SignedInRequest, pk: int) -> HttpResponse:
    """The forms of the chosen nominations of a campaign; one that the reader may not see is not there for them."""
    campaign, keys = visible_campaign(request, pk), selected_keys(request)
    rows = nominations_visible_to(request.user).filter(campaign=campaign, pk__in=keys)
    nominations = list(for_forms(rows))
    if len(nominations) != len(keys):
        raise Http404
    withdrawn = [one.person.name for one in nominations if not has_form(one)]
    if withdrawn:
        names = listed(withdrawn)
        messages.error(request, _("推荐已撤回：%(names)s。请去掉勾选后再下载。") % {"names": names})
        return redirect("campaigns:nomination_list", pk=pk)
    return _sent(request, nominations)


def _sent(request: SignedInRequest, nominations: Sequence[Nomination]) -> HttpResponse:
    content = print_nominations(nominations, **acting(request))
    first, n = nominations[0].person.name, len(nominations)
    return download(content, f"挂职干部推荐登记表（{first if n == 1 else f'{first}等{n}人'}）.docx")
