"""An analysis as a file: Excel with real numbers, Word with charts."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.workforce import reports
from secondment.workforce.views.asked import reference_of, scope_of


def report(request: SignedInRequest) -> HttpResponse:
    """All structures of the scope, and the cross asked for, as `?format=xlsx` or `docx`."""
    ending = request.GET.get("format", "xlsx")
    if ending not in reports.ENDINGS:
        raise Http404
    scope = scope_of(request)
    content = reports.written(scope, reference_of(request, scope), request.GET, ending)
    record_export("workforce.export", request.user, **acting(request))
    return download(content, _("队伍结构分析") + f"{scope.on.isoformat()}.{ending}")
