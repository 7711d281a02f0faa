"""Interrupting: the kernel's interrupt as a wish to stop, which the code may follow when it suits."""

import signal
import threading
from collections.abc import Callable
from contextlib import contextmanager


@contextmanager
def interrupts_call(action: Callable):
    """The kernel's interrupt calls `action` and lets the code go on; a second one interrupts as usual."""
    if threading.current_thread() is not threading.main_thread():
        yield  # interrupts go to the main thread only
        return

    def on_interrupt(number, frame):
        signal.signal(signal.SIGINT, usual)
        action()

    usual = signal.signal(signal.SIGINT, on_interrupt) or signal.default_int_handler
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
