"""The open work, without a window: the journal, its findings, its one history, and what of it was delivered.

Operations go in as values; each gives a change, which names the families and visits that are no longer as they were.
Window and command line stand on it. It knows nothing of Qt, of terminals, or of how anything is shown.
"""
