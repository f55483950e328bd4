"""The talk before a decision gets its full name; its rows and their table stay."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decision", "0008_back_fill_posts_of_replies")]

    operations = [migrations.RenameModel("Talk", "PreAppointmentTalk")]
