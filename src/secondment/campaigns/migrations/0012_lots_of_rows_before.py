"""Nominations and posts from before lot numbers get theirs from what is public of them now."""

from hashlib import blake2b

from django.db import migrations


def draw_lots(apps, _schema):
    Nomination = apps.get_model("campaigns", "Nomination")
    CampaignPost = apps.get_model("campaigns", "CampaignPost")
    for one in Nomination.objects.filter(lot="").select_related(
        "campaign__owner_unit", "home_unit", "person"
    ):
        unit, person = one.home_unit, one.person
        one.lot = lot(one.campaign, unit.name, unit.credit_code, person.name, person.born_on)
        one.save(update_fields=["lot"])
    for one in CampaignPost.objects.filter(lot="").select_related("campaign__owner_unit", "post__host_unit"):
        unit, post = one.post.host_unit, one.post
        one.lot = lot(one.campaign, unit.name, unit.region_id, post.code, post.title, post.starts_on)
        one.save(update_fields=["lot"])


def lot(campaign, *public):
    text = "|".join(map(str, (campaign.owner_unit.name, campaign.name, *public)))
    return f"{int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), 'big') % 10**8:08d}"


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0011_lots")]

    operations = [migrations.RunPython(draw_lots, migrations.RunPython.noop)]
