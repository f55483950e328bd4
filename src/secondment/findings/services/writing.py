"""Write, correct and take back a finding; the facts are asked for again at that moment."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.days import ONE_DAY
from secondment.common.errors import require
from secondment.findings.choices import FindingState, Side
from secondment.findings.errors import FindingError, ReplacedError, WithoutFactError, YearDecidedError
from secondment.findings.models import TEXT_LENGTH, Citation, Finding
from secondment.findings.ports import settled_years
from secondment.findings.rules import may_change, sources_of, years_of
from secondment.placements.duties import first_day_of
from secondment.placements.evidence import Fact, facts_of
from secondment.placements.models import Placement
from secondment.placements.queries import with_names

MOST_FACTS = 20


@dataclass(frozen=True)
class NewFinding:
    """A finding as it was written; facts are named by `fact_id`."""

    placement: Placement
    year: int
    side: str
    theme: str
    text: str
    signer: str
    signed_on: dt.date
    facts: Sequence[str]
    contrary_words: str = ""
    contrary: Sequence[str] = ()


def fact_id(fact: Fact | Citation) -> str:
    """What names a fact on a form."""
    return f"{fact.kind}/{fact.key}"


def citable(user: User, placement: Placement, year: int, on: dt.date) -> list[Fact]:
    """What the account may cite for a year: from the first day of the term to the end of the year, or to today."""
    until = min(dt.date(year + 1, 1, 1), on + ONE_DAY)
    return facts_of(user, placement, first_day_of(placement), until)


@transaction.atomic
def write_finding(
    new: NewFinding, *, by: User, on: dt.date, at: dt.datetime, corrects: Finding | None = None
) -> Finding:
    """Keep a finding with the facts it rests on; one that says the same stands already and is given back.

    Raises `FindingError`, `WithoutFactError`, `YearDecidedError`, `ReplacedError`.
    """
    placement = _locked(new.placement)
    sources = sources_of(by, placement)
    require(new.side in sources, _("评语由接收单位、派出单位、组织部门各自填写；本人不填写。"))
    _check_words(new, placement, on)
    _refuse_decided(placement, new.year)
    chosen = _chosen(new, citable(by, placement, new.year, on))
    if corrects is None:
        known = _same(new, placement, chosen)
        if known is not None:
            return known
    else:
        corrects = _take_from(corrects, FindingState.REPLACED)
    finding = Finding.objects.create(
        placement=placement,
        year=new.year,
        side=new.side,
        theme=new.theme,
        text=new.text.strip(),
        contrary_words=new.contrary_words.strip(),
        source=sources[Side(new.side)],
        signer=new.signer.strip(),
        signed_on=new.signed_on,
        replaces=corrects,
        written_by=by,
        written_at=at,
    )
    Citation.objects.bulk_create(_citations(finding, chosen, len(set(new.facts))))
    record(
        "findings.correct" if corrects else "findings.write",
        finding,
        by=by,
        at=at,
        details={"side": finding.side, "n": len(chosen)},
    )
    return finding


@transaction.atomic
def withdraw_finding(finding: Finding, words: str, *, by: User, at: dt.datetime) -> Finding:
    """Take a finding back with a reason, as long as the grade of the year is open; it is kept."""
    placement = _locked(finding.placement)
    require(may_change(by, finding), _("评语由填写的一方撤回。"))
    _refuse_decided(placement, finding.year)
    if not words.strip():
        raise FindingError(_("请写明撤回理由。"), field="words")
    row = _take_from(finding, FindingState.WITHDRAWN, words.strip())
    row.placement = placement
    record("findings.withdraw", row, by=by, at=at)
    return row


def _check_words(new: NewFinding, placement: Placement, on: dt.date) -> None:
    if new.year not in years_of(placement, on):
        raise FindingError(_("%(year)d年不在本人挂职期内，请另选年度。") % {"year": new.year})
    for field, text in (("text", new.text), ("contrary_words", new.contrary_words)):
        if len(text.strip()) > TEXT_LENGTH:
            raise FindingError(_("不超过%(n)d字，请精简。") % {"n": TEXT_LENGTH}, field=field)
    if not new.text.strip():
        raise FindingError(_("请填写评语。"), field="text")
    if not new.signer.strip():
        raise FindingError(_("评语须由具体的人署名，请填写署名人。"), field="signer")
    if not first_day_of(placement) <= new.signed_on <= on:
        raise FindingError(_("署名日期应在报到以后、今天以前。请核对。"), field="signed_on")


def _refuse_decided(placement: Placement, year: int) -> None:
    if (placement.pk, year) in settled_years([placement.pk]):
        values = {"name": placement.person.name, "year": year}
        raise YearDecidedError(
            _("%(name)s%(year)d年度的等次已登记决定，评语不再增改。确需增改的，请主办组织部门先退回决定。")
            % values
        )


def _chosen(new: NewFinding, facts: Sequence[Fact]) -> list[Fact]:
    """The facts, those that support first; each of them must be there for its writer now."""
    known = {fact_id(one): one for one in facts}
    asked = [*dict.fromkeys(new.facts), *dict.fromkeys(new.contrary)]
    if not new.facts:
        raise WithoutFactError(
            _("没有勾选事实依据。请至少勾选一项；没有事实支持的评语不保存。"),
            basis=_("《党政领导干部考核工作条例》"),
            field="facts",
        )
    if len(set(asked)) != len(asked):
        raise WithoutFactError(_("同一事实不能既作依据又作相反情况。请只勾选一处。"), field="contrary")
    if len(asked) > MOST_FACTS:
        raise WithoutFactError(_("最多勾选%(n)d项事实，请只留最能说明问题的。") % {"n": MOST_FACTS})
    lost = [one for one in asked if one not in known]
    if lost:
        raise WithoutFactError(
            _("勾选的事实中有%(n)d项已撤销、已变更或您无权引用。请刷新页面后重新勾选。") % {"n": len(lost)},
            field="facts",
        )
    return [known[one] for one in asked]


def _citations(finding: Finding, chosen: Sequence[Fact], n_supporting: int) -> list[Citation]:
    return [
        Citation(
            finding=finding,
            number=number,
            is_contrary=number > n_supporting,
            kind=one.kind,
            key=one.key,
            label=one.label,
            on=one.on,
            digest=one.digest,
        )
        for number, one in enumerate(chosen, start=1)
    ]


def _same(new: NewFinding, placement: Placement, chosen: Sequence[Fact]) -> Finding | None:
    rows = Finding.objects.filter(
        placement=placement,
        year=new.year,
        side=new.side,
        theme=new.theme,
        text=new.text.strip(),
        contrary_words=new.contrary_words.strip(),
        signer=new.signer.strip(),
        state=FindingState.STANDING,
    )
    digests = {(one.kind, one.key, one.digest) for one in chosen}
    for row in rows.prefetch_related("citations"):
        if {(one.kind, one.key, one.digest) for one in row.citations.all()} == digests:
            return row
    return None


def _take_from(finding: Finding, state: FindingState, words: str = "") -> Finding:
    """The finding no longer stands; refused where it did not."""
    row = Finding.objects.select_for_update().get(pk=finding.pk)
    if row.state != FindingState.STANDING:
        raise ReplacedError(_("这条评语已被更正或撤回。请刷新页面，核对后再办理。"))
    row.state, row.withdrawn_words = state, words
    row.save(update_fields=["state", "withdrawn_words"])
    return row


def _locked(placement: Placement) -> Placement:
    Placement.objects.select_for_update().get(pk=placement.pk)
    return with_names(Placement.objects.filter(pk=placement.pk)).select_related("person__account").get()
