"""The programs that run within the sandbox. They import nothing of the course that is outside of it."""
