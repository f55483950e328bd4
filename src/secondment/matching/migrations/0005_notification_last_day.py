"""The day on which a public notification ends belongs to it, so it is called the last day."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matching", "0004_side_rules_and_reasons")]

    operations = [migrations.RenameField("publicnotification", "ends_on", "last_day")]
