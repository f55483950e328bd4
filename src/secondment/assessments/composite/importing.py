"""Write a workbook of quantitative indicators that passed the dry run, all or none."""

import datetime as dt
from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.composite.errors import QuantityError
from secondment.assessments.composite.imports import QuantityRow
from secondment.assessments.composite.services import Counted, record_quantities
from secondment.assessments.models import Register
from secondment.common.list_import import ListImport


@transaction.atomic
def import_quantities(plan: ListImport[QuantityRow], *, by: User, at: dt.datetime) -> int:
    """Keep every value that the dry run showed; returns how many became different."""
    if plan.refused:
        raise QuantityError(
            _("文件中有%(n)d处不能导入，一行也没有写入。请改正后重新上传。") % {"n": len(plan.refused)}
        )
    by_register: defaultdict[Register, list[Counted]] = defaultdict(list)
    for line in plan.to_write:
        by_register[line.evaluation.register].append(line.said)
    return sum(record_quantities(register, said, by=by, at=at) for register, said in by_register.items())
