"""What comes from a learning platform and goes back to it, in the files of Canvas and Moodle.

What is said here about their formats is what their own sources do (github.com/instructure/canvas-lms,
github.com/moodle/moodle); each module names the file.
"""
