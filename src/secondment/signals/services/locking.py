"""The row that an act is about, locked, with what rules ask of it."""

from secondment.signals.models import EarlySign


def locked(sign: EarlySign) -> EarlySign:
    """The sign as it stands now; others who act on it wait."""
    list(EarlySign.objects.select_for_update().filter(pk=sign.pk).values_list("pk"))
    related = ("placement__person__account", "placement__host_unit", "placement__home_unit")
    return EarlySign.objects.select_related("unit", "placement__owner_unit", *related).get(pk=sign.pk)


def save(row: EarlySign, *names: str) -> None:
    """Write these fields."""
    row.version += 1
    row.save(update_fields=[*names, "version"])
