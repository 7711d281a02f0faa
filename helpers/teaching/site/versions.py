"""What the site is made of, at fixed versions.

Pyodide's own lock file names each of its packages with the SHA-256 of its wheel. The wheels themselves are on
Pyodide's servers only; `CARRIER`, a package from PyPI, brings copies of those that are compiled.
"""

from dataclasses import dataclass

PYTHON = "3.14"  # the one that Pyodide is


@dataclass(frozen=True)
class NpmPackage:
    """A package of npm, with the hash of its archive as npm states it."""

    name: str
    version: str
    integrity: str


PYODIDE = NpmPackage(
    "pyodide",
    "314.0.4",
    "sha512-fMexKS5P/s8iTjczevLUv/aWq9i5yaGvBTpBW6gM+nzDNelfPpREma/xdDK2AAGebAuKnBJk7fyVP6RBlz4btg==",
)
CDN = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"  # used only if COURSE_PYODIDE=cdn
CARRIER = "open-webui==0.12.4"

# Packages that Pyodide's lock knows; what they need comes with them. Compiled ones must be on the carrier.
FROM_THE_LOCK = [
    "ipython",
    "matplotlib",
    "micropip",
    "numpy",
    "scikit-learn",
    "tqdm",
    "typing-extensions",
]

# What they depend on by name only: fonttools writes PDF, and nothing imports pytz.
NEVER_USED = {"fonttools", "pytz"}


@dataclass(frozen=True)
class PureWheel:
    """A wheel that Pyodide's lock does not know; its version is in `site/wheels.txt`."""

    name: str
    imports: tuple[str, ...]
    depends: tuple[str, ...]


BESIDE_THE_LOCK = (
    PureWheel("comm", ("comm",), ()),
    PureWheel("fsrs", ("fsrs",), ("typing-extensions",)),
    PureWheel("psygnal", ("psygnal",), ()),
    PureWheel("ipywidgets", ("ipywidgets",), ("comm", "ipython", "traitlets")),
    PureWheel("anywidget", ("anywidget",), ("ipywidgets", "psygnal", "typing-extensions")),
)
LEARNERS_NEED = ("anywidget", "fsrs", "ipython", "matplotlib", "numpy")  # what `import helpers` loads

# What the kernel and a lesson's first cell import: compiled, and imported while JupyterLite still starts.
FIRST_IMPORTS = (
    *("IPython", "ipywidgets", "piplite.piplite", "helpers", "helpers.data", "helpers.progress"),
    *("helpers.reference", "helpers.show.widgets.choice_card"),
)
# What its next cells import: compiled too, and imported in small parts while one reads.
NEXT_IMPORTS = (
    *("PIL.Image", "matplotlib.colors", "matplotlib.text", "matplotlib.axes", "matplotlib.figure"),
    *("matplotlib.pyplot", "helpers.show.figures.pictures", "helpers.show.widgets.slide_feature"),
)

# The readable part.
TEMML = NpmPackage(  # formulas
    "temml",
    "0.13.5",
    "sha512-aPkDDgunanpLNL0ql32HbolqLep+w8DRcVXRql7rWrMt/PhczdLgL4UBYYVU3BYjCNjkGq4EqwIicu/zWr1iOg==",
)
FORMULA_FONT = NpmPackage(
    "@fontsource/stix-two-math",
    "5.3.0",
    "sha512-negoeozw6VSXjZMozwKRSm/dhCQT62csZcuea9I8KYqPaZq/8KbbBBrA02ZHF7AyuR5mVML/p+q0bwFuSIf2GQ==",
)
AXE = NpmPackage(  # the tests of accessibility
    "axe-core",
    "4.14.1",
    "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
)

# What the page "Your work" uses: the library with which JupyterLite keeps files, and one for zip files.
LOCALFORAGE = NpmPackage(
    "localforage",
    "1.10.0",
    "sha512-14/H1aX7hzBBmmh7sGPd+AOMkkIrHM3Z1PAyGgZigA1H1p5O5ANnMyWzvpAETtG68/dC4pC0ncy3+PPGzXZHPg==",
)
FFLATE = NpmPackage(
    "fflate",
    "0.8.3",
    "sha512-tbZNuJrLwGUp3zshBtdy4W+ORxZuIh8a5ilyIEQDC5rY1f3U20JMry0Ll3WBzU58EZKsEuJFXhb5gwv8CsPvgA==",
)
