"""``ldbu check``: its forms of output, its exit codes, and what it does with a hostile mailbox."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from ldbu_desktop.cli import check as command
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.conformance.engine import Engine
from ldbu_desktop.conformance.model import Verdict
from ldbu_desktop.conformance.verdict.verdict import conformance_finding
from ldbu_desktop.findings.model import Follower
from ldbu_desktop.findings.technical_words import follower_words
from ldbu_desktop.findings.text import message_of, rendered
from ldbu_desktop.language import Language
from ldbu_desktop.rendering import report_verdicts
from ldbu_desktop.rendering.formats import FORMATS
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases import check as checking

CPR = "0505209996"
STANDARD = shipped_standard()
PLACES = 5
"""How many places of a cause lines of text show."""
WRONG = conformance_finding(
    key="http://example.org/Observation#obs-1",
    at="Bundle.entry[0].resource.value.ofType(Quantity)",
    path=("entry", 0),
    code="invariant",
    found=CPR,
    followers=(Follower("Reference_REF_CantMatchChoice", "Bundle.entry[1]"),),
).moved(3, 7)
ODD = conformance_finding(
    key="x\x00<script>\ud800",
    at="",
    path=(),
    code="several-visits",
    found=f"<b>\x1b[31m{CPR}\ud800\x00",
)
REMARK = conformance_finding("dom-6", "Bundle", (), "invariant-not-checked")
FORMS = tuple(name for name, one in FORMATS.items() if not one.is_binary)


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that finds every kind of thing in what is not right."""
    verdict = Verdict((WRONG,), (ODD, REMARK))
    monkeypatch.setattr(Engine, "check", lambda self, data: Verdict() if data == b"right" else verdict)


@pytest.fixture
def mailbox(tmp_path: Path) -> Path:
    """A right report, two wrong ones whose names hold a CPR number, and a file that is not there to be read."""
    (tmp_path / "a.json").write_bytes(b"right")
    (tmp_path / f"b-{CPR}.json").write_bytes(b"wrong")
    (tmp_path / "c.json").write_bytes(b"wrong")
    return tmp_path


Call = Callable[..., tuple[int, str]]


class Page(HTMLParser):
    """The words and the tags of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not {"src", "onclick"} & {name for name, _ in attrs}
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.usefixtures("stand_in")
class TestForms:
    def test_lines_are_as_agreed(self, ldbu: Call, mailbox: Path) -> None:
        code, out = ldbu(mailbox, "--format", "jsonl")
        assert code == Exit.REJECTED
        first, second, third = map(json.loads, out.splitlines())
        sha256 = hashlib.sha256(b"right").hexdigest()
        assert first == {"file": "a.json", "sha256": sha256, "valid": True, "errors": [], "others": []}
        assert (second["file"], third["file"]) == ("b-••••••-••••.json", "c.json")
        (error,) = second["errors"]
        assert list(error) == ["key", "at", "line", "column", "severity", "code", "message", "fingerprint"]
        assert error["message"] == message_of(WRONG, Language.DANISH, STANDARD)
        assert {key: error[key] for key in ("key", "at", "line", "column", "severity", "code")} == {
            "key": "obs-1",
            "at": WRONG.at,
            "line": 3,
            "column": 7,
            "severity": "error",
            "code": "invariant",
        }
        assert [one["ours"] for one in second["others"]] == [True, False]

    def test_a_document_has_counts_and_the_same_rows(self, ldbu: Call, mailbox: Path) -> None:
        _, lines = ldbu(mailbox, "--format", "jsonl")
        code, out = ldbu(mailbox, mailbox / "missing.json", "--format", "json")
        document = json.loads(out)
        assert code == Exit.REJECTED
        assert document["counts"] == {"reports": 4, "valid": 1, "rejected": 2, "unchecked": 1, "not_reports": 0}
        assert document["complete"] is True
        assert document["official"] is False
        assert document["reports"][:3] == [json.loads(line) for line in lines.splitlines()]
        assert document["reports"][3]["others"][0]["key"] == "file-not-found"
        assert document["reports"][3]["valid"] is False

    def test_outcomes_are_fhir(self, ldbu: Call, mailbox: Path) -> None:
        _, out = ldbu(mailbox, mailbox / "missing.json", "--format", "operationoutcome")
        bundle = json.loads(out)
        assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
        assert len({entry["fullUrl"] for entry in bundle["entry"]}) == 4
        outcomes = [entry["resource"] for entry in bundle["entry"]]
        assert [one["issue"][0]["severity"] for one in outcomes] == ["information", "error", "error", "fatal"]
        wrong, odd, remark = outcomes[1]["issue"]
        assert (wrong["code"], wrong["expression"]) == ("invariant", [WRONG.at])
        assert "expression" not in odd
        assert remark["severity"] == "information"
        for text in texts_in(bundle):
            assert text.strip()
            assert not re.search("[\x00-\x1f\ud800-\udfff]", text)

    def test_no_report_gives_no_empty_list_in_fhir(self, ldbu: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(checking.Reader, "texts", lambda reader, paths: iter(()))
        code, out = ldbu("x", "--format", "operationoutcome")
        assert code == Exit.FAULT
        assert "entry" not in json.loads(out)

    def test_build_servers_read_one_case_a_report(self, ldbu: Call, mailbox: Path) -> None:
        code, out = ldbu(mailbox, mailbox / "missing.json", "--format", "junit")
        assert code == Exit.REJECTED
        suite = suite_in(out)
        assert {name: suite.get(name) for name in ("tests", "failures", "errors")} == {
            "tests": "4",
            "failures": "2",
            "errors": "1",
        }
        assert [child.tag for child in suite] == ["properties", *["testcase"] * 4, "system-out", "system-err"]
        assert {"name", "timestamp", "hostname", "time", "package", "id"} <= set(suite.keys())
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.get("timestamp", ""))
        cases = suite.findall("testcase")
        assert [[child.tag for child in case] for case in cases] == [[], ["failure"], ["failure"], ["error"]]
        assert all({"name", "classname", "time"} <= set(case.keys()) for case in cases)
        assert cases[1][0].get("type") == "obs-1"

    def test_a_page_needs_nothing_else_and_runs_nothing(self, ldbu: Call, mailbox: Path) -> None:
        code, out = ldbu(mailbox, mailbox / "missing.json", "--format", "html")
        shown = Page(out)
        assert code == Exit.REJECTED
        assert shown.open == []
        assert not {"script", "link", "img", "iframe"} & set(shown.tags)
        assert "http" not in out.replace("http-equiv", "")
        assert "prefers-color-scheme: dark" in out
        assert "@media print" in out
        words = " ".join(shown.words)
        assert message_of(WRONG, Language.DANISH, STANDARD) in words
        assert all(
            contradiction in words for contradiction in rendered(WRONG, Language.DANISH, STANDARD).contradictions
        )
        assert "b-••••••-••••.json" in words
        assert shown.tags.count("section") == 3

    def test_people_read_each_cause_once_with_what_follows(self, ldbu: Call, mailbox: Path) -> None:
        code, out = ldbu(mailbox, mailbox / "missing.json")
        assert code == Exit.REJECTED
        assert out.count(message_of(WRONG, Language.DANISH, STANDARD)) == 1
        assert "c.json:3:7  Bundle.entry[0].resource.value.ofType(Quantity)" in out
        assert f"2 × {follower_words('Reference_REF_CantMatchChoice', Language.DANISH)}" in out
        assert all(one in out for one in rendered(WRONG, Language.DANISH, STANDARD).contradictions)
        assert "\x1b" not in out
        assert "missing.json" in out

    def test_the_first_places_are_shown_unless_all_are_asked_for(self, ldbu: Call, tmp_path: Path) -> None:
        for number in range(PLACES + 2):
            (tmp_path / f"{number:02}.json").write_bytes(b"wrong")
        _, some = ldbu(tmp_path)
        _, every = ldbu(tmp_path, "--all")
        assert f"{PLACES + 1:02}.json:3:7" not in some
        assert f"{PLACES + 1:02}.json:3:7" in every
        _, out = ldbu(tmp_path, "--format", "html", "--all")
        assert out.count('class="place"') == 3 * (PLACES + 2)

    @pytest.mark.parametrize("form", FORMS)
    @pytest.mark.parametrize("language", list(Language))
    def test_every_form_speaks_both_languages(self, ldbu: Call, mailbox: Path, form: str, language: Language) -> None:
        _, out = ldbu(mailbox, "--format", form, "--language", language)
        assert message_of(WRONG, language, STANDARD) in out.replace("&quot;", '"')

    @pytest.mark.parametrize("form", FORMS)
    def test_clean_mail_is_told_so(self, ldbu: Call, mailbox: Path, form: str) -> None:
        code, out = ldbu(mailbox / "a.json", "--format", form)
        assert code == Exit.CLEAN
        assert out
        assert message_of(WRONG, Language.DANISH, STANDARD) not in out

    @pytest.mark.parametrize("form", FORMS)
    def test_an_interrupt_keeps_what_is_done(
        self, ldbu: Call, mailbox: Path, form: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupted(data: bytes) -> Verdict:
            if data == b"right":
                return Verdict()
            raise KeyboardInterrupt

        monkeypatch.setattr(Engine, "check", lambda self, data: interrupted(data))
        code, out = ldbu(mailbox, "--format", form, "--jobs", 1)
        assert code == 130
        if form == "json":
            assert json.loads(out)["complete"] is False
        if form == "junit":
            assert suite_in(out).get("tests") == "1"
        if form == "html":
            assert Page(out).open == []

    def test_a_page_lists_no_more_reports_than_a_browser_likes(
        self, ldbu: Call, mailbox: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(report_verdicts, "MOST_LISTED", 1)
        _, out = ldbu(mailbox, "--format", "html", "--language", "en")
        assert "… and 1 more report" in out

    def test_causes_are_counted_apart_by_what_they_are_about(
        self, ldbu: Call, mailbox: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        names = ("status", "length")
        errors = tuple(conformance_finding("k", WRONG.at, (), "missing", expected=name) for name in names)
        monkeypatch.setattr(Engine, "check", lambda self, data: Verdict(errors))
        _, out = ldbu(mailbox, "--format", "html")
        assert [f'href="#bad-{number}"' in out for number in range(3)] == [True, True, False]
        _, out = ldbu(mailbox)
        assert all(f"»{name}«" in out for name in names)

    def test_a_contradiction_is_explained_once(
        self, ldbu: Call, mailbox: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        errors = tuple(
            conformance_finding(WRONG.key, f"Bundle.entry[0].resource.{name}", (), "invariant")
            for name in ("value", "code")
        )
        monkeypatch.setattr(Engine, "check", lambda self, data: Verdict(errors))
        _, out = ldbu(mailbox)
        contradictions = rendered(WRONG, Language.DANISH, STANDARD).contradictions
        assert contradictions
        assert [out.count(one) for one in contradictions] == [1] * len(contradictions)

    def test_a_stream_of_another_kind_is_written_to(self, mailbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        stream = io.StringIO()
        monkeypatch.setattr(sys, "stdout", stream)
        assert run(["check", str(mailbox), "--format", "jsonl"]) == Exit.REJECTED
        assert len(stream.getvalue().splitlines()) == 3

    def test_colours_are_for_terminals(self, mailbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        stream = io.StringIO()
        monkeypatch.setattr(stream, "isatty", lambda: True)
        monkeypatch.setattr(sys, "stdout", stream)
        assert run(["check", str(mailbox)]) == Exit.REJECTED
        assert "\x1b[31m" in stream.getvalue()
        assert "\x1b[31m" + CPR not in stream.getvalue()

    def test_standard_input_is_read(self, ldbu: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"wrong")))
        code, out = ldbu("-", "--format", "jsonl")
        assert (code, json.loads(out)["file"]) == (Exit.REJECTED, "-")

    def test_a_bar_shows_only_when_the_work_lasts(
        self, ldbu: Call, mailbox: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown: list[str] = []

        class Bar:
            def __init__(self, words: str) -> None:
                shown.append(words)

            def __enter__(self) -> Callable[..., None]:
                return lambda step: shown.append(str(step.done))

            def __exit__(self, *fault: object) -> None:
                shown.append("end")

        monkeypatch.setattr(command, "progress_bar", Bar)
        monkeypatch.setattr(command, "BAR_AFTER", 3600)
        ldbu(mailbox)
        assert shown == []
        monkeypatch.setattr(command, "BAR_AFTER", -1)
        ldbu(mailbox)
        words, *counts, last = shown  # how often it is told depends on the clock, that all is told at the end does not
        assert (words.isdigit(), counts[-1], last) == (False, "3", "end")
        assert counts == sorted(counts)


def suite_in(out: str) -> ElementTree.Element:
    """The test suite that was written."""
    return ElementTree.fromstring(out.encode())[0]  # noqa: S314 - we wrote it


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("words", [[], ["x", "--jobs", "0"], ["x", "--jobs", "many"], ["x", "--format", "docx"]])
def test_a_call_that_makes_no_sense_is_a_fault(ldbu: Call, words: list[str]) -> None:
    assert ldbu(*words)[0] == Exit.FAULT


def test_a_pipe_that_closes_ends_it_without_noise(tmp_path: Path) -> None:
    path = tmp_path / "all.ndjson"
    path.write_bytes(b'{"resourceType": "Bundle"}\n' * 5000)
    words = [sys.executable, "-m", "ldbu_desktop", "check", str(path), "--format", "jsonl", "--jobs", "1"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        told_aside = process.stderr.read()
    assert b"Traceback" not in told_aside
    assert b"Exception" not in told_aside


def test_one_report_imports_nothing_heavy(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(b'{"resourceType": "Bundle"}')
    program = (
        "import sys; from ldbu_desktop.cli.program import run\n"
        "heavy = {'multiprocessing', 'rich', 'pydantic', 'fhir', 'openpyxl', 'fhirpathpy', 'PySide6'}\n"
        "for form in sys.argv[2:]:\n"
        "    run(['check', sys.argv[1], '--format', form])\n"
        "    print(*(f'{form}: {name}' for name in heavy & set(sys.modules)), file=sys.stderr)"
    )
    words = [sys.executable, "-c", program, str(path), *FORMS]
    done = subprocess.run(words, capture_output=True, check=True, env={**os.environ, "PYTHONWARNINGS": "error"})
    assert done.stderr.split() == []
