"""Saved work: one encrypted file with families and visits, the way back, and what was delivered."""

from typing import Final

ENDING: Final = ".ldbu"
"""What the name of a case file ends in."""
