"""The contact list (通讯录) of people in post."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, exporting
from secondment.common.components import Tab
from secondment.placements.filters import ContactFilter
from secondment.placements.lists import CONTACTS, contacts_for
from secondment.placements.queries import contacts_of, for_contacts


def contact_list(request: SignedInRequest) -> HttpResponse:
    """Whom to call: people in post and who looks after them, by host unit, county or programme."""
    return contacts_for(request.user).respond(
        request,
        for_contacts(contacts_of(request.user, timezone.localdate())),
        "placements/contact_list.html",
        {"tabs": _tabs(request)},
        on_export=exporting(request, "placements.export_contacts", request.user),
    )


def _tabs(request: SignedInRequest) -> list[Tab]:
    """The columns that head groups; what is filtered stays so."""
    labels = {
        "host_unit.name": _("按接收单位"),
        "county": _("按地区"),
        "programme_version.programme.name": _("按挂职项目"),
        "group_name": _("按工作队"),
    }
    current = request.GET.get("sort", CONTACTS.default_sort).removeprefix("-")
    kept = {name: value for name, value in request.GET.items() if name in ContactFilter.base_filters}
    here = reverse("placements:contact_list")
    return [
        Tab(label, f"{here}?{urlencode({**kept, 'sort': key})}", is_current=key == current)
        for key, label in labels.items()
    ]
