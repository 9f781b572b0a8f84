"""Write the examples of every profile of a standard: minimal, full and at the limits, each of them valid."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.parcels import staging
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.standard.profiles import definitions_of
from ldbu_desktop.synthetic.examples.profile_examples import Resource
from ldbu_desktop.synthetic.examples.reports import ExampleReports
from ldbu_desktop.synthetic.examples.values import shipped_values
from ldbu_desktop.use_cases.engines import gateway_for
from ldbu_desktop.work import Cancellation, Progress, Step, no_progress


@dataclass(slots=True)
class WrittenExamples:
    """What was written: the names of profiles, and of those examples that no way was found to make valid."""

    profiles: set[str] = field(default_factory=set)
    files: int = 0
    left_out: list[str] = field(default_factory=list)


def write_examples(
    standard: Standard,
    folder: Path,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> WrittenExamples:
    """Write an example to a file each, named after its profile and how much is in it; the same bytes anywhere.

    Raises :class:`~ldbu_desktop.faults.OutputFault` where the folder can't be written to, and
    :class:`~ldbu_desktop.faults.Cancelled` when asked to stop; then it is as it was.
    """
    engine, definitions = gateway_for(standard), definitions_of(standard)
    cancellation = cancellation or Cancellation()
    written = WrittenExamples()

    def faults(resource: Resource) -> int:
        cancellation.check()
        return len(engine.check(json_text(resource)).errors)

    examples = ExampleReports(standard, definitions, shipped_values(), faults)
    total = len(definitions.files[0].profiles)
    with staging(folder) as staged:
        for one in examples.examples():
            profile = one.profile.url.rpartition("/")[2]
            name = f"{profile}-{one.extent}.json"
            written.profiles.add(profile)
            progress(Step(len(written.profiles), total, "profile"))
            if one.faults:
                written.left_out.append(name)
                continue
            staged.write(name, json_text(one.resource, is_pretty=True) + b"\n")
            written.files += 1
        staged.put()
    return written
