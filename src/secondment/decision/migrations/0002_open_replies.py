"""Replies that units owe name what they are about by its room."""

from typing import Any

from django.db import migrations


def rename(old: str, new: str) -> migrations.RunPython:
    """Obligations about the one kind are about the other."""

    def forwards(apps: Any, _editor: Any) -> None:
        obligations = apps.get_model("obligations", "Obligation").objects
        obligations.filter(subject_type=old).update(subject_type=new)

    def backwards(apps: Any, _editor: Any) -> None:
        obligations = apps.get_model("obligations", "Obligation").objects
        obligations.filter(subject_type=new).update(subject_type=old)

    return migrations.RunPython(forwards, backwards)


class Migration(migrations.Migration):
    dependencies = [("decision", "0001_tables_of_matching"), ("obligations", "0001_initial")]

    operations = [rename("matching.consultation", "decision.consultation")]
