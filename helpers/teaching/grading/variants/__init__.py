"""Exercises that differ by student: who gets which variant, and copies of lessons that ask for them."""
