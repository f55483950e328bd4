"""Make, change and dissolve groups of placements."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.models import Campaign, CampaignPost
from secondment.campaigns.rules import may_manage as may_manage_campaign
from secondment.common.errors import require
from secondment.common.versions import lock_version
from secondment.placements.choices import GroupKind, GroupPosition
from secondment.placements.models import GroupMember, Placement, PlacementGroup
from secondment.placements.queries import active
from secondment.placements.rules import may_group, may_manage_group, may_record_placements
from secondment.placements.services.errors import GroupError
from secondment.units.models import Unit


@dataclass(frozen=True)
class Roles:
    """Who leads a group, who stands in, and who leaves it; keys of placements."""

    leader: int | None = None
    deputies: Collection[int] = ()
    leaving: Collection[int] = ()


@transaction.atomic
def make_group(
    name: str, kind: str, *, owner: Unit | None, founded_on: dt.date, by: User, on: dt.date, at: dt.datetime
) -> PlacementGroup:
    """A new group without members, kept by the organisation department of `owner`."""
    require(owner is not None and may_record_placements(by))
    group = PlacementGroup(name=name.strip(), kind=kind, owner_unit=owner, founded_on=founded_on)
    require(may_manage_group(by, group))
    if founded_on > on:
        raise GroupError(_("成立日期不能晚于今天。"))
    _refuse_taken_name(group)
    group.save()
    record("group.make", group, by=by, at=at)
    return group


@transaction.atomic
def make_group_of_team(
    campaign: Campaign, team: str, *, by: User, on: dt.date, at: dt.datetime
) -> PlacementGroup:
    """A work team of everyone who fills a post of the campaign's team; the same again finds the group that was made."""
    require(may_manage_campaign(by, campaign))
    made = PlacementGroup.objects.filter(campaign=campaign, team=team).first()
    if made is not None:
        return made
    posts = CampaignPost.objects.filter(campaign=campaign, team=team).exclude(team="").values("post")
    people = list(active().filter(campaign=campaign, post__in=posts).order_by("pk"))
    if not people:
        raise GroupError(_("该编组还没有派任的人员。请在集体决定后办理。"))
    group = PlacementGroup(
        name=_("%(campaign)s%(team)s工作队") % {"campaign": campaign.name[:40], "team": team[:12]},
        kind=GroupKind.TEAM,
        owner_unit=campaign.owner_unit,
        campaign=campaign,
        team=team,
        founded_on=on,
    )
    _refuse_taken_name(group)
    group.save()
    GroupMember.objects.bulk_create([GroupMember(group=group, placement=one) for one in people])
    record("group.make", group, by=by, at=at, details={"team": team, "n": len(people)})
    return group


@transaction.atomic
def add_members(group: PlacementGroup, placements: Sequence[Placement], *, by: User, at: dt.datetime) -> int:
    """Take these people into the group, all or none; who belongs to it already stays as they are. Returns how many came."""
    locked = _standing(group, by, version=None)
    for one in placements:
        require(may_group(by, one))
    keys = {one.pk for one in placements}
    if active().filter(pk__in=keys).count() != len(keys):
        raise GroupError(_("已结束或已取消的挂职不能编入。请重新勾选。"))
    known = set(locked.members.filter(placement__in=keys).values_list("placement_id", flat=True))
    new = sorted(keys - known)
    if new:
        GroupMember.objects.bulk_create([GroupMember(group=locked, placement_id=key) for key in new])
        locked.save()
        record("group.add_members", locked, by=by, at=at, details={"n": len(new)})
    return len(new)


@transaction.atomic
def change_group(
    group: PlacementGroup,
    name: str,
    kind: str,
    roles: Roles,
    *,
    version: int | None,
    by: User,
    at: dt.datetime,
) -> PlacementGroup:
    """Rename a group, say who leads it, and let people go. The same again is no event."""
    locked = _standing(group, by, version=version)
    before = locked.name, locked.kind
    locked.name, locked.kind = name.strip(), kind
    _refuse_taken_name(locked)
    if roles.leader in (*roles.deputies, *roles.leaving) or set(roles.deputies) & set(roles.leaving):
        raise GroupError(_("同一人不能既是负责人又是副职，也不能任职同时移出。请核对。"))
    members = {one.placement_id: one for one in locked.members.all()}
    leaving = [key for key in roles.leaving if key in members]
    wanted = {key: _position(key, roles) for key in members if key not in leaving}
    changed = [key for key, position in wanted.items() if members[key].position != position]
    is_renamed = (locked.name, locked.kind) != before
    if not (leaving or changed or is_renamed):
        return locked
    locked.members.filter(placement__in=leaving).delete()
    for key in sorted(
        changed, key=lambda one: wanted[one] == GroupPosition.LEADER
    ):  # the old leader goes first
        locked.members.filter(placement=key).update(position=wanted[key])
    locked.save()
    details = {"changed": len(changed), "left": len(leaving)}
    record("group.change", locked, by=by, at=at, details=details)
    return locked


@transaction.atomic
def dissolve_group(
    group: PlacementGroup,
    *,
    dissolved_on: dt.date,
    version: int | None,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> PlacementGroup:
    """End a group with a day; its members stay on record, its leader reads them no more."""
    locked = _standing(group, by, version=version)
    if not locked.founded_on <= dissolved_on <= on:
        raise GroupError(
            _("撤销日期应在成立日期%(first)s至今天之间。请核对。") % {"first": locked.founded_on}
        )
    locked.dissolved_on = dissolved_on
    locked.save()
    record("group.dissolve", locked, by=by, at=at, details={"dissolved_on": f"{dissolved_on}"})
    return locked


def _position(key: int, roles: Roles) -> int:
    if key == roles.leader:
        return GroupPosition.LEADER
    return GroupPosition.DEPUTY if key in roles.deputies else GroupPosition.MEMBER


def _standing(group: PlacementGroup, by: User, *, version: int | None) -> PlacementGroup:
    locked = lock_version(group, version=version)
    require(may_manage_group(by, locked), _("只有主办组织部门可以调整工作队。"))
    if locked.dissolved_on is not None:
        raise GroupError(_("“%(name)s”已撤销，不能再调整。") % {"name": locked.name})
    return locked


def _refuse_taken_name(group: PlacementGroup) -> None:
    same = PlacementGroup.objects.filter(owner_unit=group.owner_unit, name=group.name, dissolved_on=None)
    if same.exclude(pk=group.pk).exists():
        raise GroupError(_("已有名为“%(name)s”的工作队。请另取名称。") % {"name": group.name})
