"""Assessments between the yearly ones: routine (平时考核), mid-term (中期评估), special (专项考核). None of them uses a vote."""
