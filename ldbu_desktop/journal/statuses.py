"""The statuses that a record's life depends on: what never should have been sent, what is not over, what was not held.

They are FHIR R4's own, required wherever a status stands, so that every standard built on it has the same.
"""

from __future__ import annotations

ENTERED_IN_ERROR = "entered-in-error"
"""What never should have been sent."""

NOT_OVER = frozenset(("planned", "arrived", "triaged", "in-progress", "onleave"))
"""Statuses of a visit that is not over."""

NEVER_HELD = frozenset((ENTERED_IN_ERROR, "cancelled"))
"""Statuses of a visit that there was none of."""
