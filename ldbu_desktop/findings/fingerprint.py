"""What a finding is known by from run to run: the same where rows, files, ids and people have other names.

A digest of the code, the rule, the variable and the place without numbers, and of a journal the type and start of the
visit. What stood in the file is no part of it, and nobody's number, key or name, so that it can lie anywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import Final, TypeVar

from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.model import Journal

Value = TypeVar("Value")

_BYTES: Final = 16
INDEX = re.compile(r"\[\d+\]")
"""A number in a path: another where something is added before."""


class Fingerprints:
    """The fingerprints of the findings of one journal, or of reports by themselves."""

    def __init__(self, journal: Journal | None = None) -> None:
        families = journal.families if journal is not None else ()
        self._visits = {visit.key: visit for family in families for visit in family.visits}

    def of(self, finding: Finding) -> str:
        """The fingerprint of a finding."""
        at = finding.location
        visit = self._visits.get(at.visit)
        when = f"{visit.type.value or ''} {visit.start.value or ''}" if visit is not None else ""
        return digest(finding.code, finding.rule, at.variable, at.field, INDEX.sub("", at.origin.path), when)


@lru_cache(maxsize=1024)
def digest(*parts: str) -> str:
    """A fingerprint of what names nobody."""
    return blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=_BYTES).hexdigest()


class Known:
    """What was found before, each as often as it was: what is over that is new."""

    def __init__(self, fingerprints: Iterable[str]) -> None:
        self._left = Counter(fingerprints)
        self.count = 0

    def new(self, found: Iterable[Value], fingerprint: Callable[[Value], str]) -> tuple[Value, ...]:
        """Those of what is found that were not found before."""
        return tuple(one for one in found if not self.takes(fingerprint(one)))

    def takes(self, fingerprint: str) -> bool:
        """Whether something was found before; it counts once."""
        if self._left[fingerprint] <= 0:
            return False
        self._left[fingerprint] -= 1
        self.count += 1
        return True
