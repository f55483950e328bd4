"""The certificate of a proposal: what proves that no better plan exists, or the bound that is known, as a file.

People, posts and units are named by numbers that never change, so that the file may be handed on and its fingerprint
holds for good. A workbook beside it says who they are.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from secondment.algorithms.assignment.certificate import FORMAT, Names, certificate, fingerprint, written
from secondment.algorithms.assignment.problem import Pair
from secondment.campaigns.queries import nominations_named, posts_named
from secondment.files.writing import Workbook
from secondment.matching.choices import Principle
from secondment.matching.models import Proposal
from secondment.matching.queries import units_named
from secondment.matching.side_rules.kinds import rule_sentence
from secondment.matching.snapshot import Snapshot, unpack

SHEET = "编号对照"
HEAD = ("类别", "编号", "姓名或名称", "单位", "抽签号")


def certificate_of(proposal: Proposal) -> bytes:
    """The file; equal for equal proposals, whoever asks and whenever."""
    run = proposal.run
    snapshot = unpack(run.snapshot)
    adopted = _adopted(proposal, snapshot)
    if snapshot.side_rules:
        with translation.override(settings.LANGUAGE_CODE):
            return written(_bound(proposal, snapshot, adopted))
    optimum = [(person, post) for person, post in run.report["optimum"]]
    is_changed = set(adopted) != set(optimum)
    names = Names(
        [str(one) for one in snapshot.nominations],
        [str(one) for one in snapshot.posts],
        [str(one) for one in snapshot.units],
    )
    instead = adopted if is_changed else None
    return written(certificate(snapshot.problem(run.weights), optimum, names, instead, _why(proposal)))


def _why(proposal: Proposal) -> str:
    """By which principle the plan was made, and whether it was changed since; "" for the best total."""
    if proposal.principle == Principle.BEST_TOTAL:
        return ""
    is_changed = any(one.has_changed_plan for one in proposal.interventions.all())
    principle = f"principle {proposal.principle}"
    return f"{principle}, then changed by hand" if is_changed else principle


def has_certificate(proposal: Proposal) -> bool:
    """Whether the plan comes from a computation; one recorded afterwards does not."""
    return "bound" in proposal.run.report


def fingerprint_of(proposal: Proposal) -> str:
    """SHA-256 of the certificate; "" without one."""
    return fingerprint(certificate_of(proposal)) if has_certificate(proposal) else ""


def is_of_today(proposal: Proposal, mark: str) -> bool:
    """Whether a file made now has this fingerprint's format; one of an older run was perhaps kept in the former format."""
    return "certificate_format" in proposal.run.report or fingerprint_of(proposal) == mark


def certificate_archive(proposal: Proposal) -> bytes:
    """A zip of the certificate and of a workbook that says who its numbers are."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("证明.json", certificate_of(proposal))
        archive.writestr(f"{SHEET}.xlsx", _numbers_workbook(unpack(proposal.run.snapshot)))
    return content.getvalue()


def _numbers_workbook(snapshot: Snapshot) -> bytes:
    book = Workbook()
    sheet = book.sheet(SHEET, widths=(12, 10, 30, 40, 12))
    sheet.head(HEAD)
    sheet.rows(_numbers(snapshot))
    return book.content()


def _numbers(snapshot: Snapshot) -> Iterator[tuple[str, int, str, str, str]]:
    """Who the numbers are; what was deleted since is left out."""
    people = nominations_named(snapshot.nominations)
    for one in (people[number] for number in snapshot.nominations if number in people):
        yield "人选", one.pk, one.person.name, one.home_unit.name, one.lot
    posts = posts_named(snapshot.posts)
    for offered in (posts[number] for number in snapshot.posts if number in posts):
        yield "岗位", offered.pk, offered.post.title, offered.post.host_unit.name, offered.lot
    units = units_named(snapshot.units)
    for unit in (units[number] for number in snapshot.units if number in units):
        yield "派出单位", unit.pk, unit.name, "", ""


def _adopted(proposal: Proposal, snapshot: Snapshot) -> list[Pair]:
    """The pairs of the proposal as they are now, in rows."""
    rows = proposal.pairs.order_by("pk").values_list("nomination_id", "campaign_post_id")
    return [(snapshot.person_of[nomination], snapshot.post_of[post]) for nomination, post in rows]


def _bound(proposal: Proposal, snapshot: Snapshot, adopted: list[Pair]) -> dict[str, Any]:
    """What is known of a plan under side rules, and how it was reached."""
    report = proposal.run.report
    kept = ("status", "n_assigned", "n_places", "places_bound", "total_score", "bound", "gap")
    how = ("solver", "version", "seconds", "limit_seconds", "is_stopped")
    return {
        "format": FORMAT,
        "kind": "bound",
        "claim": _(
            "遵守下列附加规则的方案，填补岗位不超过 places_bound 个；填补同样多岗位的，总匹配度不超过 bound。"
            "上限由求解器按线性松弛和分支定界得出，不能离开求解器核验；status 为 optimal 的，已在求解器精度内证明最优。"
        ),
        "rules": [rule_sentence(rule.kind, rule.values, rule.names) for rule in snapshot.side_rules],
        **{name: report.get(name) for name in (*kept, *how)},
        "seed": proposal.run.seed,
        "plan": [
            [str(snapshot.nominations[person]), str(snapshot.posts[post])]
            for person, post in report["optimum"]
        ],
        "adopted": [
            [str(snapshot.nominations[person]), str(snapshot.posts[post])] for person, post in adopted
        ],
    }
