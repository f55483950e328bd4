"""From a chosen proposal to people on their way: consultation, public notification, talks, decision."""
