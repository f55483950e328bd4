"""Ask for an open proof, open it as the second person, and hand it out; each step is recorded."""

import datetime as dt
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.appeals.choices import ProofState
from secondment.appeals.errors import ProofError
from secondment.appeals.models import Proof
from secondment.appeals.proof_file import proof_bytes
from secondment.appeals.rules import may_ask_for_proof, may_open_proof, may_take_proof
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.measurement.choices import RunState
from secondment.measurement.models import Run


@transaction.atomic
def ask_for_proof(run: Run, *, purpose: str, recipient: str, by: User, at: dt.datetime) -> Proof:
    """Say for whom and for what; nothing is handed out before a second person opens it."""
    require(may_ask_for_proof(by, run), _("由主办组织部门或纪检机关提出。"))
    if run.state != RunState.DONE:
        raise ProofError(_("计算完成以后，才可以提出公开验证。"))
    if not purpose.strip() or not recipient.strip():
        raise ProofError(_("请写明用途和接收人。"), field="purpose" if not purpose.strip() else "recipient")
    made = Proof.objects.create(
        run=run, purpose=purpose.strip(), recipient=recipient.strip(), asked_by=by, asked_at=at
    )
    record("proof.ask", made, by=by, at=at, details={"reason": made.purpose})
    return made


@transaction.atomic
def open_proof(proof: Proof, *, by: User, at: dt.datetime) -> Proof:
    """The second person agrees."""
    row = Proof.objects.select_for_update(of=("self",)).select_related("run__owner_unit").get(pk=proof.pk)
    require(may_open_proof(by, row), _("须由提出人以外的第二人开启。"))
    if row.state == ProofState.ASKED:
        row.state, row.opened_by, row.opened_at = ProofState.OPEN, by, at
        row.save()
        record("proof.open", row, by=by, at=at)
    return row


@transaction.atomic
def hand_out_proof(proof: Proof, *, by: User, at: dt.datetime) -> bytes:
    """The file, for either of the two; its fingerprint is kept with the first."""
    row = Proof.objects.select_for_update(of=("self",)).select_related("run__owner_unit").get(pk=proof.pk)
    require(may_take_proof(by, row), _("由提出人或开启人下载；其他人员另行提出。"))
    if row.state != ProofState.OPEN:
        raise ProofError(_("须由第二人开启后才能下载。"))
    content = proof_bytes(row.run, purpose=row.purpose, recipient=row.recipient)
    row.digest = row.digest or sha256(content).hexdigest()
    row.save(update_fields=["digest"])
    record("proof.export", row, by=by, at=at, details={"recipient": row.recipient})
    return content
