from django.db import migrations

# states in which the plan is the one that units were asked about
AS_ASKED = ("consultation", "notification", "decided", "dispatched")


def keep_posts(apps, schema_editor):
    """Answers about a plan that is as it was are about its posts; of others the post is not known."""
    replies = apps.get_model("decision", "PersonReply").objects
    consultations = apps.get_model("decision", "Consultation").objects
    pairs = apps.get_model("matching", "ProposalPair").objects
    replies.filter(consultation__reply="pending").update(is_current=False)
    consultations.exclude(proposal__run__campaign__state__in=AS_ASKED).update(is_withdrawn=True)
    answered = replies.filter(
        is_current=True,
        consultation__proposal__is_chosen=True,
        consultation__proposal__run__campaign__state__in=AS_ASKED,
    )
    fields = "proposal", "nomination", "campaign_post"
    planned = pairs.filter(proposal__consultations__people__in=answered).distinct().values_list(*fields)
    post_of = {(proposal, person): post for proposal, person, post in planned}
    rows = list(answered.select_related("consultation"))
    for row in rows:
        row.campaign_post_id = post_of.get((row.consultation.proposal_id, row.nomination_id))
        row.given_on = row.consultation.replied_on
    replies.bulk_update(rows, ["campaign_post", "given_on"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("decision", "0007_post_of_replies")]

    operations = [migrations.RunPython(keep_posts, migrations.RunPython.noop)]
