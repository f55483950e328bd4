"""Accounts in bulk: proposed for many, confirmed once, handed out as slips of paper."""
