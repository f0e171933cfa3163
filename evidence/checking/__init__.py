"""Checks of this room: what a page rests on, what it must say, and how it says it."""
