"""Open proofs: asked for by one, opened by another, handed out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.scopes import has_role
from secondment.appeals import services
from secondment.appeals.choices import ProofState
from secondment.appeals.forms import ProofForm
from secondment.appeals.lists import PROOFS
from secondment.appeals.models import Proof
from secondment.appeals.queries import PROVERS, proofs_visible_to, runs_to_prove
from secondment.appeals.rules import may_open_proof, may_take_proof
from secondment.common.attempts import attempt
from secondment.common.components import Fact
from secondment.common.downloads import download
from secondment.common.errors import require


def proof_list(request: SignedInRequest) -> HttpResponse:
    """What was laid open to whom."""
    require(has_role(request.user, *PROVERS))
    return PROOFS.respond(request, proofs_visible_to(request.user), "appeals/proof_list.html")


def proof_new(request: SignedInRequest) -> HttpResponse:
    """For whom and for what."""
    require(has_role(request.user, *PROVERS))
    form = ProofForm(request.POST or None, runs=runs_to_prove(request.user))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.ask_for_proof(**form.cleaned_data, **acting(request)))
        if made is not None:
            messages.success(request, _("已提出，须由第二人开启后才能下载。"))
            return redirect("appeals:proof_detail", made.pk)
    context = {
        "form": form,
        "title": _("提出公开验证"),
        "submit": _("提出"),
        "note": _(
            "导出打乱后的封存票、名单人数、标准、参数和公布的数字，不含评议人；只交所载接收人，不公开发布，全程留痕。"
        ),
        "about": _("公开验证"),
        "back": reverse("appeals:proof_list"),
    }
    return render(request, "appeals/act.html", context)


def proof_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of them."""
    proof = _found(request, pk)
    facts = [
        Fact(_("测评计算"), str(proof.run)),
        Fact(_("主办组织部门"), proof.run.owner_unit.name),
        Fact(_("接收人"), proof.recipient),
        Fact(_("提出人"), proof.asked_by.name),
        Fact(_("提出时间"), proof.asked_at),
        Fact(_("开启人"), proof.opened_by.name if proof.opened_by else ""),
        Fact(_("开启时间"), proof.opened_at),
        Fact(_("用途"), proof.purpose, is_wide=True),
        Fact(_("文件摘要"), proof.digest, is_wide=True),
    ]
    context = {
        "proof": proof,
        "facts": facts,
        "may_open": proof.state == ProofState.ASKED and may_open_proof(request.user, proof),
        "is_open": proof.state == ProofState.OPEN,
        "may_take": may_take_proof(request.user, proof),
    }
    return render(request, "appeals/proof_detail.html", context)


@require_POST
def proof_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second person agrees."""
    services.open_proof(_found(request, pk), **acting(request))
    messages.success(request, _("已开启，可以下载。"))
    return redirect("appeals:proof_detail", pk)


@require_GET
def proof_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The file."""
    proof = _found(request, pk)
    content = services.hand_out_proof(proof, **acting(request))
    return download(content, f"公开验证材料（{proof.run.year}）.zip")


def _found(request: SignedInRequest, pk: int) -> Proof:
    return get_object_or_404(proofs_visible_to(request.user), pk=pk)
