"""Every rule a programme may set: one file each, collected here.

A rule is added by a file of this package that names its `RULE`; nothing else lists rules.
"""

import datetime as dt
import re
from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from secondment.campaigns.eligibility_rules.later import LATER_RULES
from secondment.campaigns.eligibility_rules.rule import Rule


def _place(rule: Rule) -> tuple[str, int, str]:
    """H3 before H3b before H11a, and R1 after them."""
    [(letter, number, suffix)] = re.findall(r"^([A-Z])(\d+)([a-z]?)$", rule.code)
    return letter, int(number), suffix


def _collected() -> tuple[Rule, ...]:
    modules = [import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__)]
    return tuple(sorted((one.RULE for one in modules if hasattr(one, "RULE")), key=_place))


ELIGIBILITY_RULES = _collected()
RULES = (*ELIGIBILITY_RULES, *LATER_RULES)
RULE_BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in RULES}


def fact_sentence(fact: str, values: Mapping[str, object]) -> str:
    """What was found, in the current language; a fact that no rule knows any more is shown unchanged."""
    code, name = _parts(fact)
    if not name:
        return fact
    rule = RULE_BY_CODE[code]
    words = {key: _value_text(rule, key, value) for key, value in values.items()}
    return str(rule.sentences[name].fact) % words


def remedy_sentence(fact: str) -> str:
    """What can be done about it, in the current language."""
    code, name = _parts(fact)
    return str(RULE_BY_CODE[code].sentences[name].remedy) if name else ""


def _parts(fact: str) -> tuple[str, str]:
    """Rule and sentence of a fact; no sentence when there is no such rule or sentence any more."""
    code, _dot, name = fact.partition(".")
    is_known = code in RULE_BY_CODE and name in RULE_BY_CODE[code].sentences
    return code, name if is_known else ""


def _value_text(rule: Rule, key: str, value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    return rule.words[key](value) if key in rule.words and isinstance(value, str) else str(value)
