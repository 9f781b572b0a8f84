"""``ldbu self-test``: whether this installation is whole and works, in a text that can be sent to support."""

from __future__ import annotations

import argparse

from ldbu_desktop.cli.console import say
from ldbu_desktop.cli.output import add_text_or_json
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.language import tr

EXAMPLE = "ldbu self-test"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Prøv, om programmet er helt og virker på denne maskine.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    add_text_or_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print each trial's result as it comes; the exit code is 1 where one did not hold."""
    from ldbu_desktop.rendering.self_test import outcome_line, self_test_json, trial_line
    from ldbu_desktop.use_cases.self_test import self_test
    from ldbu_desktop.use_cases.standards import shipped_standard

    results = []
    for result in self_test(shipped_standard()):
        results.append(result)
        if arguments.format == "text":
            say(trial_line(result))
    failed = sum(not each.holds for each in results)
    if arguments.format == "text":
        say(outcome_line(failed))
    else:
        for line in self_test_json(results):
            say(line)
    return Exit.REJECTED if failed else Exit.CLEAN
