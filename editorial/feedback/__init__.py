"""Talking back: what readers report, whether a page helped them, and what the newsroom does."""
