"""The names of the commands: known before anything else is imported, so that a face can be picked at once."""

from __future__ import annotations

COMMANDS = {
    "validate": "ldbu_desktop.cli.validate",
    "correct": "ldbu_desktop.cli.correct",
    "deadlines": "ldbu_desktop.cli.deadlines",
    "export": "ldbu_desktop.cli.export",
    "template": "ldbu_desktop.cli.template",
    "synth": "ldbu_desktop.cli.synth",
    "explain": "ldbu_desktop.cli.explain",
    "check": "ldbu_desktop.cli.check",
    "history": "ldbu_desktop.cli.history",
    "coverage": "ldbu_desktop.cli.coverage",
    "compare": "ldbu_desktop.cli.compare",
    "pseudonymise": "ldbu_desktop.cli.pseudonymise",
    "codes": "ldbu_desktop.cli.codes",
    "schema": "ldbu_desktop.cli.schema",
    "drift": "ldbu_desktop.cli.drift",
    "forms": "ldbu_desktop.cli.forms",
    "map": "ldbu_desktop.cli.map",
    "burden": "ldbu_desktop.cli.burden",
    "cases": "ldbu_desktop.cli.cases",
    "rescue": "ldbu_desktop.cli.rescue",
    "manual": "ldbu_desktop.cli.manual",
    "self-test": "ldbu_desktop.cli.self_test",
}
"""The module of each command; it has ``summary()``, ``EXAMPLE``, ``add_arguments(parser)`` and ``run(arguments)``."""
