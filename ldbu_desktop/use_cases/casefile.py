"""Case files, for the faces: made, opened, saved as they are filled, undone, and closed."""

from ldbu_desktop.casefile.case_file import ENDING, CaseFile
from ldbu_desktop.casefile.steps import Step

__all__ = ["ENDING", "CaseFile", "Step"]
