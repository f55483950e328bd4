"""A place: the host unit as its secondees know it, with everything that anybody ever wrote about it."""

from operator import attrgetter

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secondment.common.models import Versioned
from secondment.documents.models import StoredFile
from secondment.placements.models import Placement
from secondment.places.choices import Category, Heading, Settlement
from secondment.units.models import Unit

TEXT_LENGTH = 2_000


class Place(Versioned):
    """What is known of a host unit; it outlives every placement there."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="place", verbose_name=_("单位"))
    trail_path = property(attrgetter("unit.path"))

    class Meta:
        ordering = ["unit"]
        verbose_name = verbose_name_plural = _("挂职地情况")

    def __str__(self) -> str:
        return self.unit.name


class Entry(models.Model):
    """Anything written about a place: never edited, replaced by the next one."""

    is_current = models.BooleanField(default=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("填写人")
    )
    at = models.DateTimeField(_("填写时间"))
    trail_path = property(attrgetter("place.unit.path"))

    class Meta:
        abstract = True


class PlaceText(Entry):
    """What stands under one heading; the versions before stay readable."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="texts", verbose_name=_("挂职地情况"))
    heading = models.CharField(_("栏目"), max_length=10, choices=Heading)
    text = models.TextField(_("内容"), blank=True)

    class Meta:
        ordering = ["place", "heading", "-id"]
        verbose_name = verbose_name_plural = _("挂职地情况的栏目")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "heading"], condition=Q(is_current=True), name="place_heading_one_current"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.get_heading_display()}"


class PlaceFile(Entry):
    """A survey of the village or unit (村情、单位概况) as it was uploaded."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="files", verbose_name=_("挂职地情况"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("文件"))

    class Meta:
        ordering = ["place", "-id"]
        verbose_name = verbose_name_plural = _("村情或单位概况")

    def __str__(self) -> str:
        return self.file.name


class PlaceContact(Entry):
    """Somebody to ask: three of them are a good beginning. Of one that a secondee noted, the handover asks."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="contacts", verbose_name=_("挂职地情况"))
    placement = models.ForeignKey(
        Placement, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("挂职")
    )
    name = models.CharField(_("姓名"), max_length=40)
    post = models.CharField(_("职务或身份"), max_length=60)
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    matter = models.CharField(_("什么事找他"), max_length=100, blank=True)

    class Meta:
        ordering = ["place", "id"]
        verbose_name = verbose_name_plural = _("联系人")

    def __str__(self) -> str:
        return self.name


class PlaceCategory(models.Model):
    """What the place is listed as, from a document of entry to a document of exit."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="categories", verbose_name=_("挂职地情况"))
    kind = models.CharField(_("类别"), max_length=12, choices=Category)
    entered_on = models.DateField(_("列入日期"))
    entry_document = models.CharField(_("列入文件"), max_length=100)
    left_on = models.DateField(_("退出日期"), null=True, blank=True)
    exit_document = models.CharField(_("退出文件"), max_length=100, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    at = models.DateTimeField(_("登记时间"))
    trail_path = property(attrgetter("place.unit.path"))

    class Meta:
        ordering = ["place", "-entered_on", "id"]
        verbose_name = verbose_name_plural = _("挂职地类别")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind"], condition=Q(left_on=None), name="place_category_once"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("entered_on")), name="place_category_forwards"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.get_kind_display()}"


class PlacePromise(models.Model):
    """Something that a secondee promised to somebody there; it stays open until it is kept or closed with a reason."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="promises", verbose_name=_("挂职"))
    text = models.CharField(_("承诺事项"), max_length=200)
    to_whom = models.CharField(_("对谁承诺"), max_length=60)
    due_on = models.DateField(_("完成时限"), null=True, blank=True)
    closed_on = models.DateField(_("了结日期"), null=True, blank=True)
    outcome = models.CharField(_("结果"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    at = models.DateTimeField(_("登记时间"))
    trail_path = property(attrgetter("placement.host_unit.path"))

    class Meta:
        ordering = ["placement", "id"]
        verbose_name = verbose_name_plural = _("承诺事项")

    def __str__(self) -> str:
        return self.text


class HandoverItem(models.Model):
    """An open task, promise or contact that was settled at the handover (压茬交接): by whom it is taken over, or why not."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="handover_items", verbose_name=_("挂职")
    )
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=40)
    title = models.CharField(_("事项"), max_length=400)
    settlement = models.CharField(_("交接结果"), max_length=10, choices=Settlement)
    successor = models.ForeignKey(
        Placement, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("接任者")
    )
    name = models.CharField(_("接手人或了结人"), max_length=40)
    reason = models.CharField(_("说明"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    at = models.DateTimeField(_("办理时间"))
    # by the successor; until then it may be taken back, and what was taken back stays readable
    confirmed_at = models.DateTimeField(_("接任者确认时间"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("撤回人"),
    )
    taken_back_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    trail_path = property(attrgetter("placement.host_unit.path"))

    class Meta:
        ordering = ["placement", "id"]
        verbose_name = verbose_name_plural = _("交接事项")
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "kind", "key"],
                condition=Q(taken_back_at=None),
                name="handover_item_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(taken_back_at=None), name="handover_item_confirmed_stays"
            ),
        ]

    def __str__(self) -> str:
        return self.title
