"""Work teams, provisional party branches and liaison groups: what a user sees of them."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role, paths_of, under
from secondment.campaigns.models import CampaignPost
from secondment.placements.choices import GroupPosition
from secondment.placements.models import GroupMember, Placement, PlacementGroup
from secondment.placements.queries import OVERSEERS, active, in_post, visible_to
from secondment.placements.rules import may_manage_group


def groups_visible_to(user: User) -> QuerySet[PlacementGroup]:
    """Groups of the user's organisation, and those with somebody the user sees in them."""
    with_own = GroupMember.objects.filter(placement__in=visible_to(user).order_by().values("pk"))
    overseen = under("owner_unit__path", paths_of(user, *OVERSEERS))
    return PlacementGroup.objects.filter(overseen | Q(pk__in=with_own.order_by().values("group")))


def groups_managed_by(user: User) -> QuerySet[PlacementGroup]:
    """Standing groups of the user's organisation departments."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT)
    return PlacementGroup.objects.filter(under("owner_unit__path", paths), dissolved_on=None)


def for_list(groups: QuerySet[PlacementGroup]) -> QuerySet[Any]:
    """Groups with who leads them and how many belong to them."""
    leader = GroupMember.objects.filter(group=OuterRef("pk"), position=GroupPosition.LEADER)
    named: QuerySet[Any] = groups.select_related("owner_unit").annotate(
        leader_name=Subquery(leader.values("placement__person__name")),
        n_members=Count("members"),
    )
    return named


def oversees(user: User, group: PlacementGroup) -> bool:
    """Whether the user sees all of the group by office."""
    return covers(user, group.owner_unit.path, *OVERSEERS)


def own_memberships(user: User, on: dt.date) -> QuerySet[GroupMember]:
    """The standing groups in which the user, a secondee, is in post."""
    own = in_post(Placement.objects.filter(person__account=user), on).order_by().values("pk")
    rows = GroupMember.objects.filter(placement__in=own, group__dissolved_on=None)
    return rows if has_role(user, Role.SECONDEE) else rows.none()


def leads(user: User, group: PlacementGroup, on: dt.date) -> bool:
    """Whether the user leads the group on this day."""
    return own_memberships(user, on).filter(group=group, position=GroupPosition.LEADER).exists()


def members_for(user: User, group: PlacementGroup, on: dt.date) -> QuerySet[GroupMember]:
    """Members that the user may see: all by office, else those in post for a fellow member, else one's own people."""
    rows = group.members.select_related("placement__person", "placement__post", "placement__host_unit")
    if oversees(user, group):
        return rows
    seen = Q(placement__in=visible_to(user).order_by().values("pk"))
    if own_memberships(user, on).filter(group=group).exists():
        seen |= Q(placement__in=in_post(Placement.objects.all(), on).order_by().values("pk"))
    return rows.filter(seen)


def addressees_of(group: PlacementGroup, on: dt.date) -> QuerySet[Placement]:
    """Members in post on this day, with their accounts, by name."""
    rows = in_post(Placement.objects.filter(pk__in=group.members.values("placement")), on)
    return rows.select_related("person__account").order_by("person__name_key", "pk")


def may_write_to(user: User, group: PlacementGroup, on: dt.date) -> bool:
    """The organisation department that keeps a standing group, and its leader while in post."""
    return group.dissolved_on is None and (may_manage_group(user, group) or leads(user, group, on))


def meeting_of(user: User, group: PlacementGroup, on: dt.date) -> QuerySet[GroupMember]:
    """Whom a meeting of the group brings together: members in post that the user may see."""
    present = in_post(Placement.objects.all(), on).order_by().values("pk")
    return (
        members_for(user, group, on).filter(placement__in=present).select_related("placement__person__unit")
    )


def teams_of(user: User) -> list[tuple[int, str, str, int]]:
    """(campaign, its name, team, people) of teams with placements that are no group yet; the user runs the campaign."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT)
    teams = CampaignPost.objects.filter(under("campaign__owner_unit__path", paths)).exclude(team="")
    people = active().filter(campaign__in=teams.values("campaign")).order_by()
    n_of = Counter(people.values_list("campaign", "post"))
    made = set(PlacementGroup.objects.exclude(campaign=None).values_list("campaign", "team"))
    found: Counter[tuple[int, str, str]] = Counter()
    columns = ("campaign", "campaign__name", "team", "post")
    for campaign, name, team, post in teams.order_by("campaign", "team", "pk").values_list(*columns):
        if (campaign, team) not in made:
            found[campaign, name, team] += n_of[campaign, post]
    return [(*key, n) for key, n in found.items() if n]
