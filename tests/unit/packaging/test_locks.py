"""What the locks name is all that is needed, whatever else is published later."""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.profiles import landing

PROJECT = Path(__file__).resolve().parents[3]
LOCKS = ("installer", "requirements", "requirements-dev", "requirements-freeze")
NEWER = "9999.1"
"""A release of every package that was not there when the locks were made."""


def pinned(lock: str) -> Iterator[Requirement]:
    """What a lock names, hashes aside."""
    for line in (PROJECT / "packaging" / f"{lock}.lock").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            yield Requirement(line.removesuffix("\\").strip())


def installed_by(lock: str, environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """The version of each package that a lock brings to a system; to this one, if not said otherwise."""
    chosen = [one for one in pinned(lock) if one.marker is None or one.marker.evaluate(dict(environment or {}))]
    versions = {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in chosen}
    assert len(versions) == len(chosen), "one version of a package to a system"
    return versions


def needs_of(name: str) -> list[Requirement]:
    return [Requirement(text) for text in importlib.metadata.requires(name) or ()]


def wheel(folder: Path, name: str, version: str, needs: list[Requirement]) -> Path:
    """A package that holds nothing but what it is called and what it needs."""
    stem = f"{name.replace('-', '_')}-{version}"
    about = "".join(f"{line}\n" for line in ("Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"))
    about += "".join(f"Requires-Dist: {need}\n" for need in needs)
    about += "".join(f"Provides-Extra: {extra}\n" for extra in sorted(set(re.findall(r"extra == \"([^\"]+)\"", about))))
    parts = {
        f"{stem}.dist-info/METADATA": about,
        f"{stem}.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{part},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()},{len(text)}\n"
        for part, text in parts.items()
    )
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for part, text in {**parts, f"{stem}.dist-info/RECORD": record + f"{stem}.dist-info/RECORD,,\n"}.items():
            archive.writestr(part, text)
    return path


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_with_hashes_and_names_no_address(lock: str) -> None:
    text = (PROJECT / "packaging" / f"{lock}.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all(re.match(r"[\w.-]+==\S+( ; [^\\]+)? \\\n", entry) and "--hash=sha256:" in entry for entry in entries)


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize("python", ["3.11", "3.13"])
@pytest.mark.parametrize("system", ["linux", "win32"])
def test_every_need_is_named(lock: str, python: str, system: str) -> None:
    names = {"linux": ("posix", "Linux"), "win32": ("nt", "Windows")}
    os_name, platform_system = names[system]
    where = {
        "python_version": python,
        "python_full_version": f"{python}.2",
        "sys_platform": system,
        "os_name": os_name,
        "platform_system": platform_system,
    }
    versions = installed_by(lock, where)
    here = installed_by(lock)
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "installer": ["uv"],
        "requirements": project["project"]["dependencies"] + project["build-system"]["requires"],
        "requirements-dev": project["project"]["dependencies"] + project["project"]["optional-dependencies"]["dev"],
        "requirements-freeze": [*project["project"]["dependencies"], "pyinstaller"],
    }[lock]
    asked = [(Requirement(need), "") for need in wanted]
    # What a package needs is told by the release that is installed here, where it is the one that is locked.
    done: set[tuple[str, str]] = set()
    while asked:
        need, extra = asked.pop()
        if need.marker is not None and not need.marker.evaluate({**where, "extra": extra}):
            continue
        name = canonicalize_name(need.name)
        assert name in versions, f"{need} is not in {lock}.lock"
        assert need.specifier.contains(versions[name], prereleases=True), f"{need}, but {versions[name]} is locked"
        for of in ("", *need.extras):
            if (name, of) not in done and name in here:
                done.add((name, of))
                asked += [(one, of) for one in needs_of(name)]
    assert done, "nothing was asked"


@pytest.fixture(scope="session")
def later_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that the development lock names, and a newer release of each; with a lock of the same names and versions."""
    folder = tmp_path_factory.mktemp("index")
    lines = []
    for name, version in installed_by("requirements-dev").items():
        locked = wheel(folder, name, version, needs_of(name))
        wheel(folder, name, NEWER, [])
        lines.append(f"{name}=={version} --hash=sha256:{hashlib.sha256(locked.read_bytes()).hexdigest()}\n")
    (folder / "later.lock").write_text("".join(lines), encoding="utf-8")
    return folder


@pytest.mark.parametrize("way", ["uv", pytest.param("pip", marks=landing("uv installs the same, and sooner"))])
def test_newer_releases_of_everything_change_nothing(way: str, later_index: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv"], check=True)
    python = tmp_path / ".venv" / "bin" / "python"
    site = next((tmp_path / ".venv" / "lib").glob("python3*/site-packages"))
    if way == "uv":
        program = Path(sys.executable).with_name("uv")
        program.is_file() or pytest.skip("uv could not be had here")
        (site / "uv").symlink_to(Path(str(importlib.metadata.distribution("uv").locate_file("uv"))))
        (tmp_path / ".venv" / "bin" / "uv").symlink_to(program)
    else:
        (site / "pip").symlink_to(Path(str(importlib.metadata.distribution("pip").locate_file("pip"))))
    lock = later_index / "later.lock"
    script = f'. packaging/environment.sh; python="{python}"; install_locked "{lock}" {way}'
    (uv := tmp_path / "uv.toml").write_text(f"no-index = true\nfind-links = ['{later_index}']\n", encoding="utf-8")
    settings = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(later_index), "UV_CONFIG_FILE": str(uv)}
    settings |= {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run(
        ["/bin/sh", "-euc", script], cwd=PROJECT, env=settings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = {
        canonicalize_name(one.metadata["Name"]): (one.version, (one.read_text("INSTALLER") or "").strip())
        for one in importlib.metadata.distributions(path=[str(site)])
    }
    locked = {name: (version, way) for name, version in installed_by("requirements-dev").items()}
    assert {name: one for name, one in found.items() if name not in ("pip", "setuptools")} == {
        name: one for name, one in locked.items() if name not in ("pip", "setuptools")
    }
