"""Kept analyses: their list, keeping one, opening one, deleting one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.common.errors import require
from secondment.common.listing.selection import selected_keys
from secondment.workforce import services
from secondment.workforce.forms import SaveViewForm
from secondment.workforce.lists import SAVED_VIEWS, address_of
from secondment.workforce.queries import own_views, views_open_to
from secondment.workforce.rules import may_analyse


def saved_views(request: SignedInRequest) -> HttpResponse:
    """The account's own."""
    require(may_analyse(request.user))
    return SAVED_VIEWS.respond(request, own_views(request.user), "workforce/saved_views.html")


@require_POST
def view_save(request: SignedInRequest) -> HttpResponse:
    """Keep the analysis on the page under a name."""
    require(may_analyse(request.user))
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写名称（不超过40字）。"))
        return redirect("workforce:overview")
    view = services.save_view(**form.cleaned_data, **acting(request))
    messages.success(request, _("已保存为常用分析“%(name)s”。") % {"name": view.name})
    return redirect("workforce:saved_views")


def view_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page that was kept, counted anew for this reader."""
    view = get_object_or_404(views_open_to(request.user), pk=pk)
    try:
        return redirect(address_of(view))
    except NoReverseMatch:
        raise Http404 from None


@require_POST
def views_delete(request: SignedInRequest) -> HttpResponse:
    """Delete those chosen, of one's own."""
    n = services.delete_views(selected_keys(request), **acting(request))
    messages.success(request, ngettext("已删除 %(n)d 项。", "已删除 %(n)d 项。", n) % {"n": n})
    return redirect("workforce:saved_views")
