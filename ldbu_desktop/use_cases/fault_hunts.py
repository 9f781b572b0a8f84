"""Exports with faults of chosen kinds, to be found and mended: an export, and what was found in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from ldbu_desktop.findings.examples import shipped_examples
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.fields import FIELDS
from ldbu_desktop.journal.model import Citizen, Family
from ldbu_desktop.journal.values import ValueChange, value_changes
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.synthetic.dice import Dice
from ldbu_desktop.synthetic.faults.paired_export import paired_export
from ldbu_desktop.training.fault_hunt import FaultChoice, FaultHunt, HuntResult, PlantedFault, hunted
from ldbu_desktop.training.results import result_of_hunt, result_text, with_new_id
from ldbu_desktop.use_cases.examples import journal_of
from ldbu_desktop.use_cases.fault_kinds import drawn
from ldbu_desktop.use_cases.opening import opened
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.whole_files import write_whole
from ldbu_desktop.workspace.workspace import Workspace


def fault_hunt(choice: FaultChoice, standard: Standard, today: date) -> FaultHunt:
    """An export with the faults that are chosen, each in a family of its own, and families without any.

    Each kind comes once before one comes again. Raises :class:`~ldbu_desktop.faults.CallFault` for a kind that can't
    be chosen, none at all, and a count or number that is too small or too large.
    """
    codes = drawn(choice)
    export = paired_export(codes, choice.number, shipped_examples().today)
    exported, whole = journal_of(export.faulty, standard), journal_of(export.clean, standard)
    right = {family.key: family for family in whole.families}
    wrong = {one.where.family for one in value_changes(whole.families, exported.families)}
    families = _mixed(exported.families, wrong, choice)
    journal = replace(exported, families=families)
    findings = validate(journal, standard, today)
    found = {family.key: findings.of_family(family.key) for family in families}
    faults = tuple(
        PlantedFault(
            family.key,
            next(one for one in found[family.key] if one.code == export.code_of[family.key]),
            _values(right[family.key], family),
        )
        for family in families
        if family.key in wrong
    )
    return FaultHunt(choice, journal, tuple(right[family.key] for family in families), faults, found)


def hunt_work(hunt: FaultHunt, standard: Standard) -> Workspace:
    """The export as work that is kept nowhere."""
    return opened(standard, hunt.journal)


def hunt_results(hunt: FaultHunt, work: Workspace) -> tuple[HuntResult, ...]:
    """What became of the faults in the work on an export so far; nothing is told of a family that is not checked."""

    def found(family: str) -> list[Finding]:
        work.check(family)
        at = Where(family)
        return [*work.findings_at(at), *(one.finding for one in work.accepted_at(at))]

    return hunted(hunt, work.journal.families, found)


def write_hunt_result(hunt: FaultHunt, results: tuple[HuntResult, ...], path: Path) -> None:
    """Write what a learner found, without names. Raises :class:`~ldbu_desktop.faults.OutputFault`."""
    write_whole(path, lambda aside: aside.write_bytes(result_text(with_new_id(result_of_hunt(hunt, results)))))


def _mixed(families: tuple[Family, ...], wrong: set[str], choice: FaultChoice) -> tuple[Family, ...]:
    """The families with a fault and half as many without, in the order of their numbers."""
    right = [family.key for family in families if family.key not in wrong]
    beside = sorted(right, key=lambda key: Dice(choice.number, "beside", key).share())[: (choice.total + 1) // 2]
    kept = [family for family in families if family.key in wrong or family.key in beside]
    return tuple(sorted(kept, key=lambda family: int(family.key.split("-")[0])))


def _values(right: Family, wrong: Family) -> tuple[ValueChange, ...]:
    """What is wrong in a family: what stands at its visits and about its people."""
    changes = value_changes([right], [wrong])
    return tuple(one for one in changes if one.where.visit or one.name in FIELDS[Citizen])
