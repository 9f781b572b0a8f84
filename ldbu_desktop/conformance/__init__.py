"""Delivery reports against the profiles of a standard: the official validator's verdict, much faster, with readable
places. In comes a report as text, with definitions and a catalogue that are handed in; out comes a verdict of values.
It knows nothing of journals, of files, of the texts that people read, or of which standard is the shipped one. Its
rooms, each building on those named before it: ``reading``, ``invariants``, ``verdict``, ``profiles``, ``checks``,
``fast_path``; ``engine`` strings them together.
"""
