"""`nbgrader collect`, made careful for an exchange in which anybody may have put anything.

nbgrader follows links, with the instructor's permissions, and takes work that is in one student's name and
belongs to another.
"""

import os
import pwd
import shutil
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect

from helpers.teaching.grading.handed_in.inbox import TIMESTAMP, Inbox
from helpers.teaching.grading.messages import shown, told
from helpers.teaching.grading.repair.json_document import Unreadable

_LONG_AGO = datetime(1970, 1, 1)
_Record = dict[str, Any]


class CarefulCollect(ExchangeCollect):
    """Collects what each student has handed in themselves, and only files.

    In nbgrader's configuration: ``c.ExchangeFactory.collect = CarefulCollect``.
    """

    src_records: list[_Record]

    def _path_to_record(self, path: str) -> _Record:
        """What the name of a folder says; a name that no command of nbgrader's has made says nothing."""
        try:
            return super()._path_to_record(path)
        except Exception:  # the parser of dates raises errors of many kinds
            return {"username": "", "filename": os.path.basename(path), "timestamp": _LONG_AGO}

    def _sort_by_timestamp(self, records: list[_Record]) -> list[_Record]:
        """A student's own submissions, the latest first, and then what others put there in their name."""
        for record in records:
            if not self._is_own(record):
                self.log.warning("%s is left out: somebody else put it there.", shown(record["filename"]))
        return sorted(records, key=lambda one: (self._is_own(one), one["timestamp"]), reverse=True)

    def copy_files(self) -> None:
        """Collect what belongs to the student whose name it bears."""
        self.src_records = [record for record in self.src_records if self._is_own(record)]
        super().copy_files()

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy the files of one submission, as far as they can be read, all at once."""
        target = Path(dest)
        new = target.with_name(f".{target.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        try:
            with Inbox(Path(src)) as inbox:
                self._copy(inbox, new)
            # The same as in the file of this name, unless somebody has changed that.
            (new / TIMESTAMP).write_text(os.path.basename(src).rsplit("+", 3)[2], encoding="utf-8")
            if self.coursedir.groupshared:
                _share(new)
            new.rename(target)
        except (Unreadable, OSError) as error:
            said = str(error) if isinstance(error, Unreadable) else told(error)
            self.log.warning("%s was not collected: %s", shown(os.path.basename(src)), said)
            shutil.rmtree(new, ignore_errors=True)

    def _is_own(self, record: _Record) -> bool:
        """Whether a submission belongs to the student in whose name it was handed in."""
        try:
            owner = os.lstat(os.path.join(self.inbound_path, record["filename"])).st_uid
            name = pwd.getpwuid(owner).pw_name
        except (OSError, KeyError):
            return False
        return bool(record["username"]) and (name == record["username"] or not self.check_owner)

    def _copy(self, inbox: Inbox, target: Path) -> None:
        """Copy an inbox's files to a new folder."""
        target.mkdir()
        left = 1000 * self.coursedir.max_dir_size
        for path in filter(self._is_wanted, inbox.paths):
            try:
                content = inbox.read(path, min(left, 1000 * self.coursedir.max_file_size))
            except Unreadable as trouble:
                self.log.warning("%s was left out: %s", shown(path), trouble)
                continue
            left -= len(content)
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(content)
        for remark in inbox.remarks:
            self.log.warning(remark)

    def _is_wanted(self, path: str) -> bool:
        """Whether nbgrader is configured to copy a file."""
        parts = path.split("/")
        if any(fnmatch(part, pattern) for part in parts for pattern in self.coursedir.ignore):
            return False
        return any(fnmatch(parts[-1], pattern) for pattern in self.coursedir.include)


def _share(folder: Path) -> None:
    """Let the group write in a folder, as nbgrader does for courses of several instructors."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(path.stat().st_mode | (0o2770 if path.is_dir() else 0o660))
