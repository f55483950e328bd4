from django.db import migrations, models


def take_from_campaigns(apps, _editor):
    """Programme and owner of a placement were those of its campaign until now."""
    placements = apps.get_model("placements", "Placement").objects
    campaigns = apps.get_model("campaigns", "Campaign").objects.filter(pk=models.OuterRef("campaign"))
    placements.update(
        programme_version=models.Subquery(campaigns.values("programme_version")[:1]),
        owner_unit=models.Subquery(campaigns.values("owner_unit")[:1]),
    )


class Migration(migrations.Migration):
    dependencies = [("placements", "0004_programme_and_owner")]

    operations = [migrations.RunPython(take_from_campaigns, migrations.RunPython.noop)]
