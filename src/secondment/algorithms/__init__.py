"""Pure algorithms: arrays and frozen dataclasses in and out; no Django, no database, no ids."""
