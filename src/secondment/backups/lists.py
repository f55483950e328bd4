"""The list of backups."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from secondment.backups.models import Backup
from secondment.common.listing.listing import Column, Listing

MEGABYTE = 1_000_000


def result_of(backup: Backup) -> str:
    """Done, or what was in the way."""
    return backup.fault or gettext("已完成")


BACKUPS = Listing(
    key="backups",
    title=_("备份"),
    columns=(
        Column("at", _("时间"), sort="at", is_short=True, phone="title"),
        Column("name", _("文件"), phone="text"),
        Column(
            "size",
            _("大小（MB）"),
            value=lambda one: one.size / MEGABYTE,
            decimals=1,
            align="end",
            phone="line",
        ),
        Column("n_rows", _("数据行数"), align="end", phone="hidden"),
        Column("n_files", _("附件数"), align="end", phone="hidden"),
        Column(
            "result",
            _("结果"),
            value=result_of,
            status=lambda one: "bad" if one.fault else "good",
            phone="aside",
        ),
    ),
    default_sort="-at",
    empty_title=_("暂无备份"),
    empty_text=_("生成恢复密钥后，每天凌晨自动备份一次。"),
)
