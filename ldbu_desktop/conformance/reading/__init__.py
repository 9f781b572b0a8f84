"""How FHIR is written as JSON: the properties of a type, the text of a primitive, the XHTML of a narrative, and
places in a document. Texts and raw JSON go in, what is malformed comes out. It knows the types, and no profile.
"""
