"""Every model and every action of the life cycle has its line in the glossary."""

import importlib
import re
from pathlib import Path

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from secondment.accounts.choices import Role

GLOSSARY = (Path(__file__).parents[1] / "docs" / "glossary.md").read_text()
WORDS = set(re.findall(r"`([^`]+)`", GLOSSARY))
ROOMS = [app for app in apps.get_app_configs() if app.name.startswith("secondment.")]


def test_every_model_is_in_the_glossary() -> None:
    assert {model.__name__ for app in ROOMS for model in app.get_models()} - WORDS == set()


def test_every_action_is_in_the_glossary() -> None:
    tables = [
        importlib.import_module(f"{app.name}.states").TRANSITIONS
        for app in ROOMS
        if module_has_submodule(app.module, "states")
    ]
    assert {action for table in tables for action in table} - WORDS == set()


def test_every_role_is_in_the_glossary() -> None:
    assert {role for role in Role if role not in WORDS and f"Role.{role.name}" not in WORDS} == set()
    assert {str(role.label) for role in Role if str(role.label) not in GLOSSARY} == set()
