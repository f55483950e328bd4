"""Whether a table still holds: its inputs are gathered again and compared with those it was computed from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.assessments.composite.inputs import Inputs, digest_of, inputs_of
from secondment.assessments.models import CommitteeTable, Evaluation, Pool
from secondment.assessments.pools import places_of
from secondment.assessments.queries import with_names
from secondment.assessments.table.errors import StaleTableError
from secondment.campaigns.lapses import shorten
from secondment.common.sentences import joined_sentences


@dataclass(frozen=True)
class Holding:
    """The newest table of a pool beside the inputs of today; `changes` says in words what is different."""

    table: CommitteeTable
    inputs: Inputs
    digest: str
    changes: Sequence[str] = field(default_factory=list)
    changed: frozenset[int] = frozenset()  # evaluations whose figures stand on something that is no longer so

    @property
    def is_stale(self) -> bool:
        """Whether it must be computed again, or confirmed with a reason."""
        return self.digest not in (self.table.digest, self.table.held_digest)

    @property
    def words(self) -> str:
        """What is different, in one line."""
        return joined_sentences(self.changes)

    @property
    def is_held(self) -> bool:
        """Whether somebody has confirmed it although its inputs have changed."""
        return self.digest != self.table.digest and not self.is_stale


def people_of(pool: Pool) -> list[Evaluation]:
    """Everybody of a pool in a steady order."""
    return list(with_names(pool.evaluations.all()).order_by("pk"))


def inputs_now(pool: Pool, people: Sequence[Evaluation]) -> Inputs:
    """The inputs of a pool as they are today."""
    places = places_of(pool, n_people=len(people), n_excellent=0)
    n_places = places.n_places if places.is_counted else None
    return inputs_of(people, pool.register.owner_unit, n_places=n_places)


def latest_table(pool: Pool) -> CommitteeTable | None:
    """The table that counts."""
    return pool.tables.select_related("calculated_by", "held_by").order_by("-pk").first()


def holding_of(pool: Pool, people: Sequence[Evaluation] | None = None) -> Holding | None:
    """How the table of a pool stands; none while there is no table."""
    table = latest_table(pool)
    if table is None:
        return None
    people = people_of(pool) if people is None else people
    inputs = inputs_now(pool, people)
    names = {str(one.pk): one.person.name for one in people}
    digest = digest_of(inputs, table.basis)
    if digest == table.digest:
        return Holding(table, inputs, digest)
    old, new = table.inputs["people"], inputs["people"]
    changed = frozenset(int(key) for key in new if new[key] != old.get(key))
    return Holding(table, inputs, digest, list(_changes(table.inputs, inputs, names)), changed)


def require_tables_hold(pools: Iterable[Pool]) -> dict[int, CommitteeTable]:
    """Pool → its table, of those that have one.

    Raises `StaleTableError` for a table whose inputs have changed.
    """
    tables: dict[int, CommitteeTable] = {}
    for pool in pools:
        holding = holding_of(pool)
        if holding is None:
            continue
        if holding.is_stale:
            raise StaleTableError(
                _("“%(pool)s”的评定表计算后，依据有变化：%(changes)s。请重新计算，或写明理由确认仍然适用。")
                % {"pool": pool, "changes": holding.words},
                way=(_("打开评定表"), reverse("assessments:table_detail", args=[pool.pk])),
            )
        tables[pool.pk] = holding.table
    return tables


def _changes(before: Inputs, now: Inputs, names: dict[str, str]) -> Iterable[str]:
    """What is different, in words; names only, so that nobody learns a figure from a refusal."""
    if before["places"] != now["places"]:
        yield _("优秀名额由 %(old)s 个变为 %(new)s 个") % {"old": before["places"], "new": now["places"]}
    if before["runs"] != now["runs"]:
        yield _("有新的测评计算")
    old, new = before["people"], now["people"]
    if joined := [names[key] for key in new if key not in old]:
        yield _("新列入 %(names)s") % {"names": shorten(joined)}
    if n_left := len([key for key in old if key not in new]):
        yield _("移出 %(n)d 人") % {"n": n_left}
    labels = {
        "values": _("量化指标值有变化：%(names)s"),
        "adverse": _("门槛或否决事项有变化：%(names)s"),
        "limits": _("等次限制有变化：%(names)s"),
        "concerns": _("脱岗记录或平时考核有变化：%(names)s"),
        "version": _("所用测评标准有变化：%(names)s"),
        "votes": _("测评得分有变化：%(names)s"),
    }
    for part, words in labels.items():
        if part == "votes" and before["runs"] != now["runs"]:
            continue
        changed = [names[key] for key in new if key in old and new[key].get(part) != old[key].get(part)]
        if changed:
            yield words % {"names": shorten(changed)}
