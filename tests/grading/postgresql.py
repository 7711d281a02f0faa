"""A PostgreSQL server for tests: Debian's programs, a data folder of its own, reached by a socket in it."""

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

USER = "postgres"
DEBIANS = "/usr/lib/postgresql"


def programs():
    """The folder of the newest server's programs on this machine; None if there is none."""
    found = [path for path in Path(DEBIANS).glob("*/bin") if (path / "initdb").exists()]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class Server:
    """A server that can be stopped and started again; it ends with the process that has started it."""

    def __init__(self, programs, encoding="UTF8"):
        self.programs, self.process, self.numbers = programs, None, itertools.count()
        self.network = []
        self.folder = Path(tempfile.mkdtemp(prefix="gradebook"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, USER, USER)
        command = ["initdb", "--auth=trust", "--no-sync", f"--username={USER}", f"--encoding={encoding}"]
        command += ["--locale=C", f"--pgdata={self.folder / 'data'}"]
        subprocess.run(self._as_user(command), cwd="/", check=True, capture_output=True)

    def start(self):
        """Start if it is not running, and wait until it answers."""
        if self.process and self.process.poll() is None:
            return
        command = ["postgres", "-D", self.folder / "data", "-k", self.folder]
        command += ["-c", "fsync=off", *(self.network or ["-c", "listen_addresses="])]
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(self._as_user(command), cwd="/", stdout=log, stderr=log)
        while not self._answers():
            assert self.process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.02)

    def open_to_network(self, host, who):
        """Once started, it will answer on an address too, encrypted; `who` is a line on who may come."""
        data = self.folder / "data"
        (data / "pg_hba.conf").write_text(f"local all all trust\n{who}\n")
        certificate = [*("openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-subj", "/CN=server")]
        certificate += ["-pkeyopt", "ec_paramgen_curve:prime256v1", "-keyout", data / "server.key"]
        subprocess.run(
            [*self._user(), *certificate, "-out", data / "server.crt"], check=True, capture_output=True
        )
        self.network = ["-c", f"listen_addresses={host}", "-c", "ssl=on"]

    def stop(self, how=signal.SIGQUIT):
        """Stop at once, as in a crash, which is what SIGQUIT means to it; connections are cut in any case."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait()

    def remove(self):
        """Stop, and leave nothing behind."""
        self.stop()
        shutil.rmtree(self.folder)

    def address(self, database=USER):
        """The address of a database, as `c.CourseDirectory.db_url` takes it."""
        return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}"

    def new_database(self):
        """The address of a database in which there is nothing."""
        name = f"gradebook{next(self.numbers)}"
        self.run(f'create database "{name}"')
        return self.address(name)

    def run(self, command, database=USER):
        """Run a command in SQL."""
        with psycopg.connect(dbname=database, **self._place(), autocommit=True) as connection:
            connection.execute(command)

    def _place(self):
        return {"user": USER, "host": str(self.folder)}

    def _answers(self):
        try:
            psycopg.connect(dbname=USER, **self._place()).close()
            return True
        except psycopg.OperationalError:
            return False

    def _as_user(self, command):
        """A command of the server as the user `postgres`, if we are root: it refuses to run as root."""
        return [*self._user(), str(self.programs / command[0]), *map(str, command[1:])]

    def _user(self):
        who = [f"--reuid={USER}", f"--regid={USER}", "--init-groups"] if os.geteuid() == 0 else []
        return ["setpriv", *who, "--pdeathsig=QUIT"]
