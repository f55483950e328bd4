"""Every early sign: one file each, collected here.

A sign is added by a file of this package that names its `SIGN`; nothing else lists signs.
"""

from collections.abc import Mapping
from importlib import import_module
from operator import attrgetter
from pkgutil import iter_modules

from secondment.campaigns.thresholds import add_thresholds
from secondment.signals.sign import Sign


def _collected() -> tuple[Sign, ...]:
    modules = [import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__)]
    return tuple(sorted((one.SIGN for one in modules), key=attrgetter("place")))


SIGNS = _collected()
SIGN_BY_CODE: Mapping[str, Sign] = {one.code: one for one in SIGNS}
WITH_DATA = tuple(one for one in SIGNS if one.has_data)
for _one in WITH_DATA:
    if _one.figures:
        add_thresholds(_one.thresholds)
