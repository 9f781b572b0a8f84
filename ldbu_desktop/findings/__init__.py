"""What is found in a journal, and what a finding is.

In comes a journal with the rules of a standard; out come findings (values: a code, a place, facts), what follows from
them (severities, causes with their counts, which visits can be delivered), and their words, made when they are shown.
The texts and traits of each code stand in ``resources/messages/findings``. It knows no file format, no FHIR and no
screen, and never raises for bad data.
"""
