"""Learners' own functions: which have passed, and the text that defines them again in a later lesson."""
