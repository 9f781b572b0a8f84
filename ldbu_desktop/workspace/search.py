"""Search among visits: whatever a screen says of one finds it, its values, ages and findings too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.dates import age_text, day_of
from ldbu_desktop.journal.fields import (
    FIELDS,
    INTERVENTION_CODE,
    INTERVENTION_REASONS,
    OBSERVATION_MISSING_REASON,
    RESPONSE_QUESTIONNAIRE,
    VISIT_TYPE,
)
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.journal.model import EMPTY, Entry, Family, Journal, Visit
from ldbu_desktop.language import Language
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.work import Cancellation

_AROUND = "»«“”\"':;,.·()…"
"""What stands around words on a screen, and is no part of them."""
_THOUSANDS = re.compile(r"\b(\d{1,3})[.,](?=\d{3}\b)")
"""A mark between thousands, as people write it."""


class VisitTexts:
    """What a screen says of each visit, folded, in one language; worked out when it is first looked for.

    ``heading`` gives what stands at the head of a visit: its name, its day, and whom it was with.
    """

    def __init__(
        self, standard: Standard, language: Language, heading: Callable[[Family, Visit], str] | None = None
    ) -> None:
        self._standard, self.language, self._heading = standard, language, heading
        self._texts: dict[str, tuple[Visit, object, str]] = {}
        self._pieces: dict[tuple[str, str, object], str] = {}

    def matching(
        self, journal: Journal, findings: Findings | None, sought: str, cancellation: Cancellation | None = None
    ) -> dict[int, list[int]]:
        """The visits of which something is said as it is ``sought``: which of each family's, from 0.

        Where that is said of none, those of which every word is said, and then with no marks between thousands.
        """
        folded = " ".join(sought.casefold().split())
        found = self._holding(journal, findings, [folded], cancellation)
        words = [word for one in folded.split() if (word := one.strip(_AROUND))]
        found = found or self._holding(journal, findings, words or [folded], cancellation)
        plain = _THOUSANDS.sub(r"\1", folded)
        return found if found or plain == folded else self.matching(journal, findings, plain, cancellation)

    def _holding(
        self, journal: Journal, findings: Findings | None, words: list[str], cancellation: Cancellation | None
    ) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for at, family in enumerate(journal.families):
            if cancellation is not None:
                cancellation.check()
            for number, visit in enumerate(family.visits):
                text = self.text(family, visit, findings)
                if all(word in text for word in words):
                    found.setdefault(at, []).append(number)
        return found

    def text(self, family: Family, visit: Visit, findings: Findings | None) -> str:
        """What is said of a visit."""
        told = findings.by_family.get(family.key) if findings is not None else None
        known = self._texts.get(visit.key)
        if known is not None and known[0] is visit and known[1] is told:
            return known[2]
        text = " ".join(self._words(family, visit, findings)).casefold()
        self._texts[visit.key] = visit, told, text
        return text

    def _words(self, family: Family, visit: Visit, findings: Findings | None) -> list[str]:
        words = [visit.key, self._age(family, visit), self._heading(family, visit) if self._heading else ""]
        for part, attribute in FIELDS[Visit].items():
            entry = getattr(visit, attribute)
            entries = (entry,) if isinstance(entry, Entry) else entry
            words += [self._piece(part, one) for one in entries if not one.is_empty]
        for observation in visit.observations:
            words.append(self._piece(observation.variable.value or "", observation.value))
            words.append(observation.unit.value or "")  # after the value, as it is shown: 56,5 cm
            if observation.missing_reason is not EMPTY:
                words.append(self._piece(OBSERVATION_MISSING_REASON, observation.missing_reason))
            if observation.variable.value is None:
                words.append(observation.variable.raw)
        for intervention in visit.interventions:
            words.append(self._piece(INTERVENTION_CODE, intervention.code))
            words += [self._piece(INTERVENTION_REASONS, one) for one in intervention.reasons]
        for response in visit.responses:
            words.append(self._piece(RESPONSE_QUESTIONNAIRE, response.questionnaire))
            words += [answer.value.raw for answer in response.answers]
        for finding in findings.of_visit(visit.key) if findings is not None else ():
            words += [type_of(finding).title[self.language], finding.code]
        return words

    def _piece(self, name: str, entry: Entry[Any]) -> str:
        """A value as it is written and as it is read, with what it is a value of; each told apart is made once."""
        key = name, entry.raw, entry.value
        known = self._pieces.get(key)
        if known is None:
            known = self._pieces[key] = " ".join(self._said(name, entry))
        return known

    def _said(self, name: str, entry: Entry[Any]) -> Iterator[str]:
        language, standard = self.language, self._standard
        yield cpr_masked(entry.raw)
        variable = standard.variable.get(name)
        if variable is None:
            return
        yield variable.label[language]
        if isinstance(entry.value, Decimal):
            yield format(entry.value, "f").replace(".", "," if language is Language.DANISH else ".")
        elif isinstance(entry.value, str):
            concept, visit_type = standard.concepts(variable).get(entry.value), None
            if name == VISIT_TYPE:
                visit_type = standard.visit_type_by_code.get(entry.value)
            label = visit_type.label if visit_type is not None else concept.label if concept is not None else None
            yield label[language] if label is not None else ""

    def _age(self, family: Family, visit: Visit) -> str:
        """How old the child was, as it is shown."""
        citizen = next((one for one in family.citizens if one.key == visit.subject.value), None)
        born = birth_date(citizen.cpr.value) if citizen is not None and citizen.is_child and citizen.cpr.value else None
        if born is None or visit.start.value is None:
            return ""
        days = (day_of(visit.start.value) - born).days
        return age_text(days)[self.language] if days >= 0 else ""
