"""The site that tests look at: ``python -m tests.site.building`` builds it if something has changed."""

import subprocess

from filelock import FileLock

from helpers.teaching.digests import digest
from helpers.teaching.site.build import SITE
from helpers.teaching.site.fetch import ROOT, NotAvailable

BUILD = SITE.parent
MADE_FROM = (
    *("helpers", "site", "docs", "solutions", "notebooks", "requirements-site.lock"),
    *("GLOSSARY.md", "README.md", "SYLLABUS.md"),
)


def state_of_sources():
    """A hash of all that the site is made from."""
    paths = [path for name in MADE_FROM for path in sorted((ROOT / name).rglob("*")) or [ROOT / name]]
    files = [path for path in paths if path.is_file() and "__pycache__" not in path.parts]
    return digest(str(path).encode() + path.read_bytes() for path in files)


def build_if_changed():
    """Build the site, unless it is there and nothing has changed; who comes second waits for the first."""
    BUILD.mkdir(exist_ok=True)
    with FileLock(BUILD / "site.lock"):
        stamp, state = BUILD / "site.stamp", state_of_sources()
        if not stamp.is_file() or stamp.read_text() != state:
            done = subprocess.run(["make", "site"], cwd=ROOT, capture_output=True, text=True)
            assert "Sphinx could not" not in done.stderr, done.stderr
            if done.returncode:
                raise NotAvailable(f"the site cannot be built here: {done.stderr.strip()[-500:]}")
            stamp.write_text(state)


if __name__ == "__main__":
    build_if_changed()
