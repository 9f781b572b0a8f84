"""The engine: a delivery report as JSON text in, a verdict out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from ldbu_desktop.conformance.checks.own_checks import CatalogueFacts, check_edition, check_own
from ldbu_desktop.conformance.checks.resources import ResourceChecker
from ldbu_desktop.conformance.checks.run import EnoughProblems, Run
from ldbu_desktop.conformance.fast_path.reports import NOTHING_SEEN, FastPath
from ldbu_desktop.conformance.model import ConformanceFinding, Verdict
from ldbu_desktop.conformance.profiles.profile_set import ProfileSet
from ldbu_desktop.conformance.reading.places import NOWHERE, Place, top
from ldbu_desktop.conformance.verdict.causes import is_error, told
from ldbu_desktop.conformance.verdict.verdict import conformance_finding
from ldbu_desktop.findings.catalogue import codes_where, finding_types
from ldbu_desktop.json_text import HARMLESS, JsonLimits, JsonText, TextFault, line_and_column, parse, positions
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.standard.profiles import Definitions

_LIMITS: Final = JsonLimits()


class Engine:
    """Checks reports, incremental deliveries and single resources by the profiles of one version of the standard."""

    def __init__(self, definitions: Definitions, standard: Standard) -> None:
        self._profiles = ProfileSet(definitions)
        self._resources = ResourceChecker(self._profiles)
        self.fast_path = FastPath(self._resources.objects)
        self._catalogue = CatalogueFacts.of(standard)
        self._report = standard.header.profiles["delivery-report"]
        self._delivery = standard.header.profiles["incremental-delivery"]
        self._of_types = tuple(standard.header.profiles.values())

    @property
    def version(self) -> str:
        """The version of the standard that is checked against."""
        return self._profiles.definitions.files[0].version

    def check(self, data: bytes, *, limits: JsonLimits = _LIMITS, with_ours: bool = True) -> Verdict:
        """The verdict on one report, incremental delivery or single resource; never raises for what ``data`` holds.

        ``with_ours``: tell also what the official validator leaves out, among the verdict's ``others``.
        """
        return self.verdict(parse(data, limits=limits), data, with_ours=with_ours)

    def verdict(self, text: JsonText, data: bytes, *, with_ours: bool = True) -> Verdict:
        """The verdict on a report whose ``data`` was parsed to ``text``, as :meth:`check` gives it."""
        fatal = [fault for fault in text.faults if fault.is_fatal]
        if fatal or not isinstance(text.value, Mapping):
            return _unreadable(data, fatal[0] if fatal else TextFault("no-report", (), 0, is_fatal=True))
        run = Run(text.value, is_trial=False)
        with suppress(EnoughProblems):
            self._look(text, run, with_ours)
        if run.is_broken:
            return _with_lines(data, [_broken()])
        if not run.problems:
            return Verdict()
        return _with_lines(data, told(run.problems, run.links, run.follows), text.faults)

    def reason_for_all(self, text: JsonText, data: bytes) -> tuple[ConformanceFinding, ...]:
        """The one reason for all that a report is rejected for, such as another edition; none where there is none."""
        return self.verdict(text, data).reasons_for_all

    def _look(self, text: JsonText, run: Run, with_ours: bool) -> None:
        value: Mapping[str, Any] = text.value
        kind = value.get("resourceType")
        place = top(kind if isinstance(kind, str) else "Bundle")
        _note_text_faults(text, value, place, run)
        if not isinstance(kind, str) or self._profiles.shapes.shape(kind) is None:
            key = "Unable_to_find_resourceType_property" if kind is None else "Validation_VAL_Profile_NoDefinition"
            code = "unknown-resource" if isinstance(kind, str) and kind else "resource-type-missing"
            named = kind if isinstance(kind, str) else ""
            run.problem(top(named if kind == named else "$"), key, code, named)
        elif _cant_say_its_profiles(value):
            run.is_broken = True
        elif kind != "Bundle":
            self._look_alone(value, place, run, with_ours)
        else:
            profiles = self._profiles_for(value)
            seen = NOTHING_SEEN if run.problems else self.fast_path.seen(value, profiles)
            if not seen.is_ordinary:
                run.settled = seen.settled
                self._resources.document(value, place, run, profiles)
        if with_ours and kind == "Bundle" and not run.is_broken:
            check_own(value, place, run, self._catalogue)

    def _look_alone(self, value: Mapping[str, Any], place: Place, run: Run, with_ours: bool) -> None:
        """A resource by itself, and what that can't tell."""
        judged = self._resources.alone(value, place, run, self._of_types)
        if with_ours and not check_edition({"entry": [{"resource": value}]}, place, run, self._catalogue):
            names = ", ".join(url.rpartition("/")[2] for url in judged) or f"FHIR {place.label}"
            run.problem(place, "resource-alone", "resource-alone", place.label, names)

    def _profiles_for(self, value: Mapping[str, Any]) -> tuple[str, ...]:
        """The delivery report's profile, but for a bundle that declares to be an incremental delivery."""
        meta = value.get("meta")
        declared = meta.get("profile") if isinstance(meta, Mapping) else None
        if isinstance(declared, list) and self._delivery in declared and self._profiles.trees.tree(self._delivery):
            return (self._delivery,)
        return (self._report,)


def _cant_say_its_profiles(value: Mapping[str, Any]) -> bool:
    """Whether ``meta`` or a profile in it is of a kind that the official validator can't even begin with."""
    if "meta" not in value:
        return False
    meta = value["meta"]
    if not isinstance(meta, dict):
        return True
    profiles = meta.get("profile")
    return isinstance(profiles, list) and any(
        one is None or isinstance(one, dict) or (isinstance(one, list) and len(one) != 1) for one in profiles
    )


_OF_A_MEMBER: Final = codes_where(lambda one: one.tells_member != "")
"""Codes of faults of a text that are told of an object, with the name of a member in it."""


def _broken() -> ConformanceFinding:
    """The official validator gives up where a profile or full URL has no value; nothing else it says is known then."""
    return conformance_finding("NullPointerException", NOWHERE.label, (), "profile-without-value")


def _note_text_faults(text: JsonText, value: Mapping[str, Any], place: Place, run: Run) -> None:
    for fault in text.faults:
        if fault.kind in HARMLESS or fault.path[-1:] == ("resourceType",):
            continue
        path, name = _held(fault)
        run.problem(_place_at(path, place), finding_types()[fault.kind].official[0], fault.kind, name)


def _held(fault: TextFault) -> tuple[tuple[str | int, ...], str]:
    """Where a fault of the text is told, and the name there whose value or quotation marks are meant."""
    if fault.kind in _OF_A_MEMBER:
        *path, last = fault.path
        return tuple(path), last if isinstance(last, str) else ""
    return fault.path, ""


def _place_at(path: Sequence[str | int], place: Place) -> Place:
    for step in path:
        place = place._replace(number=step) if isinstance(step, int) else Place(place, step, step, None)
    return place


def _unreadable(data: bytes, fault: TextFault) -> Verdict:
    line, column = line_and_column(data, fault.offset) if fault.kind != "too-large" else (1, 1)
    error = conformance_finding("JsonSyntaxException", NOWHERE.label, fault.path, fault.kind).moved(line, column)
    return Verdict((error,))


def _with_lines(data: bytes, found: list[ConformanceFinding], faults: Sequence[TextFault] = ()) -> Verdict:
    """The verdict with line and column of each place, found in one reading; a missing place has its holder's.

    Faults of the text itself are where they stand in it.
    """
    of_text = {(fault.kind, *_held(fault)): fault.offset for fault in reversed(faults)}
    wanted = {one.path[:length] for one in found for length in range(len(one.path) + 1)}
    places = positions(data, wanted)
    lined: list[ConformanceFinding] = []
    for one in found:
        path = one.path
        while path and path not in places:
            path = path[:-1]
        line, column = places.get(path, (1, 1))
        if (one.code, one.path, one.found) in of_text:
            line, column = line_and_column(data, of_text[one.code, one.path, one.found])
        lined.append(one.moved(line, column))
    return Verdict(tuple(filter(is_error, lined)), tuple(one for one in lined if not is_error(one)))
