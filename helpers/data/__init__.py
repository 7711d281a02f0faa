"""What the lessons look at: letters (X and O) and a photograph, from -1 (black) to +1 (white).

SOURCES.md, beside this file, says who made what.
"""

from helpers.data.comparison import pytorch_comparison
from helpers.data.customers import CUSTOMER_COLUMNS, sample_customers
from helpers.data.digits import digits, shifted
from helpers.data.letters import LETTERS, O, X, draw_letter, features, sample_letters
from helpers.data.pages import page_of_letters, sample_windows
from helpers.data.photos import photograph
from helpers.data.scans import cut_out, page_of_digits, read_scan
from helpers.data.series import SERIES, sample_series
from helpers.data.solids import SCREWS, draw_screw, sample_screws
from helpers.data.sounds import SAMPLE_RATE, WHISTLES, sample_whistles, whistle
from helpers.data.texts import handbook_passages, zen

__all__ = [
    "CUSTOMER_COLUMNS",
    "LETTERS",
    "SAMPLE_RATE",
    "SCREWS",
    "SERIES",
    "WHISTLES",
    "O",
    "X",
    "cut_out",
    "digits",
    "draw_letter",
    "draw_screw",
    "features",
    "handbook_passages",
    "page_of_digits",
    "page_of_letters",
    "photograph",
    "pytorch_comparison",
    "read_scan",
    "sample_customers",
    "sample_letters",
    "sample_screws",
    "sample_series",
    "sample_whistles",
    "sample_windows",
    "shifted",
    "whistle",
    "zen",
]
