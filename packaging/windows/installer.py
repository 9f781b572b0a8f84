"""Writes what `wixl` makes an MSI of: `python packaging/windows/installer.py FOLDER VERSION FILE.wxs`.

One package for a machine: all files below Program Files, the file types, the menu, and nothing of a user's. The ids of
components come from the files' places: they are the same in each build, so that it can be upgraded and repaired. Files
are named as they lie in FOLDER, where wixl is to be called.
"""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import UUID, uuid5
from xml.sax.saxutils import quoteattr

UPGRADE_CODE = UUID("0d2f9e44-8f5b-4a7e-9d0c-6c1b6f7a3e52")
"""What all versions are known by as one product: it never changes."""

NAME = "LDBU Desktop"
DANISH = 1030
NEWER = "En nyere udgave er installeret. / A newer version is installed."

FILE_TYPES = {
    ".ldbu": ("LDBU.CaseFile", "LDBU-sagsfil"),
    ".ldbumap": ("LDBU.Map", "LDBU-kort over en journaleksport"),
}
"""What is opened by the program: the type's name, and what people read."""


def element(name: str, *within: str, **attributes: str) -> str:
    """An XML element."""
    told = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{told}>{''.join(within)}</{name}>"


def identity(place: str) -> UUID:
    """The id of what is installed at a place, in every build."""
    return uuid5(UPGRADE_CODE, place)


def short(place: str) -> str:
    """A name that the tables of an MSI take."""
    return f"i{identity(place).hex}"


class Installer:
    """The elements of an installer, and the components that its one feature has."""

    def __init__(self) -> None:
        self.components: list[str] = []

    def component(self, place: str, *within: str) -> str:
        """A component, which is installed and removed as one."""
        self.components.append(short(place))
        return element("Component", *within, Id=short(place), Guid=f"{{{identity(place)}}}".upper(), Win64="yes")

    def folder(self, at: Path, top: Path) -> str:
        """All that lies in a folder: a component for each file, as repairing is by component."""
        inner = []
        for path in sorted(at.iterdir()):
            place = path.relative_to(top).as_posix()
            if path.is_dir():
                inner.append(element("Directory", self.folder(path, top), Id=short(f"{place}/"), Name=path.name))
            else:
                file = element("File", Id=short(f"{place}="), Name=path.name, Source=place, KeyPath="yes")
                inner.append(self.component(place, file))
        return "".join(inner)

    def value(self, key: str, text: str, *, name: str = "", is_key_path: bool = False) -> str:
        """A value in the machine's registry."""
        named = {"Name": name} if name else {}
        path = {"KeyPath": "yes"} if is_key_path else {}
        return element("RegistryValue", Root="HKLM", Key=key, Value=text, Type="string", **named, **path)

    def file_types(self) -> str:
        """Which program opens which files."""
        values = [self.value(rf"Software\{NAME}", "1", name="FileTypes", is_key_path=True)]
        for ending, (kind, words) in FILE_TYPES.items():
            classes = r"Software\Classes"
            values += [
                self.value(rf"{classes}\{ending}", kind),
                self.value(rf"{classes}\{kind}", words),
                self.value(rf"{classes}\{kind}\DefaultIcon", "[INSTALLDIR]ldbu-desktop.exe,0"),
                self.value(rf"{classes}\{kind}\shell\open\command", '"[INSTALLDIR]ldbu-desktop.exe" "%1"'),
            ]
        return self.component("file types", *values)

    def programs(self) -> str:
        """What the programs are found by when only their names are typed in Windows' own Run."""
        paths = r"Software\Microsoft\Windows\CurrentVersion\App Paths"
        return self.component(
            "programs",
            self.value(rf"{paths}\ldbu-desktop.exe", "[INSTALLDIR]ldbu-desktop.exe", is_key_path=True),
            self.value(rf"{paths}\ldbu.exe", "[INSTALLDIR]ldbu.exe"),
        )

    def menu(self) -> str:
        """The entry in the start menu."""
        return self.component(
            "menu",
            element(
                "Shortcut",
                Id="MenuShortcut",
                Name=NAME,
                Description="Forkontrol og aflevering af sundhedsplejens data til LDBU",
                Target="[INSTALLDIR]ldbu-desktop.exe",
                WorkingDirectory="INSTALLDIR",
            ),
            self.value(rf"Software\{NAME}", "1", name="Menu", is_key_path=True),
        )

    def product(self, folder: Path, version: str) -> str:
        """The whole."""
        inner = "".join((self.folder(folder, folder), self.file_types(), self.programs()))
        installed = element("Directory", inner, Id="INSTALLDIR", Name=NAME)
        tree = element(
            "Directory",
            element("Directory", installed, Id="ProgramFiles64Folder"),
            element("Directory", self.menu(), Id="ProgramMenuFolder"),
            Id="TARGETDIR",
            Name="SourceDir",
        )
        references = (element("ComponentRef", Id=name) for name in self.components)
        product = element(
            "Product",
            element("Package", InstallerVersion="500", Compressed="yes", InstallScope="perMachine"),
            element(
                "MajorUpgrade", DowngradeErrorMessage="En nyere udgave er installeret. / A newer version is installed."
            ),
            element("Media", Id="1", Cabinet="ldbu.cab", EmbedCab="yes"),
            element("Icon", Id="program.exe", SourceFile="ldbu-desktop.exe"),
            element("Property", Id="ARPPRODUCTICON", Value="program.exe"),
            element("Property", Id="ARPNOMODIFY", Value="1"),
            tree,
            element("Feature", *references, Id="Main", Level="1"),
            Id=f"{{{identity(f'product {version}')}}}".upper(),
            Name=NAME,
            Language=str(DANISH),
            Version=version,
            Manufacturer=NAME,
            UpgradeCode=f"{{{UPGRADE_CODE}}}".upper(),
        )
        return '<?xml version="1.0" encoding="utf-8"?>\n' + element(
            "Wix", product, xmlns="http://schemas.microsoft.com/wix/2006/wi"
        )


if __name__ == "__main__":
    Path(sys.argv[3]).write_text(Installer().product(Path(sys.argv[1]), sys.argv[2]) + "\n", encoding="utf-8")
