"""The task book of a placement, version by version; what became of its tasks; who may decide what at the host unit."""

from operator import attrgetter

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secondment.common.models import Versioned
from secondment.common.protection import open_sealed
from secondment.placements.models import Placement
from secondment.task_books.choices import (
    UNDER_WRITING,
    BookState,
    OutcomeKind,
    Power,
    ProposalState,
    Proposer,
    TaskField,
    TaskKind,
)

FULL_WEIGHT = 100
MOST_TASKS = 20


class Powers(models.Model):
    """Approval of people, money or projects (人、财、物、项目的审批权)."""

    over_people = models.BooleanField(_("人事审批"), default=False)
    over_money = models.BooleanField(_("资金审批"), default=False)
    over_projects = models.BooleanField(_("项目审批"), default=False)

    class Meta:
        abstract = True


POWERS = tuple(Power.values)


class TaskContent(Powers):
    """What is agreed about a task; the same for a task that is only proposed."""

    kind = models.CharField(_("承担方式"), max_length=8, choices=TaskKind, default=TaskKind.OWN)
    field = models.CharField(_("领域"), max_length=10, choices=TaskField, default=TaskField.OTHER)
    name = models.CharField(_("任务"), max_length=120)
    target = models.CharField(_("量化目标"), max_length=200)
    weight = models.PositiveSmallIntegerField(_("权重（%）"), default=0)
    due_on = models.DateField(_("完成时限"), null=True, blank=True)
    way = models.CharField(_("验收方式"), max_length=100, blank=True)
    partner = models.CharField(_("配合对象"), max_length=60, blank=True)
    proposer = models.CharField(_("提出人"), max_length=10, choices=Proposer, default=Proposer.HOST)

    class Meta:
        abstract = True


CONTENT = ("kind", "field", "name", "target", "weight", "due_on", "way", "partner", "proposer", *POWERS)


class TaskBook(Versioned):
    """One version (版次) of a placement's task book (form F6): a draft, then signed by both and never edited again."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="task_books", verbose_name=_("挂职")
    )
    number = models.PositiveSmallIntegerField(_("版次"))
    state = models.CharField(_("状态"), max_length=10, choices=BookState, default=BookState.DRAFT)
    # why it replaces the version before
    reason = models.CharField(_("变更理由"), max_length=200, blank=True)
    # what the secondee wants changed before signing
    remark = models.CharField(_("本人意见"), max_length=200, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("起草人")
    )
    written_at = models.DateTimeField(_("起草时间"))
    host_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("接收单位签署人"),
    )
    host_signed_at = models.DateTimeField(_("接收单位签署时间"), null=True, blank=True)
    # who noted the signature down: the secondee's account, or, of one on paper, the office
    own_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("本人签署"),
    )
    own_signed_at = models.DateTimeField(_("本人签署时间"), null=True, blank=True)
    is_on_paper = models.BooleanField(_("纸质签署"), default=False)
    trail_path = property(attrgetter("placement.host_unit.path"))

    class Meta:
        ordering = ["placement", "-number"]
        verbose_name = verbose_name_plural = _("目标任务书")
        constraints = [
            models.UniqueConstraint(fields=["placement", "number"], name="task_book_number_once"),
            models.UniqueConstraint(
                fields=["placement"], condition=Q(state=BookState.IN_FORCE), name="task_book_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["placement"], condition=Q(state__in=UNDER_WRITING), name="task_book_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement.person.name} {self.number}"


class Task(TaskContent):
    """A task of one version; `line` is the same task in every version."""

    book = models.ForeignKey(TaskBook, models.CASCADE, related_name="tasks", verbose_name=_("任务书"))
    line = models.PositiveSmallIntegerField(_("序号"))
    accepted_on = models.DateField(_("验收日期"), null=True, blank=True)
    # of advice that was accepted: whether the host followed it
    is_adopted = models.BooleanField(_("意见建议是否采纳"), null=True, blank=True)
    trail_path = property(attrgetter("book.placement.host_unit.path"))

    class Meta:
        ordering = ["book", "line"]
        verbose_name = verbose_name_plural = _("任务")
        constraints = [models.UniqueConstraint(fields=["book", "line"], name="task_line_once")]
        indexes = [models.Index(fields=["due_on"], condition=Q(accepted_on=None), name="task_open_due")]

    def __str__(self) -> str:
        return self.name


class TaskOutcome(models.Model):
    """What the host decided about a task, in the order it was decided; the task says where it stands now."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="task_outcomes", verbose_name=_("挂职")
    )
    line = models.PositiveSmallIntegerField(_("序号"))
    kind = models.CharField(_("结果"), max_length=10, choices=OutcomeKind)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    decided_on = models.DateField(_("日期"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    at = models.DateTimeField(_("时间"))
    trail_path = property(attrgetter("placement.host_unit.path"))

    class Meta:
        ordering = ["placement", "line", "id"]
        verbose_name = verbose_name_plural = _("任务验收")
        indexes = [models.Index(fields=["placement", "line"], name="task_outcome_line")]

    def __str__(self) -> str:
        return f"{self.placement} {self.line} {self.get_kind_display()}"


class TaskProposal(TaskContent):
    """A task that the secondee proposes; the host takes it into the next version or says why not."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="task_proposals", verbose_name=_("挂职")
    )
    state = models.CharField(_("状态"), max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    reason = models.CharField(_("未采纳理由"), max_length=200, blank=True)
    proposed_at = models.DateTimeField(_("提出时间"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("答复人"),
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    trail_path = property(attrgetter("placement.host_unit.path"))

    class Meta:
        ordering = ["placement", "id"]
        verbose_name = verbose_name_plural = _("任务建议")

    def __str__(self) -> str:
        return self.name


class ProgressNote(models.Model):
    """Progress by exception: written by whoever wants to, asked for by nobody."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="progress_notes", verbose_name=_("挂职")
    )
    line = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("进展"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("填写人")
    )
    at = models.DateTimeField(_("时间"))
    trail_path = property(attrgetter("placement.host_unit.path"))

    class Meta:
        ordering = ["placement", "line", "id"]
        verbose_name = verbose_name_plural = _("任务进展")
        indexes = [models.Index(fields=["placement", "line"], name="progress_note_line")]

    def __str__(self) -> str:
        return self.text


class DivisionOfWork(Powers):
    """What the written division of work (分工) gives and what it expressly does not; its text is `Placement.duties`.

    Every change is a new row, and the last one counts.
    """

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="divisions_of_work", verbose_name=_("挂职")
    )
    not_given = models.CharField(_("明确不授予的权限"), max_length=200, blank=True)
    is_current = models.BooleanField(default=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    at = models.DateTimeField(_("时间"))
    trail_path = property(attrgetter("placement.host_unit.path"))

    class Meta:
        ordering = ["placement", "-id"]
        verbose_name = verbose_name_plural = _("分工")
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=Q(is_current=True), name="division_one_current"
            )
        ]

    def __str__(self) -> str:
        return f"{self.placement}"


class RecusalDeclaration(models.Model):
    """What the secondee declares for recusal in official duties (公务回避): nothing, or matters to stay out of.

    The host reads the matters; the family facts behind them are sealed. A change is a new row, and the last one counts.
    """

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="recusal_declarations", verbose_name=_("挂职")
    )
    matters = models.CharField(_("需要回避的事项"), max_length=200, blank=True)
    facts_sealed = models.BinaryField(null=True, editable=False)
    is_current = models.BooleanField(default=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申报人")
    )
    at = models.DateTimeField(_("申报时间"))
    trail_path = property(attrgetter("placement.host_unit.path"))

    class Meta:
        ordering = ["placement", "-id"]
        verbose_name = verbose_name_plural = _("公务回避申报")
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=Q(is_current=True), name="recusal_one_current"
            )
        ]

    def __str__(self) -> str:
        return f"{self.placement}"

    @property
    def facts(self) -> str:
        """The family facts in clear."""
        if self.facts_sealed is None:
            return ""
        return open_sealed(self.facts_sealed, context=facts_context(self.placement_id))


def facts_context(placement_id: int) -> str:
    """What the seal of family facts is bound to."""
    return f"task_books.recusal.{placement_id}"
