"""The variants of exercises that a student's own copy of a lesson asks for; its first cell says which."""

from helpers.learning.variants import use

__all__ = ["use"]
