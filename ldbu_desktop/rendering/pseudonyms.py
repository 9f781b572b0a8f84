"""People in what is written for others: the same pseudonym for the same person, and no CPR number of anybody.

A pseudonym is made with a key of its own for each report, which nobody keeps: it can't be turned back, and tells
nothing beside another report's. Whoever has the file finds the person by the place.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b32encode

from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.mask import without_person
from ldbu_desktop.journal.model import Citizen, Journal

_MADE_KEY = re.compile(r"\bcpr-[0-9a-f•-]{8,}")
_DIGITS = 10
_LENGTH = 8


def pseudonym(said: str, key: bytes) -> str:
    """The pseudonym of whoever is called ``said``, with a secret key."""
    digest = hmac.new(key, said.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
    told = b32encode(digest).decode()[:_LENGTH]
    return f"P-{told[:4]}-{told[4:]}"


class Pseudonyms:
    """The pseudonyms of one report. ``key`` is secret, and another for each report."""

    def __init__(self, journal: Journal, key: bytes) -> None:
        self._key = key
        self._people: dict[tuple[str, str], str] = {}
        self._subjects: dict[tuple[str, str], str] = {}
        self._records: dict[tuple[str, str], str] = {}
        self._by_key: dict[str, str] = {}
        for family in journal.families:
            for citizen in family.citizens:
                told = self._of(citizen)
                self._people[family.key, citizen.key] = told
                self._by_key[citizen.key] = told
            for visit in family.visits:
                self._subjects[family.key, visit.key] = visit.subject.value or ""
                for record in visit.records:
                    if record.subject.value != visit.subject.value:
                        self._records[family.key, record.key] = record.subject.value or ""

    def _of(self, citizen: Citizen) -> str:
        """The same for a CPR number however it is written; by the key where there is none."""
        said = citizen.cpr.value or "".join(mark for mark in citizen.cpr.raw if mark.isdigit())
        return self._made(said if len(said) == _DIGITS else citizen.cpr.raw.strip() or citizen.key)

    def _made(self, said: str) -> str:
        return pseudonym(said, self._key)

    def person(self, finding: Finding) -> str:
        """Whom a finding is about: a citizen, or who was visited; nothing where it is about nobody."""
        at = finding.location
        people = self._people
        if (at.family, at.record) in people:
            return people[at.family, at.record]
        subject = self._records.get((at.family, at.record)) or self._subjects.get((at.family, at.visit), "")
        return people.get((at.family, subject), "")

    def told(self, text: str, person: str = "") -> str:
        """``text`` without any part of a CPR number: a ``person``'s is told as the pseudonym."""
        told = _MADE_KEY.sub(lambda found: self._by_key.get(found[0]) or self._made(found[0]), text)
        return without_person(told, person)
