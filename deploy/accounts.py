"""Accounts on this machine for a class list, as root: `accounts.py students roster.csv passwords.csv`

The list is one that `course roster` reads. Homes are closed to others, and each person gets a random
password, which is added to the last file. Accounts that exist are left alone.
"""

import csv
import os
import pwd
import re
import secrets
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from helpers.checking.words import counted
from helpers.teaching.grading.ledger.roster import read_roster
from helpers.teaching.grading.messages import Refused
from helpers.teaching.terminal import terminal

_NAME = re.compile(r"[a-z][a-z0-9_.-]{0,31}")
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # without letters and digits that look alike


def make_accounts(group: str, class_list: Path, passwords: Path) -> list[str]:
    """Make an account for everyone on a list who has none; sentences about what was done."""
    if os.geteuid() != 0:
        raise Refused("Only root can make accounts.")
    people, said = read_roster(class_list)
    there = {account.pw_name for account in pwd.getpwall()}
    new = {name: _password() for name in people if name not in there and _NAME.fullmatch(name)}
    _keep(new, passwords)
    failed = {name: trouble for name in new if (trouble := _add(name, group))}
    lines = "".join(f"{name}:{password}\n" for name, password in new.items() if name not in failed)
    subprocess.run(["chpasswd"], input=lines, text=True, check=True)
    said += [
        f"{name!r} cannot be the name of an account. It must be at most 32 lower-case letters, digits, "
        "dots, hyphens and underscores, and begin with a letter."
        for name in people
        if name not in there and name not in new
    ]
    said += [f"{name} has no account: {trouble}" for name, trouble in failed.items()]
    said += [
        f"{name} has an account already, which is not in the group {group}; it was left as it is."
        for name in _outside(group, there.intersection(people))
    ]
    made = counted(len(new) - len(failed), "new account")
    return [*said, f"{made} in the group {group}. Passwords are in {passwords}."]


def _add(name: str, group: str) -> str:
    """Make one account; why that could not be done, if so."""
    options = ["--create-home", "--key", "HOME_MODE=0700", "--shell", "/bin/bash", "--groups", group]
    done = subprocess.run(["useradd", *options, name], capture_output=True, text=True)
    return done.stderr.strip() if done.returncode else ""


def _password() -> str:
    """Twelve letters and digits, in three parts that can be read aloud."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))


def _keep(passwords: dict[str, str], path: Path) -> None:
    """Add passwords to a file that only its owner can read."""
    with open(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a", newline="") as file:
        csv.writer(file).writerows(passwords.items())


def _outside(group: str, names: Iterable[str]) -> list[str]:
    """Those of some accounts that are not in a group."""
    said = {name: subprocess.check_output(["id", "-nG", name], text=True) for name in names}
    return sorted(name for name, groups in said.items() if group not in groups.split())


if __name__ == "__main__":
    with terminal() as console:
        for sentence in make_accounts(sys.argv[1], *map(Path, sys.argv[2:])):
            console.print(sentence)
