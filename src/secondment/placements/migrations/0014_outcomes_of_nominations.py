"""Nominations of campaigns that were dispatched before outcomes were kept."""

from django.db import migrations


def keep_outcomes(apps, _schema):
    Nomination = apps.get_model("campaigns", "Nomination")
    Placement = apps.get_model("placements", "Placement")
    rows = Nomination.objects.filter(campaign__state="dispatched", state="nominated", outcome="")
    placed = Placement.objects.filter(campaign__state="dispatched").values_list("campaign", "person", "state")
    gone = {(campaign, person) for campaign, person, state in placed if state == "cancelled"}
    sent = {(campaign, person) for campaign, person, state in placed if state != "cancelled"}
    for one in rows.only("campaign", "person").iterator():
        key = (one.campaign_id, one.person_id)
        one.outcome = "sent" if key in sent else "called_off" if key in gone else "not_chosen"
        one.save(update_fields=["outcome"])


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0009_nomination_outcome"),
        ("placements", "0013_recorded_days"),
    ]

    operations = [migrations.RunPython(keep_outcomes, migrations.RunPython.noop)]
