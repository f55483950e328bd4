"""Make two records of one person one, and undo it: everything that points at the one moves to the other."""

import base64
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.dependents import follow_up
from secondment.common.errors import require
from secondment.common.protection import seal
from secondment.common.sentences import joined_sentences
from secondment.files.identity import parse_identity_number
from secondment.people.choices import PairState, PersonState, Willingness
from secondment.people.errors import MergeRefusedError
from secondment.people.models import Person, PersonMerge, SuspectedPair
from secondment.people.rules import may_decide_pair
from secondment.people.services.changes import ROW_KINDS, entire_record, record_changes
from secondment.people.services.duplicates import check_open, owe_decision, search_later, settle
from secondment.people.services.history import keep_changes
from secondment.people.services.protected import check_identity, checked_reason

Row = models.Model
# Rows of higher rooms that may stay with the record that is given up, where they cannot move.
MAY_STAY: dict[str, Callable[[Any], bool]] = {}
# Why a room above forbids merging two persons, in words; no database constraint expresses it.
OBSTACLES: list[Callable[[Person, Person], Iterable[str]]] = []
_OF_A_FILE = {kind.model: kind for kind in ROW_KINDS.values()}
# What was decided about the pair, and the history of either record, which stays beside it.
_OWN = {"SuspectedPair", "PersonMerge", "PersonChange"}
# Never filled from the other record: identity, unit and state, and what is handled separately.
_KEPT = frozenset(
    {
        *("id", "key", "version", "state", "unit", "account", "name", "name_key", "name_initials"),
        *("sex", "born_on", "identity_sealed", "identity_index", "identity_masked", "health_notes_sealed"),
    }
)
_SEALED = ("identity_sealed", "identity_index", "identity_masked", "health_notes_sealed")


@dataclass(frozen=True)
class Link:
    """A column of another table that points at a person."""

    model: type[Row]
    field: str

    def rows(self, person: Person) -> models.QuerySet[Any]:
        """Its rows of one person."""
        return self.model._base_manager.filter(**{self.field: person})  # noqa: SLF001 -- Django's documented name

    @property
    def name(self) -> str:
        """What the table is called."""
        return str(self.model._meta.verbose_name)  # noqa: SLF001 -- Django's documented name

    @property
    def label(self) -> str:
        """What names the table in the record of a merge."""
        return self.model._meta.label  # noqa: SLF001 -- Django's documented name


@transaction.atomic
def merge_persons(
    pair: SuspectedPair, kept: Person, *, reason: str, wrong: Person | None, by: User, at: dt.datetime
) -> PersonMerge:
    """Merge the other person of `pair` into `kept`; `wrong` is the one whose identity number is a mistake.

    All or nothing: whatever cannot move is named before anything moves.
    """
    pair = SuspectedPair.objects.select_for_update().get(pk=pair.pk)
    require(may_decide_pair(by, pair))
    reason = checked_reason(reason)
    keys = [pair.first_id, pair.second_id]
    people = {one.pk: one for one in Person.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    kept, merged = people[kept.pk], people[next(key for key in keys if key != kept.pk)]
    check_open(pair, kept, merged)
    _check_numbers(kept, merged, wrong)
    moves = _moves(kept, merged)
    records = _records(kept, merged)
    before = {"state": merged.state, "version": kept.version, "values": {}, "sealed": _sealed_of(kept)}
    before |= {"born_on": kept.born_on, "account": None, "merged_version": merged.version}
    before["links"] = [[link.label, link.field, keys] for link, keys in moves]
    try:
        with transaction.atomic():
            for link, keys in moves:
                _point(link, keys, kept)
            before["account"] = _take_account(kept, merged)
            before["values"] = _fill(kept, merged)
            _take_sealed(kept, merged, wrong)
            kept.version = max(kept.version, merged.version) + 1
            merged.state = PersonState.MERGED
            merged.version += 1
            merged.save()
            kept.save()
            _keep(records, by=by, at=at)
    except IntegrityError as error:
        raise MergeRefusedError(
            _("两人的业务记录不能并存，没有合并。请先办结或撤回其中一方的记录。")
        ) from error
    merge = PersonMerge.objects.create(
        pair=pair,
        kept=kept,
        merged=merged,
        by=by,
        at=at,
        reason=reason,
        moved=before,
        kept_version=kept.version,
    )
    pair.state, pair.decided_by, pair.decided_at, pair.reason = PairState.MERGED, by, at, reason
    pair.save()
    settle(pair, at=at)
    _record("person.merge", merge, reason, by=by, at=at)
    follow_up(kept, timezone.localtime(at).date())
    search_later([kept], by=by, at=at)
    return merge


@transaction.atomic
def undo_merge(merge: PersonMerge, *, reason: str, by: User, at: dt.datetime) -> PersonMerge:
    """Make two persons of one again, as they were; refused where something has changed since."""
    merge = PersonMerge.objects.select_for_update().select_related("pair").get(pk=merge.pk)
    require(may_decide_pair(by, merge.pair))
    reason = checked_reason(reason)
    people = Person.objects.select_for_update().in_bulk([merge.kept_id, merge.merged_id])
    kept, merged = people[merge.kept_id], people[merge.merged_id]
    obstacles = list(_undo_obstacles(merge, kept))
    if obstacles:
        raise MergeRefusedError(_("不能撤销合并：%(why)s。") % {"why": joined_sentences(obstacles)})
    records = _records(kept, merged)
    for label, field, keys in merge.moved["links"]:
        _point(Link(apps.get_model(label), field), keys, merged)
    if merge.moved["account"]:
        merged_account, kept.account = kept.account, None
        kept.save(update_fields=["account"])
        merged.account = merged_account
    for name, value in merge.moved["values"].items():
        setattr(kept, name, Person._meta.get_field(name).to_python(value))  # type: ignore[union-attr]  # noqa: SLF001 -- a column
    _restore_sealed(kept, merge.moved)
    kept.version += 1
    merged.state = merge.moved["state"]
    merged.version += 1
    merged.save()
    kept.save()
    _keep(records, by=by, at=at)
    merge.undone_by, merge.undone_at = by, at
    merge.save(update_fields=["undone_by", "undone_at"])
    merge.pair.state, merge.pair.decided_by, merge.pair.decided_at = PairState.OPEN, None, None
    merge.pair.save()
    if merge.pair.unit:
        owe_decision(merge.pair.unit, at=at)
    for person, version in ((kept, merge.moved["version"]), (merged, merge.moved["merged_version"])):
        follow_up(person, timezone.localtime(at).date())
        earlier = PersonMerge.objects.filter(kept=person, undone_at=None, kept_version=version)
        earlier.update(kept_version=person.version)  # earlier merges can be undone again
    search_later([kept, merged], by=by, at=at)
    _record("person.undo_merge", merge, reason, by=by, at=at)
    return merge


def _records(*people: Person) -> list[tuple[Person, dict[str, Any]]]:
    return [(one, entire_record(one)) for one in people]


def _keep(records: list[tuple[Person, dict[str, Any]]], *, by: User, at: dt.datetime) -> None:
    """Keep what became of both records: each has its own history, and neither is mixed with the other's."""
    for person, before in records:
        keep_changes(person, record_changes(before, entire_record(person)), by=by, at=at)


def links() -> list[Link]:
    """Every column of every room that points at a person, hidden relations too."""
    relations: list[Any] = Person._meta.get_fields(include_hidden=True)  # noqa: SLF001 -- Django's documented name
    return [
        Link(found.related_model, found.field.name)
        for found in relations
        if found.auto_created
        and (found.one_to_many or found.one_to_one)
        and found.related_model.__name__ not in _OWN
    ]


def _moves(kept: Person, merged: Person) -> list[tuple[Link, list[int]]]:
    """What moves, by link; `MergeRefusedError` names every conflict."""
    moves, conflicts = [], []
    for link in links():
        staying, conflicting = _divided(link, kept, merged)
        conflicts += [_("“%(kind)s”：%(row)s") % {"kind": link.name, "row": row} for row in conflicting]
        keys = list(link.rows(merged).exclude(pk__in=staying).order_by("pk").values_list("pk", flat=True))
        if keys:
            moves.append((link, keys))
    if kept.account and merged.account and merged.account.is_active:
        conflicts.append(_("两人各有一个在用的账号"))
    conflicts += [why for found in OBSTACLES for why in found(kept, merged)]
    conflicts += _each_other(kept, merged)
    if conflicts:
        raise MergeRefusedError(
            _("下列记录两人都有，不能合并：%(found)s。请先撤回或办结其中一方的记录，再合并。")
            % {"found": joined_sentences(conflicts)}
        )
    return moves


def _each_other(kept: Person, merged: Person) -> Iterator[str]:
    """Tables in which the one is named by the other, who would then be one's own spouse."""
    for one in links():
        for other in links():
            both = {one.field: kept, other.field: merged}
            if (
                one.model is other.model
                and one.field != other.field
                and one.rows(kept).filter(**both).exists()
            ):
                yield _("两人在“%(kind)s”中互相登记") % {"kind": one.name}


def _divided(link: Link, kept: Person, merged: Person) -> tuple[list[int], list[Row]]:
    """Keys of the rows that stay with the merged record, and the rows that can neither move nor stay."""
    kind = _OF_A_FILE.get(link.model) if link.field == "person" else None
    if kind is not None and kind.is_ordered and link.rows(kept).exists():
        return list(link.rows(merged).values_list("pk", flat=True)), []  # one career, one list of relatives
    if kind is not None:
        same = set(link.rows(kept).values_list(*kind.columns))
        staying = [row[0] for row in link.rows(merged).values_list("pk", *kind.columns) if row[1:] in same]
    else:
        staying = []
    colliding = {row.pk: row for row in _colliding(link, kept, merged) if row.pk not in staying}
    if kind is not None:
        return [*staying, *colliding], []
    may_stay = MAY_STAY.get(link.label, lambda _row: False)
    return (
        [key for key, row in colliding.items() if may_stay(row)],
        [row for row in colliding.values() if not may_stay(row)],
    )


def _colliding(link: Link, kept: Person, merged: Person) -> Iterator[Row]:
    """Rows of the one that a unique constraint forbids together with those of the other."""
    for fields, condition in _uniques(link):
        others = [name for name in fields if name != link.field]
        taken = {row[1:] for row in link.rows(kept).filter(condition).values_list("pk", *others)}
        rows = {row[0]: row[1:] for row in link.rows(merged).filter(condition).values_list("pk", *others)}
        yield from link.rows(merged).filter(pk__in=[key for key, values in rows.items() if values in taken])


def _uniques(link: Link) -> Iterator[tuple[tuple[str, ...], Q]]:
    """The unique constraints that the column is part of, with their conditions."""
    meta = link.model._meta  # noqa: SLF001 -- Django's documented name
    if meta.get_field(link.field).unique:  # type: ignore[union-attr]  # a column
        yield (link.field,), Q()
    for one in meta.constraints:
        if isinstance(one, models.UniqueConstraint) and link.field in one.fields:
            yield tuple(one.fields), one.condition or Q()


def _point(link: Link, keys: list[int], at: Person) -> int:
    """Let these rows point at another person; returns how many did."""
    rows = link.model._base_manager.filter(pk__in=keys)  # noqa: SLF001 -- Django's documented name
    return rows.update(**{link.field: at})


def _check_numbers(kept: Person, merged: Person, wrong: Person | None) -> None:
    """Two valid numbers are two persons, unless one of them is said to be a mistake."""
    has_both = kept.identity_sealed is not None and merged.identity_sealed is not None
    if not has_both or kept.identity_number == merged.identity_number:
        return
    if wrong is None or wrong.pk not in (kept.pk, merged.pk):
        raise MergeRefusedError(
            _("两人的身份证号不同，不能合并。确系同一人的，请选择哪个号码有误并写明依据。")
        )


def _take_account(kept: Person, merged: Person) -> int | None:
    """The key of the account that moves, if one does."""
    if kept.account or not merged.account:
        return None
    account, merged.account = merged.account, None
    merged.save(update_fields=["account"])
    kept.account = account
    return account.pk


def _fill(kept: Person, merged: Person) -> dict[str, Any]:
    """Fill empty fields of the kept record from the other; returns their previous values."""
    before: dict[str, Any] = {}
    for field in Person._meta.concrete_fields:  # noqa: SLF001 -- Django's documented name
        name = field.attname
        old, new = getattr(kept, name), getattr(merged, name)
        if field.name not in _KEPT and _is_empty(old) and not _is_empty(new):
            before[name] = old
            setattr(kept, name, new)
    return before


def _is_empty(value: Any) -> bool:
    return not value or value == Willingness.UNKNOWN


def _take_sealed(kept: Person, merged: Person, wrong: Person | None) -> None:
    """The valid number, and health notes where the kept record has none; both sealed again for it."""
    is_wrong = wrong is not None and wrong.pk == kept.pk
    if merged.identity_sealed is not None and (kept.identity_sealed is None or is_wrong):
        number = parse_identity_number(merged.identity_number)
        check_identity(kept, number)
        kept.identity_sealed = seal(number.text, context=f"person.identity.{kept.key}")
        kept.identity_index, kept.identity_masked = merged.identity_index, merged.identity_masked
    if merged.health_notes_sealed is not None and kept.health_notes_sealed is None:
        kept.health_notes_sealed = seal(merged.health_notes, context=f"person.health.{kept.key}")


def _sealed_of(person: Person) -> dict[str, Any]:
    """Current sealed columns in a form that can be recorded: bytes as text."""
    values = {name: getattr(person, name) for name in _SEALED}
    return {
        name: value if value is None or isinstance(value, str) else base64.b64encode(bytes(value)).decode()
        for name, value in values.items()
    }


def _restore_sealed(person: Person, moved: dict[str, Any]) -> None:
    for name, value in moved["sealed"].items():
        is_bytes = name.endswith("_sealed") and value is not None
        setattr(person, name, base64.b64decode(value) if is_bytes else value)
    person.born_on = moved["born_on"] and dt.date.fromisoformat(moved["born_on"])


def _undo_obstacles(merge: PersonMerge, kept: Person) -> Iterator[str]:
    """Every later change that forbids going back."""
    if merge.undone_at is not None:
        yield _("已经撤销过")
        return
    if kept.state == PersonState.MERGED:
        yield _("保留的人员后来又并入了另一人，请先撤销那一次合并")
    if kept.version != merge.kept_version:
        yield _("合并之后，保留的人员信息又有修改")
    account = merge.moved["account"]
    if account is not None and kept.account_id not in (None, account):
        yield _("合并之后，保留的人员换了账号")
    for label, field, keys in merge.moved["links"]:
        link = Link(apps.get_model(label), field)
        if link.rows(kept).filter(pk__in=keys).count() != len(keys):
            yield _("移过来的“%(kind)s”后来有变动") % {"kind": link.name}


def _record(action: str, merge: PersonMerge, reason: str, *, by: User, at: dt.datetime) -> None:
    """One event about each of the two, so that the trail of either leads to the other."""
    for person, other in ((merge.kept, merge.merged), (merge.merged, merge.kept)):
        details = {"reason": reason, "other": other.pk}
        record(action, person, by=by, at=at, details=details)
