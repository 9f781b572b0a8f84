"""What whoever receives deliveries has of a record: the instances of a resource that were sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Instance(NamedTuple):
    """A resource as it was sent: the ``key`` of its record, and its JSON, ``said``.

    The key is empty where no record of the journal stands for it, and what it said where nobody knows it any more.
    ``number`` counts the deliveries, from 1.
    """

    key: str
    said: bytes
    number: int = 0


Said = Mapping[str, Instance]
"""What the report of a visit said of each resource, by the resource's id."""
