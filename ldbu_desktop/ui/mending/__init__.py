"""Mending of what was found: how it is done, what can be chosen, and every change before it is made. It is shown over
any page, works on the session's findings, and changes the journal only through the session.
"""
