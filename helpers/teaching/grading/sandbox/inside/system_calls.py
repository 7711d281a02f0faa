"""System calls that learners' code has no use for, refused by Linux itself.

Used inside the sandbox only, before any learner's code runs. It imports nothing but the standard library.
"""

import ctypes
import errno
import os
import platform
import struct

# Numbers of system calls: on Intel's machines, and on ARM's.
_MEMORY_ELSEWHERE = {  # memory that no limit counts as this process's own
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "io_uring_setup": (425, 425),
    "add_key": (248, 217),
    "userfaultfd": (323, 282),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
}
_OTHER_WORLDS = {"unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "fsopen": (430, 430)}
_CLONE, _CLONE3 = (56, 220), (435, 435)
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column above, the kernel's own number
_NEW_WORLD = 0x7E020000  # all the flags of clone that make a namespace
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_LARGER, _JUMP_IF_ANY, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16  # where they are in what the filter is given
_OTHER_TABLE = 0x40000000  # where the same calls have another number
_SET_SECCOMP, _FILTER, _NO_NEW_PRIVILEGES = 22, 2, 38


def refuse_hidden_memory() -> None:
    """Refuse system calls that hold memory outside of processes, or lead to namespaces with other limits.

    On a machine that is neither Intel's nor ARM's nothing is refused; what can be seen is still counted.
    """
    if platform.machine() not in _MACHINES:
        return
    program = b"".join(struct.pack("HBBI", *line) for line in _filter(*_MACHINES[platform.machine()]))
    lines = ctypes.create_string_buffer(program)
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(lines)))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if libc.prctl(_SET_SECCOMP, _FILTER, header, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), f"seccomp: {os.strerror(ctypes.get_errno())}")


def _filter(column: int, machine: int) -> list[tuple[int, int, int, int]]:
    """The filter's program: code, lines to skip if so, lines to skip if not, value."""
    refuse, missing = (_RETURN, 0, 0, _REFUSE | errno.EPERM), (_RETURN, 0, 0, _REFUSE | errno.ENOSYS)
    program = [(_LOAD, 0, 0, _MACHINE), (_JUMP_IF_EQUAL, 1, 0, machine), refuse, (_LOAD, 0, 0, _NUMBER)]
    program += [(_JUMP_IF_LARGER, 0, 1, _OTHER_TABLE), refuse]
    for numbers in _OTHER_WORLDS.values():
        program += [(_JUMP_IF_EQUAL, 0, 1, numbers[column]), refuse]
    for numbers in (*_MEMORY_ELSEWHERE.values(), _CLONE3):
        program += [(_JUMP_IF_EQUAL, 0, 1, numbers[column]), missing]  # so that others are used instead
    program += [(_JUMP_IF_EQUAL, 0, 3, _CLONE[column]), (_LOAD, 0, 0, _FIRST_ARGUMENT)]
    program += [(_JUMP_IF_ANY, 0, 1, _NEW_WORLD), refuse]
    return [*program, (_RETURN, 0, 0, _ALLOW)]
