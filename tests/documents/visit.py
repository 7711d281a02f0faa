"""Somebody who works through a page of the course, block by block, in a fresh clone."""

import csv
import os
import re
import signal
import subprocess
import time
from contextlib import contextmanager

from nbgrader.api import Gradebook

from helpers.teaching.lab.browser import free_port
from tests.documents.clone import clean_environment, fresh_clone, hand_in_class
from tests.farewells import without_farewells

TROUBLE = re.compile(r"\| (ERROR|CRITICAL)\]|Skipping existing|Traceback")
WAIT = 300  # seconds until a server is ready, on a very busy machine


class Visit:
    """A fresh clone with a class that has handed in, and what people do and find in it."""

    def __init__(self, folder, stack):
        """Clone the course; what is started in it ends with the stack."""
        self.folder, self.stack, self.port = fresh_clone(folder / "a clone"), stack, free_port()
        self.runtime = folder / "runtime"
        (folder / "home").mkdir()
        self.environment = clean_environment(folder / "home") | {"JUPYTER_RUNTIME_DIR": str(self.runtime)}
        hand_in_class(self.folder)

    def run(self, block):
        """Run a block to its end; nbgrader's commands say what went wrong, and end with 0 nevertheless."""
        done = subprocess.run(
            self._command(block), cwd=self.folder, env=self.environment, capture_output=True, text=True
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, said
        assert not TROUBLE.search(without_farewells(said)), said

    def start(self, block, is_ready):
        """Start a block that runs until somebody stops it, and wait until it is ready."""
        self.stack.enter_context(self._running(self._command(block), is_ready))

    def _command(self, block):
        if block.language == "python":
            return [str(self.folder / ".venv/bin/python"), "-c", block.text]
        return ["bash", "-c", f"source .venv/bin/activate\nset -e\n{self._here(block.text)}"]

    def _here(self, text):
        """A block as people would type it on this machine: with its address, a free port, and one worker."""
        typed = {"10.0.0.5": "127.0.0.1", "8786": str(self.port), "--nworkers 8": "--nworkers 1"}
        for there, here in typed.items():
            text = text.replace(there, here)
        return text

    @contextmanager
    def _running(self, command, is_ready):
        log = self.folder.parent / f"log of {time.monotonic_ns()}"
        with log.open("w") as output:
            process = subprocess.Popen(
                command,
                cwd=self.folder,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            deadline = time.monotonic() + WAIT
            while not is_ready(self):
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.2)
            yield
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def column(self, name, column):
        """A column of a CSV file, by student."""
        with open(self.folder / name, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        student = "student_id" if "student_id" in rows[0] else "student"
        return {row[student]: float(row[column]) for row in rows}

    def gradebook(self):
        """The clone's gradebook."""
        return Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}")

    def changed(self):
        """The tracked files that are not as they were cloned."""
        command = ["git", "status", "--porcelain", "--untracked-files=no"]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True).stdout
