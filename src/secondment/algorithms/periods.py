"""Full years and months between days, the way ages and terms are counted."""

import datetime as dt


def full_years(since: dt.date, on: dt.date) -> int:
    """Full years from `since` to `on`, the way age is counted; 29 February comes round on 1 March in common years."""
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def full_months(starts_on: dt.date, ends_on: dt.date) -> int:
    """Full months in a half-open period."""
    months = (ends_on.year - starts_on.year) * 12 + ends_on.month - starts_on.month
    return months - (ends_on.day < starts_on.day)
