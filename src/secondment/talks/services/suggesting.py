"""Letters of one's own name, and their answers."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.audit.services import record
from secondment.campaigns.parameters import Cycles
from secondment.common.days import ONE_DAY
from secondment.common.errors import require
from secondment.common.sentences import say
from secondment.common.workdays import span_of_workdays
from secondment.notices.services import send_notice
from secondment.placements.models import Placement
from secondment.talks.choices import Finding, SuggestionState
from secondment.talks.desks import Desk, desks_for, is_concerned, nameable_by
from secondment.talks.errors import SuggestionError, WordsMissingError
from secondment.talks.letters import may_answer
from secondment.talks.models import Suggestion
from secondment.talks.parameters import suggestion_days
from secondment.units.models import Unit


@transaction.atomic
def suggest(
    desk: Desk,
    *,
    category: str,
    text: str,
    about: Placement | None = None,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> Suggestion:
    """Write to a named office; the same words of the same day are the letter that was sent."""
    require(desk.code in {one.code for one in desks_for(by)}, _("请从列出的受理单位中选择。"))
    require_text(text)
    require_concerned(about, desk.unit, desk.role, by)
    sent = Suggestion.objects.filter(
        sent_by=by, received_on=on, unit=desk.unit, role=desk.role, category=category, about=about
    )
    known = next((one for one in sent.select_related("unit") if one.text == text.strip()), None)
    if known is not None:
        return known
    letter = Suggestion(
        category=category,
        unit=desk.unit,
        role=desk.role,
        about=about,
        sent_by=by,
        received_on=on,
        due_on=due_after(on, _own_placement(by)),
    )
    letter.set_text(text.strip())
    letter.save()
    record("suggestion.send", letter, by=by, at=at)
    tell_office(letter, at)
    return letter


@transaction.atomic
def answer(
    letter: Suggestion,
    *,
    text: str,
    finding: str = "",
    about: Placement | None = None,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> Suggestion:
    """The office answers, says what it found of a complaint about conduct, and may name whom a letter without a name is
    about; whoever wrote under their name is told."""
    rows = Suggestion.objects.select_for_update(of=("self",))
    row = rows.select_related("unit", "sent_by", "about__person").get(pk=letter.pk)
    require(may_answer(by, row), _("意见建议由受理单位或其上级组织部门答复。"))
    if row.state != SuggestionState.WAITING:
        raise SuggestionError(_("这件意见建议已经答复。请刷新页面，查看最新情况。"))
    if not text.strip():
        raise WordsMissingError(_("请写答复内容；不能办理的，说明原因。"), field="text")
    _require_finding(row, finding)
    if row.about is None:
        require_concerned(about, row.unit, row.role, by, sent_by=row.sent_by)
        row.about = about
    elif about is not None:
        raise SuggestionError(
            _("提出人已写明涉及的挂职干部，不能改写。不相符的，在答复中说明。"), field="about"
        )
    row.state, row.answered_on, row.answered_by, row.finding = SuggestionState.ANSWERED, on, by, finding
    row.set_answer(text.strip())
    row.version += 1
    row.save(
        update_fields=[
            "state",
            "answered_on",
            "answered_by",
            "answer_sealed",
            "finding",
            "about",
            "version",
        ]
    )
    record("suggestion.answer", row, by=by, at=at)
    if row.sent_by is not None:
        send_notice([row.sent_by], title=say("您提的意见建议有了答复"), at=at, path=page_of(row))
    return row


def require_text(text: str) -> None:
    """A letter says something."""
    if not text.strip():
        raise WordsMissingError(_("请写意见建议的内容。"), field="text")


def require_concerned(
    about: Placement | None, unit: Unit, role: str, by: User, *, sent_by: User | None = None
) -> None:
    """Only somebody whom the account sees is named, never the sender, to an office that answers for them."""
    if about is None:
        return
    is_sender = sent_by is not None and about.person.account_id == sent_by.pk
    is_offered = not is_sender and nameable_by(by).filter(pk=about.pk).exists()
    require(is_offered, _("请从列出的挂职干部中选择。"))
    if not is_concerned(unit, role, about):
        words = _("%(person)s不由%(unit)s接收、派出或管理。请改选受理单位，或不选人、在内容中写明。")
        raise SuggestionError(words % {"person": about.person.name, "unit": unit.name}, field="about")


def _require_finding(letter: Suggestion, finding: str) -> None:
    if letter.is_about_conduct and finding not in Finding.values:
        raise WordsMissingError(_("反映干部行为的，请选择核实结果。"), field="finding")
    if finding and not letter.is_about_conduct:
        raise SuggestionError(_("这类意见建议不填核实结果。"), field="finding")


def due_after(received_on: dt.date, placement: Placement | None) -> dt.date:
    """By when it is answered: so many working days after the day it was received, as the sender's programme says."""
    days = suggestion_days(placement) if placement else Cycles().suggestion_days
    return span_of_workdays(received_on + ONE_DAY, days).last_day


def tell_office(letter: Suggestion, at: dt.datetime) -> None:
    """A message to the office; a discipline organ is told in its very unit."""
    accounts = accounts_of([letter.unit], Role(letter.role))
    if letter.is_for_discipline:
        accounts = accounts.filter(assignments__unit=letter.unit, assignments__role=Role.INSPECTOR)
    others = [one for one in accounts if one.pk != letter.sent_by_id]
    send_notice(others, title=say("收到一件意见建议，请答复"), at=at, path=page_of(letter))


def page_of(letter: Suggestion) -> str:
    """The page of a letter."""
    return reverse("talks:suggestion_detail", args=[letter.pk])


def _own_placement(user: User) -> Placement | None:
    rows = Placement.objects.filter(person__account=user).select_related("programme_version")
    return rows.order_by("-starts_on", "-pk").first()
