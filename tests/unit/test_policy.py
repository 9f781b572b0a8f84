"""What a machine's owner has fixed: read from a file or the registry, and kept to by all that it is about."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import ModuleType

import pytest

from ldbu_desktop import policy as policies
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.casefile.key import CaseKey
from ldbu_desktop.casefile.remembered_keys import place, remember, remembered
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.faults import FileFault, OutputFault
from ldbu_desktop.language import Language, choose, chosen
from ldbu_desktop.policy import STRICTEST, Policy, named_as_in_files, policy, policy_of, required_policy
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.cases import create_case, rescue_case
from ldbu_desktop.use_cases.self_test import self_test

Fix = Callable[[str | bytes], None]


@pytest.fixture
def fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fix]:
    """Fixes what a text says for this machine, until the test ends."""
    path = tmp_path / "policy.toml"
    monkeypatch.setattr(policies, "FILE", path)

    def write(text: str | bytes) -> None:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        policy.cache_clear()

    policy.cache_clear()
    yield write
    policy.cache_clear()
    choose(Language.DANISH)


def test_without_a_policy_nothing_is_fixed(fix: Fix) -> None:
    assert policy() == required_policy() == Policy()
    assert policy().folder is None
    assert policy().offers("reports")


def test_a_file_fixes_what_it_names_and_nothing_else(fix: Fix) -> None:
    fix('remember-keys = false\nlanguage = "en"\npages = ["children", "reports"]\n')
    assert policy() == Policy(remember_keys=False, language="en", pages=frozenset(("children", "reports")))
    assert policy().offers("reports")
    assert not policy().offers("burden")


@pytest.mark.parametrize(
    "wrong",
    [
        "remember-keys = 0",
        'language = "de"',
        "rember-keys = false",
        "pages = 3",
        "=",
        b"\xff",
        "case-folder = 1",
        'case-folder = "Sager"',
        'case-folder = "$UNHEARD_OF/Sager"',
        f"pages = {'[' * 5000}",
        "# " + "x" * 70_000,
    ],
)
def test_what_can_not_be_read_is_told_and_the_strictest_holds(fix: Fix, wrong: str | bytes) -> None:
    fix(wrong)
    assert policy() == STRICTEST
    with pytest.raises(FileFault) as fault:
        required_policy()
    assert fault.value.key == "policy-unreadable"
    (result,) = self_test(shipped_standard(), ["policy"])
    assert (result.holds, result.told) == (False, "policy-unreadable")


def test_a_file_that_may_not_be_read_is_no_missing_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "FILE", tmp_path)
    with pytest.raises(FileFault):
        required_policy()


def test_values_of_the_registry_are_the_same_policy() -> None:
    values = {"RememberKeys": 0, "CaseFolder": "~/sager", "Language": "da", "Pages": ["reports"]}
    fixed = policy_of(named_as_in_files(values))
    assert fixed == Policy(remember_keys=False, case_folder="~/sager", language="da", pages=frozenset(("reports",)))
    assert fixed.folder == Path("~/sager").expanduser()


class _Registry(ModuleType):
    """Python's door to the registry, with a key or without."""

    HKEY_LOCAL_MACHINE = 1

    def __init__(self, values: dict[str, object] | None) -> None:
        super().__init__("winreg")
        self.values = list((values or {}).items())
        self.is_there = values is not None

    def OpenKey(self, root: int, key: str) -> AbstractContextManager[str]:
        assert (root, key) == (self.HKEY_LOCAL_MACHINE, policies.REGISTRY_KEY)
        if not self.is_there:
            raise FileNotFoundError
        return nullcontext(key)

    def QueryInfoKey(self, _key: str) -> tuple[int, int, int]:
        return 0, len(self.values), 0

    def EnumValue(self, _key: str, number: int) -> tuple[str, object, int]:
        return *self.values[number], 1


@pytest.mark.parametrize(
    ("values", "fixed"), [(None, Policy()), ({}, Policy()), ({"RememberKeys": 0}, Policy(remember_keys=False))]
)
def test_on_windows_the_registry_is_asked(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, object] | None, fixed: Policy
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "winreg", _Registry(values))
    assert required_policy() == fixed


def test_a_key_is_neither_kept_nor_asked_for(fix: Fix) -> None:
    fix("remember-keys = false")
    assert place() == ""
    assert remembered(bytes(16)) is None
    with pytest.raises(OutputFault) as fault:
        remember(CaseKey(bytes(32), bytes(16)))
    assert fault.value.key == "case-keyring-none"


def test_new_case_files_lie_in_the_folder_only(fix: Fix, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LDBU_TEST_FOLDER", str(tmp_path / "sager"))
    fix('case-folder = "$LDBU_TEST_FOLDER"')
    (tmp_path / "sager").mkdir()
    within, outside = tmp_path / "sager" / "a.ldbu", tmp_path / "sager" / ".." / "b.ldbu"
    file = create_case(within, "velkendt prøve 1862", shipped_standard()).file
    assert file is not None
    file.close()
    for refused in (
        lambda: create_case(outside, "velkendt prøve 1862", shipped_standard()),
        lambda: rescue_case(within, "velkendt prøve 1862", outside, shipped_standard()),
    ):
        with pytest.raises(OutputFault) as fault:
            refused()
        assert fault.value.key == "case-outside-folder"
    assert not outside.exists()


def test_the_language_of_the_machine_holds_unless_a_call_names_another(fix: Fix) -> None:
    fix('language = "en"')
    sample = str(resource("samples", "familie.xlsx"))
    assert run(["validate", sample]) == Exit.CLEAN
    assert chosen() is Language.ENGLISH
    assert run(["validate", sample, "--language", "da"]) == Exit.CLEAN
    assert chosen() is Language.DANISH


def test_the_self_test_names_what_is_fixed(fix: Fix) -> None:
    fix('language = "en"\nremember-keys = true\ncase-folder = "/srv"')
    (result,) = self_test(shipped_standard(), ["policy"])
    assert (result.holds, result.told) == (True, "case_folder, language")
