"""Notebooks that try to break the grader, to cheat it, or only look as if they did; and what is expected.

Each is the released notebook of a lesson with everything solved, except for what is here. It sits in one
exercise; the marks of all others must be full.
"""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass

import nbformat

from tests.grading.lessons import grade_id, notebook, of, solutions, solved

STOPPED, WRONG, PASSED, MISSING, BLANK = "stopped", "wrong", "passed", "missing", "not started"
SECRET = "a-secret-of-the-grader"


@dataclass(frozen=True)
class Attack:
    """One notebook: the exercise in which it sits, its verdict there, and what the report must say."""

    name: str
    kind: str
    source: str
    verdicts: tuple[str, ...]
    reason: str = ""
    edit: Callable | None = None
    lesson: str = "02_filtering"
    exercise: str = "best_match"

    @property
    def honest(self) -> bool:
        """Whether it has earned its points."""
        return self.verdicts == (PASSED,)

    def notebook(self) -> nbformat.NotebookNode:
        """What is handed in."""
        book = solved(self.lesson)
        of(book, self.exercise).source = self.source
        if self.edit:
            self.edit(book)
        return book


ATTACKS: list[Attack] = []
_SOLVED = solutions("02_filtering")["best_match"]
_BLANK = of(notebook("02_filtering"), "best_match").source


def _add(name, kind, source, verdicts, reason="", **more):
    verdicts = (verdicts,) if isinstance(verdicts, str) else verdicts
    ATTACKS.append(Attack(name, kind, source, verdicts, reason, **more))


def _code(text):
    return textwrap.dedent(text).strip("\n")


def in_call(name, kind, body, verdicts, reason="", before="", **more):
    """Code that runs whenever the function is called, which then returns the first position."""
    lines = ["def best_match(feature_map):", textwrap.indent(_code(body), "    "), "    return 0, 0"]
    _add(name, kind, "\n".join([*([_code(before), ""] if before else []), *lines]), verdicts, reason, **more)


def in_cell(name, kind, code, verdicts=PASSED, reason="", **more):
    """Code that runs with the cell, above the right function."""
    _add(name, kind, f"{_code(code)}\n\n\n{_SOLVED}", verdicts, reason, **more)


def in_notebook(name, kind, edit, verdicts=PASSED, reason="", source=_SOLVED):
    """Something done to the notebook elsewhere."""
    _add(name, kind, source, verdicts, reason, edit=edit)


def extra(source, kind="code", place=2, **metadata):
    """An edit that adds a cell of the learner's own."""

    def edit(book):
        make = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
        book.cells.insert(place if place >= 0 else len(book.cells), make(_code(source), metadata=metadata))

    return edit


# ---- what ends the process -----------------------------------------------------------------------

in_cell("error in the cell", "crash", "raise RuntimeError('no')", MISSING, "RuntimeError")
in_call("error in the function", "crash", "raise RuntimeError('no')", WRONG, "RuntimeError")
in_cell("os._exit in the cell", "crash", "import os\nos._exit(0)", STOPPED, "process ended")
in_call("os._exit in the function", "crash", "import os\nos._exit(0)", STOPPED, "process ended")
in_cell("sys.exit in the cell", "crash", "import sys\nsys.exit(0)", MISSING, "SystemExit")
in_call("sys.exit in the function", "crash", "import sys\nsys.exit(0)", WRONG, "SystemExit")
in_call("kills itself", "crash", "import os\nos.kill(os.getpid(), 9)", (STOPPED, WRONG))
in_call("kills its parent", "crash", "import os\nos.kill(os.getppid(), 9)", (STOPPED, WRONG))
in_call("kills all it may", "crash", "import os\nos.kill(-1, 9)", (STOPPED, WRONG))
in_call("kills its group", "crash", "import os\nos.killpg(0, 9)", (STOPPED, WRONG))
in_call(
    "kills every number",
    "crash",
    """
    import os
    for number in range(1, 100_000):
        try:
            os.kill(number, 9)
        except OSError:
            pass
    """,
    (STOPPED, WRONG),
)
in_call("reads address 0", "crash", "import ctypes\nctypes.string_at(0)", STOPPED, "process ended")
in_cell("os.abort in the cell", "crash", "import os\nos.abort()", STOPPED, "process ended")
in_call("endless recursion", "crash", "return best_match(feature_map)", WRONG, "RecursionError")
in_call(
    "recursion until the stack breaks",
    "crash",
    "import sys\nsys.setrecursionlimit(10**9)\nreturn best_match([feature_map])",
    (STOPPED, WRONG),
)
in_call("closes every file", "crash", "import os\nos.closerange(0, 65536)", STOPPED, "process ended")

# ---- what does not end ---------------------------------------------------------------------------

in_call("endless loop", "loop", "while True:\n    pass", (WRONG, STOPPED), "did not finish")
in_cell("endless loop in the cell", "loop", "while True:\n    pass", (STOPPED, MISSING))
in_call(
    "swallows interrupts",
    "loop",
    """
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
    """,
    (STOPPED, WRONG),
)
in_call(
    "resets signal handlers",
    "loop",
    """
    import signal
    signal.setitimer(signal.ITIMER_REAL, 0)
    for number in range(1, 30):
        try:
            signal.signal(number, signal.SIG_IGN)
        except OSError:
            pass
    while True:
        pass
    """,
    STOPPED,
    "did not finish",
)
in_call("loop in C code", "loop", "import itertools\nsum(itertools.repeat(0))", STOPPED, "did not finish")
in_call(
    "regular expression without end",
    "loop",
    "import re\nre.match('(a+)+$', 'a' * 60 + 'b')",
    (STOPPED, WRONG),
)
in_call("sleeps", "loop", "import time\ntime.sleep(1_000_000)", (WRONG, STOPPED), "did not finish")
in_call("stops itself", "loop", "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)", (STOPPED, WRONG))
in_call(
    "waits for a lock",
    "loop",
    "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
    (WRONG, STOPPED),
)
in_call("waits for input", "loop", "return input('row?'), 0", WRONG)
in_call("a generator without end", "loop", "while True:\n    yield 0", (WRONG, STOPPED))

# ---- what eats the machine -----------------------------------------------------------------------

in_call("list without end", "memory", "hog = []\nwhile True:\n    hog.append(bytes(10**7))", (WRONG, STOPPED))
in_cell(
    "memory in the cell", "memory", "hog = [b'x' * 10**8 for _ in range(1000)]", (MISSING, STOPPED), "Memory"
)
in_call("one huge array", "memory", "import numpy as np\nreturn np.ones((10**6, 10**6))", WRONG, "emory")
in_call(
    "whole number without end", "memory", "number = 3\nwhile True:\n    number *= number", (WRONG, STOPPED)
)
in_call(
    "memory in many processes",
    "memory",
    """
    import os, time
    for _ in range(50):
        if os.fork() == 0:
            hog = [b"x" * 10**8 for _ in range(5)]
            time.sleep(1000)
    time.sleep(1000)
    """,
    (STOPPED, WRONG),
)
in_call(
    "anonymous memory maps",
    "memory",
    """
    import mmap
    hog = []
    while True:
        hog.append(mmap.mmap(-1, 10**8))
        hog[-1].write(b"x" * 10**8)
    """,
    (WRONG, STOPPED),
)
in_call(
    "fills the disk",
    "memory",
    """
    for number in range(10_000):
        for folder in ("/tmp", "/dev/shm", "/var/tmp", "."):
            try:
                open(f"{folder}/{number}", "wb").write(bytes(10**7))
            except OSError:
                pass
    """,
    (WRONG, STOPPED),
)
in_call(
    "fork bomb",
    "bomb",
    "import os\nwhile True:\n    os.fork()",
    (WRONG, STOPPED),
)
in_cell(
    "fork bomb in the cell, swallowing errors",
    "bomb",
    "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass",
    STOPPED,
)
in_call(
    "thread bomb",
    "bomb",
    """
    import threading, time
    while True:
        threading.Thread(target=time.sleep, args=(1000,)).start()
    """,
    (WRONG, STOPPED),
)
in_call(
    "bomb of programs",
    "bomb",
    "import subprocess\nwhile True:\n    subprocess.Popen(['sleep', '1000'])",
    (WRONG, STOPPED),
)

in_cell(
    "memory files",
    "memory",
    """
    import os
    held = []
    for _ in range(60):
        held.append(os.memfd_create("m"))
        for _ in range(50):
            os.write(held[-1], b"x" * 2**20)
    """,
    (PASSED, MISSING, STOPPED),
)
in_call(
    "shared memory of System V",
    "memory",
    """
    import ctypes
    libc = ctypes.CDLL(None)
    libc.shmat.restype = ctypes.c_void_p
    for _ in range(60):
        number = libc.shmget(0, 50 * 2**20, 0o1600)
        if number < 0:
            raise MemoryError("refused")
        ctypes.memset(libc.shmat(number, None, 0), 1, 50 * 2**20)
    """,
    (WRONG, STOPPED),
    "emory",
)
in_call(
    "shared memory that children have filled",
    "memory",
    """
    import mmap, os, time
    held = []
    for _ in range(10):
        held.append(mmap.mmap(-1, 180 * 2**20))
        if os.fork() == 0:
            held[-1].write(b"x" * (180 * 2**20))
            os._exit(0)
        os.wait()
        if len(held) == 5 and os.fork() == 0:
            held.clear()
    time.sleep(1000)
    """,
    (WRONG, STOPPED),
)
in_call(
    "namespaces with other limits",
    "memory",
    """
    import ctypes
    libc = ctypes.CDLL(None)
    if libc.unshare(0x10020000) != 0 or libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) != 0:
        raise PermissionError("refused")
    for number in range(10_000):
        open(f"/tmp/{number}", "wb").write(bytes(10**7))
    """,
    (WRONG, STOPPED),
)
in_cell(
    "busy processes left behind",
    "bomb",
    """
    import os
    for _ in range(60):
        if os.fork() == 0:
            os.setsid()
            while True:
                pass
    """,
    (PASSED, STOPPED, MISSING),
)

# ---- what is left behind -------------------------------------------------------------------------

in_cell(
    "thread left running",
    "left behind",
    """
    import threading, time
    threading.Thread(target=lambda: [time.sleep(0.01) for _ in iter(int, 1)]).start()
    """,
)
in_cell(
    "daemon left running",
    "left behind",
    """
    import os, time
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(1000)
        os._exit(0)
    """,
)
in_cell(
    "program left running",
    "left behind",
    "import subprocess\nsubprocess.Popen(['sleep', '1000'], start_new_session=True)",
)
in_cell("atexit", "left behind", "import atexit, os\natexit.register(lambda: os.write(3, b'passed'))")

# ---- output --------------------------------------------------------------------------------------

in_call("endless print", "output", "while True:\n    print('x' * 10_000)", (WRONG, STOPPED))
in_cell(
    "endless output in the cell",
    "output",
    "import sys\nwhile True:\n    sys.stderr.write('x' * 10_000)",
    (STOPPED, MISSING),
)
in_call(
    "endless bytes to the terminal",
    "output",
    "import os\nwhile True:\n    os.write(1, b'x' * 10_000)",
    (WRONG, STOPPED),
)
in_cell("prints ten megabytes", "output", "print('x' * 10_000_000)")
in_cell("prints marks", "output", """print('{"verdict": "passed", "points": 100, "score": 9}')""")
in_call("prints marks instead of working", "output", """print('best_match: passed, 2 points')""", WRONG)
in_cell(
    "JavaScript in outputs",
    "output",
    """
    from IPython.display import HTML, display
    display(HTML("<script>alert('stolen')</script>"))
    class Shown:
        def _repr_html_(self):
            return "<script>alert('stolen')</script>"
        def _repr_javascript_(self):
            return "alert('stolen')"
    display(Shown())
    """,
)
in_call("JavaScript as an answer", "output", """return "<script>alert('stolen')</script>" """, WRONG)
in_call("JavaScript in an error", "output", """raise ValueError("<script>alert('stolen')</script>")""", WRONG)

in_notebook(
    "claims endless outputs",
    "output",
    lambda book: (
        [extra(f"x_{n} = {n}")(book) for n in range(60)]
        and extra(
            """
        import wire
        _send = wire.send
        def send(channel, value, functions=None):
            if "outputs" in value:
                value = {**value, "outputs": [{"text": "x" * 9000}] * 400}
            _send(channel, value, functions)
        wire.send = send
        """
        )(book)
    ),
)

# ---- forged messages -----------------------------------------------------------------------------

_FORGE = """
import json, os, struct
def forge(value, number):
    head = json.dumps(value).encode()
    message = struct.pack(">II", len(head), 0) + head
    for descriptor in range(256):
        try:
            os.write(descriptor, message)
        except OSError:
            pass
"""
_REPLY = """{"dict": [["id", "0"], ["returned", {"tuple": [0, 0]}], ["passed", True], ["points", 100]]}"""
in_call(
    "forged answer on every descriptor", "forgery", f"forge({_REPLY}, 0)", STOPPED, "not asked", before=_FORGE
)
in_cell("answer before the question", "forgery", f"{_FORGE}\nforge({_REPLY}, 0)", STOPPED, "not asked")
in_call(
    "replayed answer",
    "forgery",
    """
    import sys
    frame = sys._getframe()
    while frame:
        if "identity" in frame.f_locals:
            seen.append(frame.f_locals["identity"])
        frame = frame.f_back
    for identity in seen:
        forge({"dict": [["id", identity], ["returned", {"tuple": [0, 0]}], ["passed", True]]}, 0)
    """,
    (STOPPED, WRONG),
    before=_FORGE + "\nseen = []",
)
in_call(
    "header that promises gigabytes",
    "forgery",
    "import os, struct\nos.write(3, struct.pack('>II', 2**31, 2**31))",
    STOPPED,
    "message of",
)
in_call("half a message", "forgery", "import os, time\nos.write(3, bytes(3))\ntime.sleep(1000)", STOPPED)
in_call("noise", "forgery", "import os\nos.write(3, os.urandom(10_000))", STOPPED)
in_call(
    "message that is no JSON",
    "forgery",
    "import os, struct\nos.write(3, struct.pack('>II', 4, 0) + b'oops')",
    STOPPED,
)
in_call(
    "nested message",
    "forgery",
    "import os, struct\ntext = b'[' * 60_000\nos.write(3, struct.pack('>II', len(text), 0) + text)",
    STOPPED,
)
in_call(
    "pickle as an answer",
    "forgery",
    """
    import os
    class Bomb:
        def __reduce__(self):
            return os.system, ("touch /tmp/stolen",)
    return Bomb()
    """,
    WRONG,
)
in_call(
    "array of objects", "forgery", "import numpy as np\nreturn np.array([best_match, 0], dtype=object)", WRONG
)


def forging(name, kind, body, verdicts, reason="", **more):
    """Code that takes the place of what sends answers, once the function's first answer is due."""
    patched = (
        "import json, struct, time\nimport wire\n_send = wire.send\n"
        "def send(channel, value, functions=None):\n"
        "    if 'returned' in value:\n" + textwrap.indent(_code(body), " " * 8) + "\n"
        "    _send(channel, value, functions)\nwire.send = send\n"
        "def framed(head, size=0):\n"
        "    head = head.encode() if isinstance(head, str) else head\n"
        "    return struct.pack('>II', len(head), size) + head"
    )
    in_call(name, kind, "pass", verdicts, reason, before=patched, **more)


_QUIET = (
    "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0)\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\n"
)
forging(
    "answer sent again and again",
    "forgery",
    _QUIET + "while True:\n    channel.sendall(wire.encode(value))",
    (STOPPED, WRONG),
)
forging(
    "old answer sent again and again",
    "forgery",
    _QUIET + "known = vars(send).setdefault('known', [])\nknown.append(value['id'])\nwhile len(known) > 1:\n"
    "    channel.sendall(wire.encode({**value, 'id': known[0]}))",
    (STOPPED, WRONG),
)
forging(
    "questions without end",
    "forgery",
    _QUIET + "while True:\n    channel.sendall(wire.encode({'ask': 0, 'arguments': (1,)}))",
    STOPPED,
    "does not exist",
)
forging(
    "a header and silence",
    "forgery",
    "channel.sendall(struct.pack('>II', 4 * 2**20, 64 * 2**20))\ntime.sleep(1000)",
    STOPPED,
    "did not finish",
)
forging(
    "one byte after the other",
    "forgery",
    _QUIET + "channel.sendall(struct.pack('>II', 1000, 0))\nwhile True:\n"
    "    channel.sendall(b' ')\n    time.sleep(0.3)",
    STOPPED,
    "did not finish",
)


def returning(packed):
    """Code that sends an answer which says that something was returned: an expression gives its JSON."""
    head = """'{"dict": [["id", "%s"], ["returned", %s]]}'"""
    return f"channel.sendall(framed({head} % (value['id'], {packed})))"


forging(
    "few bytes that become much memory",
    "forgery",
    returning("""'{"tuple": [' + ', '.join(['{"objects": [8388608]}'] * 20) + ']}'"""),
    STOPPED,
    "too large",
)
forging(
    "very many empty lists",
    "forgery",
    returning("""'{"list": [' + ', '.join(['{"list": []}'] * 270_000) + ']}'"""),
    STOPPED,
    "too large",
)
forging(
    "very many kinds of objects",
    "forgery",
    returning("""'{"list": [' + ', '.join('{"foreign": "a%d"}' % n for n in range(100_000)) + ']}'"""),
    STOPPED,
    "too large",
)
forging(
    "keys that all share one place",
    "forgery",
    returning("""'{"dict": [' + ', '.join('[%d, 1]' % (n * (2**61 - 1)) for n in range(9999)) + ']}'"""),
    STOPPED,
    "too large",
)
forging("a number of 4,000 digits", "forgery", returning("'9' * 4000"), STOPPED, "digits")
forging("a number that is not JSON", "forgery", returning("'NaN'"), STOPPED, "cannot be read")
forging(
    "half a character in an error",
    "forgery",
    _code(
        r"""
        head = '{"dict": [["id", "%s"], ["error", {"list": ["E", "\\ud800 \\u001b[2J", 1, "x\\udfff"]}]]}'
        channel.sendall(framed(head % value["id"]))
        time.sleep(1000)
        """
    ),
    (WRONG, STOPPED),
)
forging(
    "half a character in an array",
    "forgery",
    _code(
        """
        head = '{"dict": [["id", "%s"], ["returned", {"array": ["<U1", [2]]}]]}' % value["id"]
        channel.sendall(framed(head, 8) + struct.pack("<II", 0xD800, 2**31))
        time.sleep(1000)
        """
    ),
    (WRONG, STOPPED),
)


# ---- answers that claim to be right --------------------------------------------------------------

_EQUAL = """
class Equal{base}:
    __hash__ = None
    def __eq__(self, other):
        return True
    def __ne__(self, other):
        return False
    def __bool__(self):
        return True
    def __len__(self):
        return 2
    def __getitem__(self, index):
        return self
    def __iter__(self):
        return iter((self, self))
    def __abs__(self):
        return 0
    def __sub__(self, other):
        return 0
    __rsub__ = __sub__
    def __le__(self, other):
        return True
"""
in_call("an object equal to everything", "claims", "return Equal()", WRONG, before=_EQUAL.format(base=""))
in_call(
    "a tuple equal to everything",
    "claims",
    "return Equal((5, 5))",
    (WRONG, STOPPED),
    before=_EQUAL.format(base="(tuple)"),
)
in_call(
    "whole numbers equal to everything",
    "claims",
    "return Yes(5), Yes(5)",
    WRONG,
    before=_EQUAL.format(base="(int)").replace("Equal", "Yes"),
)
in_call(
    "floats equal to everything",
    "claims",
    "return Equal(5), Equal(5)",
    WRONG,
    before=_EQUAL.format(base="(float)"),
)
_add(
    "an array equal to everything",
    "claims",
    _code("""
    class Equal(np.ndarray):
        def __eq__(self, other):
            return np.ones(self.shape, dtype=bool)
        def __array_ufunc__(self, *_, **__):
            return np.zeros(self.shape)
        def __array_function__(self, *_, **__):
            return True
        def all(self, *_, **__):
            return True
        __sub__ = __rsub__ = lambda self, other: np.zeros(self.shape)

    def filter_bank(image, features):
        size = [n - m + 1 for n, m in zip(image.shape, features[0].shape)]
        return np.zeros([len(features), *size]).view(Equal)
    """),
    (WRONG,),
    exercise="filter_bank",
)
_add(
    "not a number everywhere",
    "claims",
    _code("""
    def filter_image(image, feature):
        return np.full([n - m + 1 for n, m in zip(image.shape, feature.shape)], np.nan)
    """),
    (WRONG,),
    exercise="filter_image",
    edit=lambda book: setattr(
        of(book, "filter_bank"),
        "source",
        "def filter_bank(image, features):\n"
        "    windows = np.lib.stride_tricks.sliding_window_view(image, features[0].shape)\n"
        "    return np.stack([(windows * feature).mean(axis=(2, 3)) for feature in features])",
    ),
)
_add(
    "infinity",
    "claims",
    "def agreement(a, b):\n    return float('inf')",
    (WRONG,),
    lesson="01_pictures",
    exercise="agreement",
    edit=lambda book: setattr(
        of(book, "nearest_template"),
        "source",
        solutions("01_pictures")["nearest_template"]
        .replace("agreement(", "np.mean(image == ")
        .replace("np.mean(image == image, ", "np.mean(image == "),
    ),
)
in_call(
    "a huge array as an answer", "claims", "import numpy as np\nreturn np.zeros(20_000_000)", (WRONG, STOPPED)
)
in_call(
    "a small array that unfolds",
    "claims",
    "import numpy as np\nreturn np.broadcast_to(0, (10**6, 10**6))",
    (WRONG, STOPPED),
)
in_call("an array of 32 dimensions", "claims", "import numpy as np\nreturn np.zeros((1,) * 32)", WRONG)
in_call("a list that holds itself", "claims", "loop = []\nloop.append(loop)\nreturn loop", (WRONG, STOPPED))
in_call(
    "a list ten thousand deep",
    "claims",
    "deep = []\nfor _ in range(10_000):\n    deep = [deep]\nreturn deep",
    (WRONG, STOPPED),
)
in_call("a text of 100 MB", "claims", "return 'x' * 100_000_000", (WRONG, STOPPED))
in_call(
    "a dictionary with odd keys", "claims", "return {(1, 2): {float('nan'): [b'x', 1j]}, None: ...}", WRONG
)
in_call("a number of a million digits", "claims", "return 10**1_000_000, 0", WRONG)
in_call(
    "a type with a forged name", "claims", "return type('tuple', (), {'__module__': 'builtins'})()", WRONG
)
in_call("changes its argument", "claims", "feature_map[:] = 0\nreturn 0, 0", WRONG, "")

in_call(
    "changes its argument and says that it has not",
    "claims",
    """
    place = int(np.argmax(feature_map))
    place = place // feature_map.shape[1], place % feature_map.shape[1]
    feature_map[:] = 0
    return place
    """,
    WRONG,
    before="""
    from helpers.checking.calling import call, comparing
    comparing.identical = call.identical = lambda *_: True
    """,
)
in_call("a number beyond 64 bits", "claims", "return 2**100, 2**100", WRONG)
in_call(
    "numbers without a sign",
    "claims",
    "import numpy as np\nreturn np.uint8(200), np.uint64(2**64 - 1)",
    WRONG,
)
in_call("infinite numbers", "claims", "return float('inf'), float('nan')", WRONG)

# ---- meddling ------------------------------------------------------------------------------------

_ALL_TRUE = """
import builtins
import numpy as np
yes = lambda *_, **__: True
for name in ("allclose", "array_equal", "array_equiv", "isclose", "isfinite"):
    setattr(np, name, yes)
"""
in_call("NumPy's comparisons always agree", "meddling", "pass", WRONG, before=_ALL_TRUE)
in_call(
    "built-in functions always agree",
    "meddling",
    "pass",
    WRONG,
    before="import builtins\nbuiltins.all = lambda *_: True\nbuiltins.abs = lambda *_: 0",
)
in_cell(
    "breaks NumPy for all cells below",
    "meddling",
    "import numpy as np\nnp.mean = np.stack = np.zeros = lambda *_, **__: 0",
)
in_cell(
    "breaks built-in functions for all",
    "meddling",
    "import builtins\nbuiltins.range = builtins.int",
    (PASSED, WRONG, STOPPED),
)
in_call(
    "replaces the check",
    "meddling",
    "pass",
    (WRONG, MISSING),
    before="""
    import sys
    import helpers
    def check(*_, **__):
        print("passed")
    helpers.check = check
    for name, module in list(sys.modules.items()):
        if name.startswith("helpers"):
            for wanted in ("same", "close", "identical", "judge", "run", "check"):
                if hasattr(module, wanted):
                    setattr(module, wanted, lambda *_, **__: True)
    """,
)
in_call(
    "import hook",
    "meddling",
    "pass",
    WRONG,
    before="""
    import sys, types
    class Hook:
        def find_spec(self, name, path=None, target=None):
            sys.modules[name] = types.SimpleNamespace(same=lambda *_: True, __getattr__=lambda n: True)
    sys.meta_path.insert(0, Hook())
""",
)
in_cell(
    "files that shadow libraries",
    "meddling",
    """
    import os, sys
    for name in ("numpy", "json", "helpers", "struct", "IPython"):
        for folder in (".", "/tmp", os.path.expanduser("~")):
            try:
                with open(f"{folder}/{name}.py", "w") as file:
                    file.write("raise SystemExit")
            except OSError:
                pass
    sys.path.insert(0, "/tmp")
""",
)
in_call(
    "trace function",
    "meddling",
    "pass",
    WRONG,
    before="""
    import sys, threading
    def trace(frame, event, argument):
        for name in ("expected", "passed", "wrong", "mistake"):
            if name in frame.f_locals:
                frame.f_locals[name] = True
        return trace
    sys.settrace(trace)
    threading.settrace(trace)
""",
)
in_cell(
    "audit hook that forbids everything",
    "meddling",
    """
    import sys
    def forbid(*_):
        raise RuntimeError("forbidden")
    sys.addaudithook(forbid)
""",
    (PASSED, STOPPED, MISSING, WRONG),
)
in_call(
    "garbage collector's hooks",
    "meddling",
    "pass",
    WRONG,
    before="import gc\ngc.callbacks.append(lambda *_: 1 / 0)\ngc.disable()",
)
in_call(
    "frees what is in use",
    "meddling",
    "import ctypes\nctypes.pythonapi.Py_DecRef(ctypes.py_object(None))\nctypes.memset(id(0), 0, 64)",
    (WRONG, STOPPED),
)

# ---- looking for answers -------------------------------------------------------------------------

in_call(
    "searches the stack",
    "search",
    """
    import sys
    frame = sys._getframe()
    while frame:
        for name in ("expected", "answer", "exercise", "verdict", "case"):
            if name in frame.f_locals:
                return frame.f_locals[name]
        frame = frame.f_back
    """,
    WRONG,
)
in_call(
    "searches all objects",
    "search",
    """
    import gc, types
    for found in gc.get_objects():
        named = isinstance(found, types.FunctionType) and found.__name__ == "best_match"
        if named and found is not best_match:
            return found(feature_map)
    """,
    WRONG,
)
in_call(
    "searches all modules",
    "search",
    """
    import sys
    for module in list(sys.modules.values()):
        found = vars(module).get("best_match") if hasattr(module, "__dict__") else None
        if callable(found) and found is not best_match and module.__name__ != "__main__":
            return found(feature_map)
    """,
    WRONG,
)
in_call(
    "calls the course's own",
    "search",
    "from helpers import reference\nreturn reference.best_match(feature_map)",
    WRONG,
)
in_call(
    "calls it by its module",
    "search",
    "from helpers.reference.matching import best_match as theirs\nreturn theirs(feature_map)",
    WRONG,
)
in_call(
    "asks the exercise bank",
    "search",
    "from helpers import exercises\nreturn exercises.find('best_match').reference(feature_map)",
    WRONG,
)
in_call(
    "takes it by `yours`",
    "search",
    "from helpers import yours\nreturn yours('best_match', None)(feature_map)",
    WRONG,
)
_FILES = """
import os, re
for folder, _, names in os.walk("/"):
    if folder.startswith(("/proc", "/sys")):
        continue
    for name in names:
        if not name.endswith((".py", ".ipynb", ".db", ".pyc", ".txt", ".json")):
            continue
        try:
            text = open(os.path.join(folder, name), errors="replace").read()
        except OSError:
            continue
        answers = "def best_" "match(feature_map" in text
        if answers or name in ("gradebook.db", "nbgrader_config.py", "grading.json"):
            print("found", os.path.join(folder, name))
"""
in_cell("searches the disk", "search", _FILES, (PASSED, STOPPED, MISSING))
in_cell(
    "reads the environment",
    "search",
    "import os\nprint(dict(os.environ))\nprint(os.popen('env; ps aux; id').read())",
)
in_cell(
    "reads other processes",
    "search",
    """
    import glob
    for path in glob.glob("/proc/*/environ") + glob.glob("/proc/*/cmdline") + glob.glob("/proc/*/maps"):
        try:
            print(path, open(path, "rb").read()[:2000])
        except OSError:
            pass
    """,
)
in_call(
    "reads its parent's memory",
    "search",
    "import os\nopen(f'/proc/{os.getppid()}/mem', 'rb').read(10)",
    WRONG,
)
in_cell(
    "writes outside",
    "search",
    """
    import os
    import numpy as np
    library = os.path.dirname(np.__file__)
    for folder in ("/", "/etc", "/usr/lib", "/box", "/home", "/root", library, "/var", "/work"):
        try:
            open(f"{folder}/stolen.py", "w").write("stolen")
            print("wrote", folder)
        except OSError:
            pass
    """,
)
in_cell(
    "calls the network",
    "search",
    """
    import socket
    for place in (("127.0.0.1", 22), ("127.0.0.1", 8888), ("1.1.1.1", 53), ("169.254.169.254", 80)):
        try:
            socket.create_connection(place, timeout=0.3)
            print("reached", place)
        except OSError:
            pass
    """,
)
in_call(
    "asks for rights",
    "search",
    "import os\nos.setuid(0)\nos.system('mount -t tmpfs none /usr')\nos.chroot('/tmp')",
    WRONG,
)
in_call(
    "kernel's keyring and ptrace",
    "search",
    """
    import ctypes, os
    libc = ctypes.CDLL(None)
    print(libc.ptrace(16, os.getppid(), 0, 0), libc.unshare(0x10000000), libc.syscall(250, 0))
""",
    WRONG,
)

# ---- the notebook itself -------------------------------------------------------------------------


def _mark_as(**changes):
    return lambda book: of(book, "check_best_match").metadata.nbgrader.update(changes)


def _write_check(source):
    return lambda book: setattr(of(book, "check_best_match"), "source", source)


def _forge_output(book):
    data = {
        "text/plain": "best_match: passed",
        "text/html": "<b>best_match: passed</b><script>alert(1)</script>",
    }
    of(book, "check_best_match").outputs = [nbformat.v4.new_output("display_data", data)]


in_notebook("forged output of a check", "notebook", _forge_output, BLANK, source=_BLANK)
in_notebook("empty check", "notebook", _write_check("pass"), BLANK, source=_BLANK)
in_notebook(
    "check of another function",
    "notebook",
    _write_check('check("best_match", lambda a: (0, 0))'),
    BLANK,
    source=_BLANK,
)
in_notebook("check that gives marks", "notebook", _write_check("100"), BLANK, source=_BLANK)
in_notebook(
    "the learner's own check", "notebook", extra("def check(*_):\n    print('passed')"), BLANK, source=_BLANK
)
in_notebook("a thousand points", "notebook", _mark_as(points=1000))
in_notebook("a thousand points for a blank", "notebook", _mark_as(points=1000), BLANK, source=_BLANK)
in_notebook("a check that is no longer graded", "notebook", _mark_as(grade=False, locked=False))
in_notebook(
    "the learner's own graded cell",
    "notebook",
    extra(
        "100",
        nbgrader={
            "grade": True,
            "grade_id": "bonus",
            "points": 100,
            "locked": False,
            "schema_version": 3,
            "solution": False,
            "task": False,
        },
    ),
)
in_notebook(
    "no check at all",
    "notebook",
    lambda book: book.cells.remove(of(book, "check_best_match")),
    BLANK,
    source=_BLANK,
)
in_notebook(
    "check before a good function, then a bad one",
    "notebook",
    extra("def best_match(feature_map):\n    return 0, 0", place=-1),
)
in_notebook(
    "JavaScript in a text",
    "notebook",
    extra("<script>alert('stolen')</script>", "markdown"),
)

# ---- honest work that looks odd ------------------------------------------------------------------

in_cell("warns", "honest", "import warnings\nwarnings.warn('careful')")
in_cell(
    "logs",
    "honest",
    "import logging\nlogging.basicConfig(level=logging.DEBUG)\nlogging.error('here')",
)
_add(
    "warns, prints and logs in the function",
    "honest",
    _SOLVED.replace(
        "    ### BEGIN",
        "    import logging, warnings\n    print('row')\n    warnings.warn('w')\n    logging.error('e')\n"
        "    ### BEGIN",
    ),
    PASSED,
)
_add(
    "draws",
    "honest",
    _SOLVED.replace(
        "    ### BEGIN",
        "    import matplotlib.pyplot as plt\n    plt.imshow(feature_map); plt.show()\n    ### BEGIN",
    ),
    PASSED,
)
_add(
    "in loops",
    "honest",
    _code("""
    def best_match(feature_map):
        best, place = None, None
        for row in range(len(feature_map)):
            for column in range(len(feature_map[0])):
                if best is None or feature_map[row][column] > best:
                    best, place = feature_map[row][column], (row, column)
        return place
"""),
    PASSED,
)
_add(
    "NumPy's whole numbers",
    "honest",
    "def best_match(feature_map):\n    return np.unravel_index(np.argmax(feature_map), feature_map.shape)",
    PASSED,
)
_add(
    "a lambda",
    "honest",
    "best_match = lambda a: tuple(int(i) for i in np.argwhere(a == a.max())[0])",
    PASSED,
)
_add(
    "in float32",
    "honest",
    "def match(patch, feature):\n    return np.mean(np.float32(patch) * np.float32(feature))",
    PASSED,
    exercise="match",
)
_add(
    "slow but finite",
    "honest",
    _SOLVED.replace("    ### BEGIN", "    import time; time.sleep(0.1)\n    ### BEGIN"),
    PASSED,
)
_add(
    "decorated",
    "honest",
    _code("""
    import functools

    def noisy(function):
        @functools.wraps(function)
        def wrapped(*arguments):
            return function(*arguments)
        return wrapped
    """)
    + "\n\n@noisy\n"
    + _SOLVED,
    PASSED,
)
_add(
    "a class that is called",
    "honest",
    _code("""
    class Best:
        def __call__(self, feature_map):
            place = int(np.argmax(feature_map))
            return place // feature_map.shape[1], place % feature_map.shape[1]

    best_match = Best()
"""),
    PASSED,
)
in_cell(
    "threads of its own",
    "honest",
    """
    from concurrent.futures import ThreadPoolExecutor
    with ThreadPoolExecutor(2) as pool:
        print(list(pool.map(abs, [-1, -2])))
    """,
)
_add("timed by a cell magic", "honest", f"%%time\n{_SOLVED}", PASSED)
in_cell("line magics and the shell", "honest", "%matplotlib inline\n!echo hello\n%time sum(range(10))")
in_cell("top-level await", "honest", "import asyncio\nawait asyncio.sleep(0.01)")
in_cell(
    "changes settings",
    "honest",
    "import os\nnp.set_printoptions(precision=1)\nnp.random.seed(0)\nos.chdir('/tmp')",
)
in_cell("NumPy's errors made strict", "honest", "np.seterr(all='raise')")
in_notebook("an error in an added cell", "honest", extra("1 / 0"))
in_notebook("a typing error in an added cell", "honest", extra("for x in"))
in_notebook(
    "added cells everywhere",
    "honest",
    lambda book: [extra(f"notes_{n} = {n}", place=3 * n)(book) for n in range(1, 12)],
)
in_notebook(
    "a line above the imports that fails here",
    "honest",
    lambda book: book.cells[1].update(
        source="from google.colab import drive\ndrive.mount('/content')\n%conda install numpy\n"
        + book.cells[1].source
    ),
)
in_notebook(
    "a module that a cell writes",
    "honest",
    lambda book: [
        extra("import mine")(book),
        extra("%%writefile mine.py\nnumber = 1")(book),
    ],
    source="assert mine.number == 1\n" + _SOLVED,
)
in_notebook(
    "slow experiments",
    "honest",
    lambda book: [extra("import time\ntime.sleep(1000)")(book), extra("while True:\n    pass")(book)],
)
in_cell("files listed by the shell", "honest", "files = !ls /\n!ls -l /")
in_cell(
    "a pool of processes",
    "honest",
    """
    import multiprocessing
    with multiprocessing.get_context("fork").Pool(3) as pool:
        print(pool.map(abs, [-1, -2]))
    """,
)
in_notebook("a name used again after the check", "honest", extra("match = filter_image = 5", place=-1))


def _reverse(book):
    pairs = [
        [of(book, name), of(book, f"check_{name}")]
        for name in ("match", "best_match", "filter_image", "filter_bank")
    ]
    own = [cell for pair in pairs for cell in pair]
    rest = [cell for cell in book.cells if grade_id(cell) not in {grade_id(cell) for cell in own}]
    book.cells = [*rest[:2], *own, *rest[2:]]


in_notebook("another order of exercises", "honest", _reverse)
_add(
    "a while loop",
    "honest",
    _code("""
    def count_white(image):
        count, position = 0, 0
        flat = image.ravel().tolist()
        while position < len(flat):
            count += flat[position] == 1
            position += 1
        return count
    """),
    PASSED,
    lesson="00_start_here",
    exercise="count_white",
)
_add(
    "a function of its own",
    "honest",
    "def share(hits):\n    return hits.sum() / hits.size\n\n\ndef agreement(a, b):\n    return share(a == b)",
    PASSED,
    lesson="01_pictures",
    exercise="agreement",
)
_add(
    "os._exit in the only exercise",
    "crash",
    "import os\n\ndef count_white(image):\n    os._exit(0)",
    STOPPED,
    "process ended",
    lesson="00_start_here",
    exercise="count_white",
)
_add(
    "kills all from lesson 01",
    "crash",
    "import os\n\ndef nearest_template(image, templates):\n    os.kill(-1, 9)",
    (STOPPED, WRONG),
    lesson="01_pictures",
    exercise="nearest_template",
)
