"""Case files read strictly: what does not fit is a fault that names file and line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import CallFault, FileFault
from ldbu_desktop.forms.loader import form_files
from ldbu_desktop.forms.reading import Reader
from ldbu_desktop.forms.yaml_tree import Listing, Mapping, YamlNode, yaml_tree
from ldbu_desktop.journal.values import values_of
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.journals import alone, beginning, start_of, with_answer
from ldbu_desktop.training.model import Case, CaseVisit, KeyAnswer, Level

CASE_BYTES = 256 * 1024


class CasesRead(NamedTuple):
    """The cases of a folder by the names of their files, and what does not fit in the others."""

    cases: tuple[Case, ...]
    faults: tuple[FileFault, ...] = ()


@lru_cache(maxsize=1)
def shipped_cases(standard: Standard) -> CasesRead:
    """Our own cases, from easy to hard. They are read once: that takes a fifth of a second."""
    read = cases_of_folder(resource("training"), standard)
    levels = list(Level)
    return CasesRead(tuple(sorted(read.cases, key=lambda case: (levels.index(case.level), case.minutes))), read.faults)


def cases_of_folder(folder: Path, standard: Standard) -> CasesRead:
    """The cases of a folder. Raises :class:`FileFault` where it can't be read; other faults are in ``faults``."""
    cases, faults = dict[str, Case](), list[FileFault]()
    for path in form_files(folder):
        case, wrong = read_case(path, standard)
        faults += wrong
        if case is None:
            continue
        if case.id in cases:
            faults.append(FileFault("case-twice", file=path.name, id=case.id))
        else:
            cases[case.id] = case
    return CasesRead(tuple(cases.values()), tuple(faults))


def read_case(path: Path, standard: Standard) -> tuple[Case | None, tuple[FileFault, ...]]:
    """The case that a file holds; None with all that does not fit."""
    try:
        with path.open("rb") as file:
            data = file.read(CASE_BYTES + 1)
    except OSError:
        return None, (FileFault("file-not-readable", file=path.name),)
    return case_in(data, path.name, standard)


def case_in(data: bytes, file: str, standard: Standard) -> tuple[Case | None, tuple[FileFault, ...]]:
    """The case in the text of a file called ``file``; None with all that does not fit, by line."""
    if len(data) > CASE_BYTES:
        return None, (FileFault("case-too-large", file=file, limit=CASE_BYTES // 1024),)
    try:
        top = yaml_tree(data, file)
    except FileFault as fault:
        return None, (fault,)
    reader = Reader(file)
    case = reader.part(top, Case)
    if case is None:
        return None, tuple(reader.faults)
    faults = tuple(_Fitting(case, top, file, standard).faults())
    return (None if faults else case), faults


class _Fitting:
    """What does not fit in a case that has the right form: people, visit types, times and answers that are not read."""

    def __init__(self, case: Case, top: Mapping, file: str, standard: Standard) -> None:
        self._case, self._top, self._file, self._standard = case, top, file, standard
        self._people = {person.id for person in case.people}

    def faults(self) -> Iterator[FileFault]:
        """All of it, from the top."""
        seen: set[str] = set()
        types = {one.id for one in self._standard.visit_types}
        for part, visits in (("before", self._case.before), ("visits", self._case.visits)):
            for visit, node in zip(visits, _items(self._top, part), strict=True):
                if visit.id in seen or visit.id in self._people:
                    yield self._fault("case-id-twice", node, id=visit.id)
                seen.add(visit.id)
                if visit.type not in types:
                    yield self._fault("case-visit-type-unknown", node, found=visit.type)
                elif visit.about not in self._people:
                    yield self._fault("case-person-unknown", node, found=visit.about)
                else:
                    yield from self._visit(visit, node)

    def _visit(self, visit: CaseVisit, node: YamlNode) -> Iterator[FileFault]:
        try:
            start_of(visit, self._standard)
        except FileFault:
            yield self._fault("case-time-unclear", node, found=visit.start)
            return
        for answer, at in zip(visit.key, _items(node, "key"), strict=True):
            yield from self._answer(visit, answer, at)

    def _answer(self, visit: CaseVisit, answer: KeyAnswer, node: YamlNode) -> Iterator[FileFault]:
        """An answer is about somebody who is there, and is read as what is asked for."""
        if answer.about and answer.about not in self._people:
            yield self._fault("case-person-unknown", node, found=answer.about)
            return
        if bool(answer.asked) == bool(answer.questionnaire):
            yield self._fault("case-answer-about", node)
            return
        case = alone(self._case, visit, answer)
        if answer.omitted and (answer.answer or answer.questionnaire):
            yield self._fault("case-omitted-answer", node)
            return
        for raw in (answer.answer, *answer.accepted):
            try:
                told = with_answer(beginning(case, self._standard), case, visit, answer, raw, self._standard)
            except CallFault:
                yield self._fault("case-asked-unknown", node, found=answer.asked or answer.questionnaire)
                return
            values = (value.entry for family in told.families for value in values_of(family))
            yield from (self._fault("case-answer-unread", node, found=one.raw) for one in values if one.is_unreadable)

    def _fault(self, key: str, node: YamlNode, **facts: object) -> FileFault:
        return FileFault(key, file=self._file, line=node.line, **facts)


def _items(node: YamlNode, name: str) -> list[YamlNode]:
    """The items of a list of a mapping; none where it is not written."""
    within = node.entries.get(name) if isinstance(node, Mapping) else None
    return within.items if isinstance(within, Listing) else []
