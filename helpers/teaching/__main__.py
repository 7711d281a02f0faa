"""The command ``course``, which is also ``python -m helpers.teaching``."""

import sys


def main() -> None:
    """Run the command, or say how to install what it needs."""
    try:
        from helpers.teaching.cli import app
    except ModuleNotFoundError as missing:
        if (missing.name or "helpers").startswith("helpers"):
            raise
        sys.exit(f'course needs {missing.name}: python -m pip install -e ".[teach]" in the course\'s folder.')
    app(prog_name="course")


if __name__ == "__main__":
    main()
