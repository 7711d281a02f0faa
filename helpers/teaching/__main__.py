"""``python -m helpers.teaching``: the same as the command ``course``."""

from helpers.teaching.cli import app

if __name__ == "__main__":
    app(prog_name="course")
