"""What is said of a report: problems as they are found go in, and the verdict comes out, each cause told once with
what only follows from it. It knows nothing of how a problem is found.
"""
