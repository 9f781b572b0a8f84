"""What is asked of a report: that it is written as FHIR wants it, that its values are what the profiles ask for, that
its references lead somewhere, and beside all that what the official validator leaves out. Raw JSON and a set of
profiles go in, problems come out. It does not know what is a cause and what follows from it.
"""
