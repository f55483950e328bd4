"""Programmes, campaigns, quotas, nominations, eligibility."""
