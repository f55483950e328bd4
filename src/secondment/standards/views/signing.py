"""Submit, take back, sign, return, begin the next version, retire, drop."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.common.attempts import attempt_button
from secondment.common.keys import number_in
from secondment.standards import services
from secondment.standards.models import StandardVersion
from secondment.standards.views.finding import found_own
from secondment.standards.views.reasons import Asked, reasoned

READ_BY_ALL = gettext_lazy("查阅范围：本部门，以及适用该标准的单位和个人")
RETURN = Asked(
    title=gettext_lazy("退回测评标准"),
    label=gettext_lazy("希望怎样修改"),
    button=gettext_lazy("退回"),
    done=gettext_lazy("已退回，起草人将收到消息。"),
    reader=gettext_lazy("查阅范围：本部门"),
)
NEXT = Asked(
    title=gettext_lazy("另起新版"),
    label=gettext_lazy("修订说明"),
    button=gettext_lazy("开始修订"),
    done=gettext_lazy("已复制为新版草稿。新版签批之前，现行版继续有效。"),
    help_text=gettext_lazy("为什么修订、主要改什么；签批人据此审看。"),
    reader=READ_BY_ALL,
)
RETIRE = Asked(
    title=gettext_lazy("停用测评标准"),
    label=gettext_lazy("停用理由"),
    button=gettext_lazy("停用"),
    done=gettext_lazy("已停用。此前按该标准进行的测评不受影响。"),
    help_text=gettext_lazy("停用后，新的测评不能再选用；如需恢复，可据此另起新版。"),
    reader=READ_BY_ALL,
)


@require_POST
def version_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask a second person."""
    return _act(request, pk, services.submit_version, _("已送签，请本部门另一位同志签批。"))


@require_POST
def version_recall(request: SignedInRequest, pk: int) -> HttpResponse:
    """Back to the draft."""
    return _act(request, pk, services.recall_version, _("已收回，可以修改。"))


@require_POST
def version_sign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Into force."""
    return _act(request, pk, services.sign_version, _("已签批，新的测评将使用这一版。"))


def version_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """What should be different."""
    version = found_own(request, pk)
    return reasoned(
        request,
        version,
        RETURN,
        lambda reason, seen: services.return_version(version, reason=reason, seen=seen, **acting(request)),
    )


def version_next(request: SignedInRequest, pk: int) -> HttpResponse:
    """The next version."""
    version = found_own(request, pk)
    return reasoned(
        request,
        version,
        NEXT,
        lambda reason, _seen: services.start_version(version, note=reason, **acting(request)),
        page="standards:version_edit",
    )


def version_retire(request: SignedInRequest, pk: int) -> HttpResponse:
    """No longer for new appraisals."""
    version = found_own(request, pk)
    return reasoned(
        request,
        version,
        RETIRE,
        lambda reason, seen: services.retire_version(version, reason=reason, seen=seen, **acting(request)),
    )


@require_POST
def version_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give up a draft, after a question."""
    version = found_own(request, pk)
    number = version.number
    dropped = attempt_button(request, lambda: (services.drop_draft(version, **acting(request)),))
    if dropped is None:
        return redirect("standards:version_detail", pk)
    messages.success(request, _("第 %(n)s 版草稿已作废。") % {"n": number})
    standard = dropped[0]
    return (
        redirect("standards:standard_detail", standard.pk)
        if standard
        else redirect("standards:standard_list")
    )


def _act(
    request: SignedInRequest, pk: int, service: Callable[..., StandardVersion], done: str
) -> HttpResponse:
    version = found_own(request, pk)
    seen = number_in(request.POST.get("version", ""))
    if attempt_button(request, lambda: service(version, seen=seen, **acting(request))) is not None:
        messages.success(request, done)
    return redirect("standards:version_detail", pk)
