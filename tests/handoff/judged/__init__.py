"""Judged cases: the set an experienced planner would give, and how well ours agrees."""
