"""Learners' own functions: which have passed, and the text that defines them anew in a later lesson."""
