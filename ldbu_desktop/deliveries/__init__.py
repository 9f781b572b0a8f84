"""A history of delivery reports over time: what it tells wrongly as a whole, and what of the standard it exercises.

In come reports as texts with the verdict on each (the gateway judges each report alone), in any order; out come
findings over the sequence, each with an earlier and a later place, the life of every resource (told, changed, voided),
counts of what was used, and what differs between two deliveries. What of reports is remembered
for the sequence meanwhile lies in an encrypted file that nobody has the key of. It knows no journal, no file
format but FHIR's, and no screen; it judges no report by itself.
"""
