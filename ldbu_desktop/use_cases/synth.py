"""Make families that nobody is, whole childhoods up to a day, and write them in the form that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ldbu_desktop.bundles.parcels import Layout, staging
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.model import Family
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.synthetic.childhood import shipped_childhood
from ldbu_desktop.synthetic.families import FamilyMaker
from ldbu_desktop.synthetic.faults.planting import Planting
from ldbu_desktop.synthetic.files import EXPECTED, FamilyFiles, FileType, Form, SynthOptions
from ldbu_desktop.use_cases.plantable_faults import faults_to_plant
from ldbu_desktop.work import Cancellation, Progress, Step, no_progress

FIRST_DAY, LAST_DAY = date(2008, 1, 1), date(2036, 12, 31)
"""The days on which families can be: CPR numbers of the persons in them tell their century so far."""

__all__ = (
    "EXPECTED",
    "FileType",
    "Form",
    "Layout",
    "SynthOptions",
    "Synthesized",
    "synthesize",
)


@dataclass(slots=True)
class Synthesized:
    """What was made."""

    families: int = 0
    visits: int = 0
    files: int = 0
    faults: int = 0


def synthesize(
    options: SynthOptions,
    standard: Standard,
    folder: Path,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> Synthesized:
    """Write families to a folder; the same options give the same bytes anywhere.

    Raises :class:`CallFault` for a day on which no families can be and for a fault that can't be planted in the form,
    :class:`~ldbu_desktop.faults.OutputFault` where the folder can't be written to, and
    :class:`~ldbu_desktop.faults.Cancelled` when asked to stop; then it is as it was.
    """
    if not FIRST_DAY <= options.on <= LAST_DAY:
        raise CallFault("synth-day", first=FIRST_DAY, last=LAST_DAY)
    faults = faults_to_plant(options, standard)
    made = Synthesized(faults=len(faults))
    maker = FamilyMaker(standard, shipped_childhood(), options.seed, options.on)
    cancellation = cancellation or Cancellation()

    def families() -> Iterator[Family]:
        for family in maker.families(options.families, published=options.published):
            cancellation.check()
            made.families += 1
            made.visits += len(family.visits)
            progress(Step(made.families, options.families, "family"))
            yield family

    with staging(folder) as staged:
        files = FamilyFiles(staged, options, maker.vocabulary)
        files.write(families())
        if faults:
            files.plant(faults, Planting(maker, options.seed, options.on))
        staged.put()
        made.files = files.written
    return made
