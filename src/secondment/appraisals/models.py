"""Who votes on whom: an appraisal, its candidates, the kinds of ballot papers, rosters, signed marks, and the sealed ballots.

While voting is open the ballots lie in a file of their own (`secondment.appraisals.box`), not in this database.
"""

import uuid
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secondment.appraisals.choices import AppraisalState, Occasion, SlipLoss, Standing
from secondment.common.models import Versioned
from secondment.placements.models import Placement
from secondment.standards.choices import RaterGroup
from secondment.standards.models import StandardVersion
from secondment.units.models import Unit


def _account(label: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


class Appraisal(Versioned):
    """One democratic appraisal that an organisation department holds, of one assessment year."""

    owner_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="appraisals", verbose_name=_("主办组织部门")
    )
    name = models.CharField(_("名称"), max_length=80)
    occasion = models.CharField(_("类型"), max_length=4, choices=Occasion, default=Occasion.YEAR)
    year = models.PositiveSmallIntegerField(
        _("考核年度")
    )  # the year that is assessed, not the day of the vote
    state = models.CharField(_("状态"), max_length=6, choices=AppraisalState, default=AppraisalState.DRAFT)
    held_on = models.DateField(_("测评日期"))
    closes_on = models.DateField(_("截止日期"))
    rosters_by = models.DateField(_("名单报送期限"), null=True, blank=True)  # none: units were not asked yet
    # the organisation group (考核组) by name: [{"name", "duty"}]; its members sign their marks
    team = models.JSONField(_("考核组成员"), default=list, blank=True)
    box = models.UUIDField(_("票箱"), default=uuid.uuid4, editable=False, unique=True)
    draw_seed = models.CharField(_("抽取种子"), max_length=100, blank=True)  # as published before the draw
    # of all lists as they were locked, hex: published before the seed is known
    frame_digest = models.CharField(_("名单摘要"), max_length=64, blank=True)
    frozen_by = _account(_("锁定人"))
    frozen_on = models.DateField(_("锁定日期"), null=True, blank=True)
    created_by = _account(_("经办人"))
    created_at = models.DateTimeField(_("建立时间"))
    opened_by = _account(_("开启人"))
    opened_on = models.DateField(_("开启日期"), null=True, blank=True)
    closed_by = _account(_("封存人"))
    closed_on = models.DateField(_("封存日期"), null=True, blank=True)
    root = models.CharField(
        _("封存摘要"), max_length=64, blank=True
    )  # Merkle root over the sorted ballot hashes
    # while it is not void: why somebody asks for it
    void_reason = models.CharField(_("作废理由"), max_length=300, blank=True)
    void_asked_by = _account(_("作废申请人"))
    void_asked_on = models.DateField(_("作废申请日期"), null=True, blank=True)
    trail_path = property(attrgetter("owner_unit.path"))

    class Meta:
        ordering = ["-year", "-held_on", "id"]
        verbose_name = verbose_name_plural = _("民主测评")
        constraints = [
            models.UniqueConstraint(
                fields=["owner_unit", "name"],
                condition=~Q(state=AppraisalState.VOID),
                name="appraisal_name_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Candidate(models.Model):
    """Somebody who is appraised, by a signed standard; at most once for a placement and assessment year."""

    appraisal = models.ForeignKey(
        Appraisal, models.CASCADE, related_name="candidates", verbose_name=_("民主测评")
    )
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="appraised", verbose_name=_("挂职"))
    year = models.PositiveSmallIntegerField(_("考核年度"))
    standard = models.ForeignKey(
        StandardVersion, models.PROTECT, related_name="+", verbose_name=_("测评标准")
    )
    is_void = models.BooleanField(_("已作废"), default=False)  # with its appraisal
    trail_path = property(attrgetter("appraisal.owner_unit.path"))

    class Meta:
        ordering = ["appraisal", "placement__person__name_key", "id"]
        verbose_name = verbose_name_plural = _("测评对象")
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "year"], condition=Q(is_void=False), name="appraised_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.placement.person} {self.year}"


class BallotPaper(models.Model):
    """A kind of ballot paper (票种): raters of one group in one unit, who get the same sheet on the same candidates."""

    appraisal = models.ForeignKey(
        Appraisal, models.CASCADE, related_name="papers", verbose_name=_("民主测评")
    )
    group = models.CharField(_("评议主体"), max_length=12, choices=RaterGroup)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("参评单位"))
    candidates = models.ManyToManyField(Candidate, related_name="papers", verbose_name=_("测评对象"))
    n_wanted = models.PositiveSmallIntegerField(
        _("应抽取人数"), null=True, blank=True
    )  # none: all on the list
    asked_on = models.DateField(_("要求报送日期"), null=True, blank=True)
    handed_in_on = models.DateField(_("名单报送日期"), null=True, blank=True)
    n_issued = models.PositiveIntegerField(_("发票数"), default=0)
    n_void = models.PositiveIntegerField(_("作废票数"), default=0)
    n_counted = models.PositiveIntegerField(_("有效票数"), null=True, blank=True)  # at the close
    trail_path = property(attrgetter("appraisal.owner_unit.path"))

    class Meta:
        ordering = ["appraisal", "unit__path", "group"]
        verbose_name = verbose_name_plural = _("票种")
        constraints = [models.UniqueConstraint(fields=["appraisal", "group", "unit"], name="paper_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_group_display()}"


class RosterEntry(models.Model):
    """Somebody who may vote; who received which slip is not known to anybody."""

    paper = models.ForeignKey(BallotPaper, models.CASCADE, related_name="roster", verbose_name=_("票种"))
    position = models.PositiveIntegerField(_("次序"))
    name = models.CharField(_("姓名"), max_length=40)
    duty = models.CharField(_("单位职务或身份"), max_length=80, blank=True)
    standing = models.CharField(_("参评情况"), max_length=8, choices=Standing, default=Standing.LISTED)
    reason = models.CharField(_("不参评或变动理由"), max_length=200, blank=True)
    # has the name of a candidate or of a relative, and the department has checked that it is somebody else
    is_namesake = models.BooleanField(_("已核实为同名的另一人"), default=False)
    # from 1: in this order the draw takes people, and whoever stands in
    drawn_order = models.PositiveIntegerField(_("抽取次序"), null=True, blank=True)

    class Meta:
        ordering = ["paper", "position"]
        verbose_name = verbose_name_plural = _("参评人员")
        constraints = [models.UniqueConstraint(fields=["paper", "position"], name="roster_position_once")]

    def __str__(self) -> str:
        return self.name


class RosterChange(models.Model):
    """Somebody taken off a locked list, with the reason, and who stands in; rows are never changed."""

    paper = models.ForeignKey(BallotPaper, models.CASCADE, related_name="changes", verbose_name=_("票种"))
    left = models.ForeignKey(RosterEntry, models.CASCADE, related_name="+", verbose_name=_("退出人员"))
    joined = models.ForeignKey(
        RosterEntry, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("递补人员")
    )
    reason = models.CharField(_("变动理由"), max_length=200)
    by = _account(_("经办人"))
    on = models.DateField(_("变动日期"))

    class Meta:
        ordering = ["paper", "id"]
        verbose_name = verbose_name_plural = _("参评人员变动")

    def __str__(self) -> str:
        return f"{self.left} → {self.joined or '—'}"


class SignedMark(Versioned):
    """A mark of a named member of the organisation group; it links units and years, and its giver answers for it."""

    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="signed_marks", verbose_name=_("测评对象")
    )
    indicator = models.SlugField(_("指标"), max_length=30)
    rater = models.CharField(_("考核组成员"), max_length=40)
    level = models.PositiveSmallIntegerField(
        _("档次"), null=True, blank=True
    )  # from 1, the lowest; none: 不了解
    recorded_by = _account(_("登记人"))
    trail_path = property(attrgetter("candidate.appraisal.owner_unit.path"))

    class Meta:
        ordering = ["candidate", "rater", "indicator"]
        verbose_name = verbose_name_plural = _("考核组评分")
        constraints = [
            models.UniqueConstraint(fields=["candidate", "rater", "indicator"], name="signed_mark_once")
        ]

    def __str__(self) -> str:
        return f"{self.rater} {self.indicator}"


class SealedBallot(models.Model):
    """A ballot as it left the box, in random order under a random number: one rater's whole sheet.

    `marks` maps the key of a candidate to indicator code → level from 1, the lowest (null: 不了解).
    """

    id = models.BigIntegerField(primary_key=True)
    paper = models.ForeignKey(BallotPaper, models.PROTECT, related_name="ballots", verbose_name=_("票种"))
    marks = models.JSONField(_("评价"))
    digest = models.CharField(_("摘要"), max_length=64)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = _("封存票")

    def __str__(self) -> str:
        return self.digest[:12]


class CountedReceipt(models.Model):
    """The receipt of a code by which a counted ballot was cast; the list is published when the box is closed.

    Receipts are written sorted, and nothing leads from one to a ballot.
    """

    appraisal = models.ForeignKey(
        Appraisal, models.CASCADE, related_name="receipts", verbose_name=_("民主测评")
    )
    number = models.CharField(_("回执号"), max_length=12)

    class Meta:
        ordering = ["number"]
        verbose_name = verbose_name_plural = _("回执")
        constraints = [models.UniqueConstraint(fields=["appraisal", "number"], name="receipt_once")]

    def __str__(self) -> str:
        return self.number


class SlipReplacement(models.Model):
    """Slips made void, and new ones instead: asked for by one person, confirmed by another. Codes lie in the box only."""

    paper = models.ForeignKey(
        BallotPaper, models.CASCADE, related_name="replacements", verbose_name=_("票种")
    )
    kind = models.CharField(_("情形"), max_length=8, choices=SlipLoss)
    reason = models.CharField(_("理由"), max_length=200)
    asked_by = _account(_("申请人"))
    asked_on = models.DateField(_("申请日期"))
    is_confirmed = models.BooleanField(_("是否同意"), null=True, blank=True)  # none: nobody has decided yet
    decided_by = _account(_("确认人"))
    decided_on = models.DateField(_("确认日期"), null=True, blank=True)
    n_void = models.PositiveIntegerField(_("作废票数"), default=0)
    n_issued = models.PositiveIntegerField(_("补发票数"), default=0)

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = _("换发选票")

    def __str__(self) -> str:
        return str(self.get_kind_display())
