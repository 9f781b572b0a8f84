"""Recognises what is certainly right without looking for what to tell, so that the checks see only the rest. It may
say no to what conforms, never yes to what does not, and itself tells nothing.
"""
