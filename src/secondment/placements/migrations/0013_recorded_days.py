from django.db import migrations
from django.utils import timezone

CHUNK = 2_000


def take_from_trail(apps, _editor):
    """The trail knows on which day a placement was recorded from a list."""
    placements = apps.get_model("placements", "Placement").objects
    waiting = set(placements.filter(origin="recorded", recorded_on=None).values_list("pk", flat=True))
    events = apps.get_model("audit", "AuditEvent").objects.filter(action="placement.record")
    for number, at in events.order_by("pk").values_list("object_id", "at").iterator(CHUNK):
        if int(number) in waiting:
            placements.filter(pk=int(number)).update(recorded_on=timezone.localtime(at).date())


class Migration(migrations.Migration):
    dependencies = [("placements", "0012_statistics_forms"), ("audit", "0001_initial")]

    operations = [migrations.RunPython(take_from_trail, migrations.RunPython.noop)]
