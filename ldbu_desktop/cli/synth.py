"""``ldbu synth``: families that nobody is, as exports or reports, the same for the same words anywhere."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from ldbu_desktop.cli.console import progress_bar, say
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.language import tr

EXAMPLE = "ldbu synth --families 50 --seed 7 --on 2025-12-01 --as fhir --to testdata"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Lav opdigtede familier med hele barndomme: de samme bytes for det samme kald, overalt.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    parser.add_argument(
        "--families", type=_number, default=10, metavar=tr("ANTAL"), help=tr("hvor mange familier (forvalgt: 10)")
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar=tr("TAL"), help=tr("et andet tal giver andre familier (forvalgt: 1)")
    )
    parser.add_argument(
        "--on",
        type=date.fromisoformat,
        required=True,
        metavar=tr("DATO"),
        help=tr("dagen som barndommene går frem til, fx 2025-12-01; fra 2008 til 2036"),
    )
    parser.add_argument(
        "--as",
        dest="form",
        choices=("long", "wide", "fhir", "history"),
        default="long",
        help=tr(
            "long: et ark pr. slags oplysning (forvalgt); wide: en række pr. kontakt; "
            "fhir: en afleveringsrapport pr. kontakt; history: leveringerne nat for nat, med rettelser"
        ),
    )
    parser.add_argument(
        "--file-type", choices=("xlsx", "csv"), default="xlsx", help=tr("hvad tabeller skrives som (forvalgt: xlsx)")
    )
    parser.add_argument(
        "--layout", choices=("pretty", "compact", "ndjson"), default="pretty", help=tr("hvordan JSON skrives")
    )
    parser.add_argument(
        "--test-persons",
        action="store_true",
        help=tr("lad den første familie være vejledningens offentliggjorte testpersoner"),
    )
    parser.add_argument(
        "--fault",
        dest="faults",
        action="extend",
        type=_codes,
        default=[],
        metavar=tr("KODE,..."),
        help=tr(
            "plant fejl ved siden af familierne, en pr. kode, og skriv i expected.json hvad der skal findes; "
            "all er alle som formen kan rumme"
        ),
    )
    parser.add_argument("--to", required=True, type=Path, metavar=tr("MAPPE"), help=tr("mappen som der skrives i"))


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _codes(text: str) -> list[str]:
    return [code for code in text.replace(" ", "").split(",") if code]


def run(arguments: argparse.Namespace) -> int:
    """Make the families, and tell what was written."""
    from ldbu_desktop.use_cases.standards import shipped_standard
    from ldbu_desktop.use_cases.synth import EXPECTED, FileType, Form, Layout, SynthOptions, synthesize

    options = SynthOptions(
        arguments.families,
        arguments.seed,
        arguments.on,
        Form(arguments.form),
        FileType(arguments.file_type),
        Layout(arguments.layout),
        published=arguments.test_persons,
        faults=tuple(arguments.faults),
    )
    with progress_bar(tr("Skriver")) as progress:
        made = synthesize(options, shipped_standard(), arguments.to, progress)
    say(
        tr(
            "{families, plural, one {# familie} other {# familier}} med "
            "{visits, plural, one {# kontakt} other {# kontakter}} ligger i {folder}",
            families=made.families,
            visits=made.visits,
            folder=arguments.to,
        )
    )
    if made.faults:
        say(
            tr("{faults, plural, one {# fejl} other {# fejl}} er plantet; se {file}", faults=made.faults, file=EXPECTED)
        )
    return Exit.CLEAN
