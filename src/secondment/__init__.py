"""Secondment (干部挂职管理系统): plan, match, place, manage and assess secondments of officials."""
