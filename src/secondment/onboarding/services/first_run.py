"""The pages of the first run, in the hands of one browser: start code, facts, recovery key, slips.

Nothing but the draft exists before the last step, and that step is one transaction.
"""

import datetime as dt
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.choices import ADMINISTRATOR_ROLES, Role
from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.backups.recovery import Half, mark_of, new_key, read_row
from secondment.backups.refusals import HalfError
from secondment.common.protection import blind_index, open_sealed, seal
from secondment.onboarding.begun import has_begun
from secondment.onboarding.errors import HalvesError, StartCodeError, StartLostError
from secondment.onboarding.models import Beginning
from secondment.onboarding.services.beginning import FirstFacts, begin_installation, locked_beginning, save

# Characters that nobody takes for one another, on a screen or read out.
ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
GROUPS, GROUP_LENGTH = 3, 4
# How long slips may be printed by the browser that finished.
PRINTED_WITHIN = dt.timedelta(hours=1)
KEY_CONTEXT, SLIPS_CONTEXT = "onboarding_beginning.sealed_key.1", "onboarding_beginning.sealed_slips.1"


@dataclass(frozen=True)
class AskedRow:
    """A row of a half that has to be typed: which half, which row (from 0), and the fingerprint of its content."""

    side: int
    n: int
    index: str


@dataclass(frozen=True)
class PendingKey:
    """A recovery key whose halves were shown, and what has to be typed from them."""

    public: str
    asked: tuple[AskedRow, ...]

    @property
    def mark(self) -> str:
        """The number printed on both halves."""
        return mark_of(bytes.fromhex(self.public)).hex()


@dataclass(frozen=True)
class FirstSlip:
    """What an administrator is handed."""

    role: str
    name: str
    username: str
    code: str

    @property
    def role_label(self) -> str:
        """The role in words."""
        return str(Role(self.role).label)


@transaction.atomic
def new_start_code() -> str:
    """A code for this start; the one before, and whoever holds the first run by it, are out. What was typed stays."""
    groups = ["".join(secrets.choice(ALPHABET) for _at in range(GROUP_LENGTH)) for _group in range(GROUPS)]
    code = "-".join(groups)
    save(locked_beginning(), code_index=_index_of(code), holder_index="")
    return code


@transaction.atomic
def claim(code: str, *, address: str, at: dt.datetime) -> str:
    """Use the code up and return what makes the browser the holder. Of two that come at once the second is refused."""
    row = locked_beginning()
    if row.holder_index:
        raise StartCodeError(
            _(
                "首次启用正在另一个浏览器中办理。该浏览器已关闭的，请重新启动系统，屏幕将打印新的开始码，已填写的内容不会丢失。"
            )
        )
    if not row.code_index or not hmac.compare_digest(row.code_index, _index_of(code)):
        raise StartCodeError(
            _("开始码不正确。请核对启动系统时屏幕上最后一次打印的开始码，重新启动后旧的即作废。")
        )
    holder = secrets.token_urlsafe(32)
    save(row, code_index="", holder_index=blind_index(holder))
    record("beginning.claim", row, by=None, at=at, details={"address": address})
    return holder


def held_by(holder: str) -> Beginning | None:
    """The first run, if it is in the hands of this browser."""
    return Beginning.objects.filter(holder_index=blind_index(holder)).first() if holder else None


@transaction.atomic
def keep_facts(holder: str, facts: FirstFacts) -> None:
    """Keep the draft; nothing of it exists yet."""
    save(_locked(holder), facts=asdict(facts))


def kept_facts(row: Beginning) -> FirstFacts | None:
    """The draft."""
    return FirstFacts(**row.facts) if row.facts else None


@transaction.atomic
def propose_key(holder: str) -> tuple[Half, Half]:
    """Two halves to be printed, kept nowhere; those shown before are void."""
    row = _locked(holder)
    public, *halves = new_key()
    first, second = halves
    asked = tuple(_asked(half) for half in (first, second))
    pending = PendingKey(public.hex(), asked)
    save(row, sealed_key=seal(json.dumps(asdict(pending)), context=KEY_CONTEXT))
    return first, second


def pending_key(row: Beginning) -> PendingKey | None:
    """The key whose halves were shown last."""
    if row.sealed_key is None:
        return None
    found = json.loads(open_sealed(row.sealed_key, context=KEY_CONTEXT))
    return PendingKey(found["public"], tuple(AskedRow(**one) for one in found["asked"]))


def half_name(side: int) -> str:
    """What people call it."""
    return {1: _("甲份"), 2: _("乙份")}[side]


@transaction.atomic
def finish(holder: str, typed: Sequence[str], *, at: dt.datetime) -> None:
    """Begin the installation once a row of each half was typed from the paper."""
    row = _locked(holder)
    facts, key = kept_facts(row), pending_key(row)
    if facts is None or key is None:
        raise StartLostError(_("请先填写启用信息，再打印恢复密钥。"))
    for asked, text in zip(key.asked, typed, strict=True):
        _require_row(asked, text, key)
    made = begin_installation(facts, public_key=bytes.fromhex(key.public), at=at)
    slips = [
        FirstSlip(role, account.name, account.username, code)
        for role, (account, code) in zip(ADMINISTRATOR_ROLES, made, strict=True)
    ]
    content = json.dumps([asdict(slip) for slip in slips])
    save(row, sealed_slips=seal(content, context=SLIPS_CONTEXT))


def slips_of(holder: str, *, at: dt.datetime) -> list[FirstSlip]:
    """What is still to be printed, for the browser that finished: until it says so, an hour at most, none once used."""
    row = held_by(holder)
    if row is None or row.sealed_slips is None or row.begun_at is None or at >= row.begun_at + PRINTED_WITHIN:
        return []
    slips = [FirstSlip(**one) for one in json.loads(open_sealed(row.sealed_slips, context=SLIPS_CONTEXT))]
    names = [slip.username for slip in slips]
    unused = User.objects.filter(username__in=names, last_login=None, must_change_password=True)
    waiting = set(unused.values_list("username", flat=True))
    return [slip for slip in slips if slip.username in waiting]


@transaction.atomic
def forget_slips() -> None:
    """Nobody prints them any more; the first run is over."""
    save(locked_beginning(), sealed_slips=None, holder_index="")


def _locked(holder: str) -> Beginning:
    row = locked_beginning()
    is_holder = bool(holder) and hmac.compare_digest(row.holder_index, blind_index(holder))
    if not is_holder or has_begun():
        raise StartLostError(_("首次启用已由其他浏览器接续办理，或已经完成。"))
    return row


def _index_of(code: str) -> str:
    return blind_index("".join(one for one in code.upper() if one in ALPHABET))


def _asked(half: Half) -> AskedRow:
    """A row drawn at random; the first begins with what is printed as number and would ask less."""
    n = secrets.choice(range(1, len(half.rows)))
    return AskedRow(half.side, n, _row_index(n, half.rows[n]))


def _row_index(n: int, text: str) -> str:
    return blind_index(read_row(n, text).hex())


def _require_row(asked: AskedRow, text: str, key: PendingKey) -> None:
    try:
        is_right = hmac.compare_digest(_row_index(asked.n, text), asked.index)
    except HalfError:
        is_right = False
    if not is_right:
        raise HalvesError(
            _(
                "%(half)s第 %(n)s 行与编号 %(mark)s 的恢复密钥不符。请核对纸上的编号，逐字重新输入；纸面不可用的，请重新生成。"
            )
            % {"half": half_name(asked.side), "n": asked.n + 1, "mark": key.mark}
        )
