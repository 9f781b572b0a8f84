"""Delivery reports as they are received to a journal: nothing is lost, and writing it again says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b

from msgspec.structs import replace

from ldbu_desktop.account import Account, Amount, NotRead
from ldbu_desktop.bundles.bundle_parts import BundlePart, is_bundle, resource_lines
from ldbu_desktop.bundles.collection import Collection, rejected_note
from ldbu_desktop.bundles.read_elements import at, elements
from ldbu_desktop.bundles.read_report import ReadProblem
from ldbu_desktop.journal.model import Journal, Note, Origin, Rejection
from ldbu_desktop.json_text import HARMLESS, JsonPath, JsonText, TextFault, line_and_column, parse
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.work import Cancellation, Progress, Step, no_progress

Problem = tuple[JsonPath, Rejection]
"""Something that rejects a text, and where in it that stands."""

Judge = Callable[[JsonText, BundleText], Sequence[Problem]]
"""Tells why a text would be rejected; nothing where it would not."""

TWICE = "file-report-twice"
"""The code of a report that was read before, to the letter: all of it is in the journal."""
_STEP = 20
"""Texts between two steps that are told."""


def read_journal(
    texts: Iterable[BundleText],
    standard: Standard,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
    judge: Judge = lambda read, text: (),
) -> Journal:
    """The journal of delivery reports and of deliveries that wrap them; its account counts the texts.

    ``judge`` tells of each text that was parsed why it would be rejected, so that it need not be parsed twice.
    A text that can't be read, or is something else, becomes a note, and the others are read. Raises
    :class:`~ldbu_desktop.faults.Cancelled` when asked to stop.
    """
    collection = Collection(standard)
    left_out: list[NotRead] = []
    done = 0
    for done, text in enumerate(texts, 1):
        if cancellation is not None:
            cancellation.check()
        why = _read_text(text, collection, judge)
        if why not in ("", TWICE):
            left_out.append(NotRead(why, Amount(reports=1), text.file, row=text.line))
        if done % _STEP == 0:
            progress(Step(done, None, "report"))
    progress(Step(done, done, "report"))
    return replace(collection.journal(), account=Account(Amount(reports=done), tuple(left_out)))


def _read_text(text: BundleText, collection: Collection, judge: Judge) -> str:
    """Read one text: nothing, or the code of the note that says why nothing of it was read."""
    origin = Origin(text.file, path="Bundle", line=text.line)
    if text.fault is not None:
        facts = {name: fact for name, fact in text.fault.facts.items() if isinstance(fact, str | int)}
        where = replace(origin, path="", line=0) if text.line == 1 else origin
        return _told(Note("file-not-read", where, raw=text.file, facts={"fault": text.fault.key, **facts}), collection)
    found = parse(text.data)
    # Of a field that stands twice nobody can know which value holds. Of other faults that leave a value the judge knows
    # whether the report is rejected for them.
    if found.value is None or any(fault.kind == "duplicate-key" for fault in found.faults):
        notes = [_note(fault, text, origin) for fault in found.faults if fault.kind not in HARMLESS]
        for note in notes:
            collection.note(note)
        if notes:
            return notes[0].code
    problems = judge(found, text)
    if not is_bundle(found.value):
        if not isinstance(at(found.value, "resourceType"), str):
            return _told(Note("file-not-fhir", origin), collection)
        return _no_report(problems, origin, collection)
    return _read_bundle(found.value, text, origin, collection, problems)


def _no_report(problems: Sequence[Problem], origin: Origin, collection: Collection) -> str:
    """Tell of a text that is FHIR and no delivery report, and why it would be rejected if it would."""
    for _, rejection in problems:
        collection.note(rejected_note(rejection, origin))
    return _told(Note("file-not-delivery-report", origin), collection)


def _told(note: Note, collection: Collection) -> str:
    collection.note(note)
    return note.code


def _note(fault: TextFault, text: BundleText, origin: Origin) -> Note:
    code = "file-json-duplicate-key" if fault.kind == "duplicate-key" else "file-json-unreadable"
    line, _ = line_and_column(text.data, fault.offset)
    return Note(code, replace(origin, line=text.line + line - 1), facts={"fault": fault.kind})


def _read_bundle(
    bundle: dict[str, object], text: BundleText, origin: Origin, collection: Collection, problems: Sequence[Problem]
) -> str:
    lines = resource_lines(text.data, text.line)
    within = [at(entry, "resource") for entry in elements(bundle.get("entry"))]
    if not any(is_bundle(resource) for resource in within):
        if why := _told_before(text.data, origin, collection):
            return why
        part = BundlePart.of(bundle, origin, lines)
        if part.parts or collection.declares_report(bundle):
            collection.add(part, _within(problems, ()))
            return ""
        return _no_report(problems, origin, collection)
    delivery = collection.delivery(bundle)
    for index, resource in enumerate(within):
        line = next(lines, text.line) if isinstance(resource, dict) else text.line
        place = replace(origin, path=f"Bundle.entry[{index}].resource", line=line)
        if is_bundle(resource):
            inner = _within(problems, ("entry", index, "resource"))
            delivery.add(index, BundlePart.of(resource, place, lines), inner)
        else:
            collection.note(Note("file-not-delivery-report", place))
    return ""


def _told_before(data: bytes, origin: Origin, collection: Collection) -> str:
    """The code of the note that a report was read before, to the letter; nothing where it is new."""
    content = blake2b(data.strip(), digest_size=16).digest()
    first = collection.first(content, origin)
    if first is origin:
        return ""
    return _told(Note(TWICE, origin, facts={"first": first.file}), collection)


def _within(problems: Sequence[Problem], report: JsonPath) -> list[ReadProblem]:
    """The problems of the report at a path, by its entries, and those of what is around it: they reject it too."""
    depth, found = len(report), []
    for path, rejection in problems:
        if path[:depth] == report:
            inner = path[depth:]
            is_entry = len(inner) > 1 and inner[0] == "entry" and isinstance(inner[1], int)
            found.append(ReadProblem(int(inner[1]) if is_entry else -1, rejection))
        elif not (len(path) > 2 and path[0] == "entry" and path[2] == "resource"):
            found.append(ReadProblem(-1, rejection))
    return found
