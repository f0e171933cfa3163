"""Checks of this room: who made a page, when, and with what name."""
