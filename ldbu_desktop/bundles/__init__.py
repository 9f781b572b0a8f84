"""A journal as delivery reports, and reports as a journal: nothing is lost on the way there and back.

Records go out as FHIR R4 resources with ids that stay, each report by itself or in a delivery, with a receipt; what was
read and is not modelled is carried along and laid over what is built again. Every code, system and profile is from the
standard that is handed in. It does not judge: conformance does, when a report is read
(``verdicts``) and once more before it is sent (``delivery``), by the engine that is handed in.
"""
