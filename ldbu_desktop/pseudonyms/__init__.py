"""Pseudonyms: what files tell of people, written anew so that whoever gets them learns nothing of anybody.

In come the cells of tables with what their columns are taken for, and the JSON of reports; out comes the same with
other numbers, keys and days, made with a secret that only the user has. What is not known to be harmless is emptied.
It writes what the caller asks for and keeps nothing; it knows no finding, no case file, no command and no screen.
"""
