"""What an instructor may write into dates.toml, and what is said about the rest."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from helpers.teaching.grading.dates import words
from helpers.teaching.grading.dates.extensions import Handed, granted, more_time
from helpers.teaching.grading.dates.file import NAME, Late, read_dates
from helpers.teaching.grading.messages import Refused
from tests.grading.classes import ROOT

LESSONS = ("01_pictures", "02_filtering", "03_convolution")
BERLIN = 'time_zone = "Europe/Berlin"\n'
NEW_YORK = 'time_zone = "America/New_York"\n'


@pytest.fixture
def read(tmp_path):
    """The dates in a text, or in bytes."""

    def read(content):
        content = content.encode() if isinstance(content, str) else content
        (tmp_path / NAME).write_bytes(content)
        return read_dates(tmp_path, LESSONS)

    return read


def due(read, written, zone=BERLIN):
    """When a lesson is due in UTC, and what is said about it."""
    dates = read(f"{zone}[due]\n02 = {written}\n")
    return str(dates.due["02_filtering"]), dates.remarks


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-03-01T18:00:00", "2026-03-01 17:00:00"),
        ("2026-03-01 18:00:00", "2026-03-01 17:00:00"),
        ('"2026-03-01 18:00"', "2026-03-01 17:00:00"),
        ("2026-07-01T18:00:00", "2026-07-01 16:00:00"),
        ("2026-03-01", "2026-03-01 22:59:59"),
        ('" 2026-03-01 "', "2026-03-01 22:59:59"),
        ("2026-03-01T18:00:00Z", "2026-03-01 18:00:00"),
        ("2026-03-01T18:00:00-05:00", "2026-03-01 23:00:00"),
    ],
)
def test_times_are_those_on_the_clocks_of_the_zone(read, written, utc):
    assert due(read, written) == (utc, ())


def test_another_zone_means_another_time(read):
    assert due(read, "2026-03-01T18:00:00", NEW_YORK) == ("2026-03-01 23:00:00", ())


def test_an_hour_that_clocks_skip_is_read_as_the_later_time_and_said(read):
    found, (said,) = due(read, "2026-03-29T02:30:00")
    assert found == "2026-03-29 01:30:00"
    assert "02 in [due]: 2026-03-29 02:30 does not exist in Europe/Berlin" in said
    assert "read as 03:30 CEST" in said


def test_an_hour_that_comes_twice_is_read_as_the_second_and_said(read):
    found, (said,) = due(read, "2026-10-25T02:30:00")
    assert found == "2026-10-25 01:30:00"
    assert "comes twice in Europe/Berlin" in said
    assert "write the offset from UTC, too: 2026-10-25T02:30:00+01:00" in said
    assert due(read, "2026-10-25T02:30:00+02:00") == ("2026-10-25 00:30:00", ())


@pytest.mark.parametrize("word", ["02", "2", "02_filtering", '"02"'])
def test_a_lesson_goes_by_its_name_or_number(read, word):
    assert list(read(f"{BERLIN}[due]\n{word} = 2026-03-01").due) == ["02_filtering"]


def test_nothing_in_the_file_means_nothing(read):
    dates = read(BERLIN)
    assert (dates.due, dates.extensions, dates.late, dates.is_stated) == ({}, (), None, False)
    assert read(f'{BERLIN}[due]\n02 = "none"').due == {"02_filtering": None}


def test_there_need_not_be_a_file(tmp_path):
    assert read_dates(tmp_path, LESSONS) is None


def test_the_example_in_the_docs_is_right(read):
    dates = read((ROOT / "docs" / "dates.example.toml").read_bytes().replace(b"00 =", b"# 00 ="))
    assert dates.late == Late("percent", 10, 50, 4)
    assert [one.students for one in dates.extensions] == [("ada",), ("bob", "eve")]
    assert dates.is_stated


def test_what_windows_adds_does_no_harm(read):
    assert read(b"\xef\xbb\xbf" + BERLIN.replace("\n", "\r\n").encode()).zone == ZoneInfo("Europe/Berlin")


EXTENSION = f"{BERLIN}[[extension]]\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[due]\n02 = 2026-03-01", "time_zone is missing; it must be a text in quotation marks."),
        ("time_zone = 1", "time_zone must be a text in quotation marks, not 1."),
        ('time_zone = "Europe/Berln"', 'no time zone called "Europe/Berln". Did you mean Europe/Berlin?'),
        ('time_zone = "../../etc/passwd"', "There is no time zone called"),
        ('time_zone = "Europe"', "There is no time zone called"),
        (f"{BERLIN}[due]\n07 = 2026-03-01", '[due]: there is no lesson "07". The lessons are 01_pictures'),
        (f"{BERLIN}[due]\n02_filterin = 2026-03-01", "Did you mean 02_filtering?"),
        (f"{BERLIN}[due]\n02 = 2026-03-01\n02_filtering = 2026-03-02", "02_filtering is there twice"),
        (f"{BERLIN}[due]\n02 = true", "02 in [due] must be a date such as 2026-03-01T18:00:00"),
        (f"{BERLIN}[due]\n02 = 20260301", "must be a date such as"),
        (f"{BERLIN}[due]\n02 = 18:00:00", "must be a date such as"),
        (f'{BERLIN}[due]\n02 = "soon"', 'or 2026-03-01, not "soon".'),
        (f"{BERLIN}[due]\n02 = 0001-01-01", "must be a date such as"),
        (f"{BERLIN}[due]\n02 = [2026-03-01]", "not a list."),
        (f'{BERLIN}due = "soon"', "due must be a table; write [due] on a line of its own"),
        (f"{BERLIN}[due]\n02 = 2026-02-30", "is not TOML"),
        (
            f'{BERLIN}[late]\npolicy = "hard"',
            'policy in [late] must be one of none, percent, zero, not "hard".',
        ),
        (f"{BERLIN}[late]\npercent = 10", "policy in [late] is missing"),
        (f'{BERLIN}[late]\npolicy = "percent"', "percent in [late] is missing"),
        (f'{BERLIN}[late]\npolicy = "percent"\npercent = "10"', 'must be a number from 0 to 100, not "10".'),
        (f'{BERLIN}[late]\npolicy = "percent"\npercent = 110', "must be a number from 0 to 100, not 110."),
        (f'{BERLIN}[late]\npolicy = "percent"\npercent = nan', "must be a number from 0 to 100"),
        (f'{BERLIN}[late]\npolicy = "percent"\npercent = true', "not true."),
        (f'{BERLIN}[late]\npolicy = "zero"\nfloor = 50', "only have a meaning with"),
        (f'{BERLIN}[late]\npolicy = "zero"\nfree_days = 1.5', "must be a whole number of days"),
        (
            f'{BERLIN}[late]\npolicy = "zero"\nfree = 1',
            "free in [late] is not known here. What there can be: policy",
        ),
        (f"{BERLIN}state_in_notebook = true", "state_in_notebook is not known here"),
        (f'{BERLIN}state_in_notebooks = "yes"', "must be true or false"),
        (f'{EXTENSION}student = "ada"', "[[extension]] number 1 needs either `until`"),
        (f'{EXTENSION}student = "ada"\ndays = 1\nuntil = 2026-03-01', "needs either `until`"),
        (f"{EXTENSION}days = 1", "needs `student`, with an id, or `group`"),
        (f"{EXTENSION}student = 7\ndays = 1", "must be a text in quotation marks, or a list"),
        (f"{EXTENSION}student = []\ndays = 1", "must be a text in quotation marks, or a list"),
        (f'{EXTENSION}group = "late"\ndays = 1', 'there is no group "late" (groups: none yet).'),
        (
            f'{EXTENSION}student = "ada"\nlesson = "9"\ndays = 1',
            "lesson in [[extension]] number 1: there is no lesson",
        ),
        (f'{EXTENSION}student = "ada"\ndays = -1', "must be a number from 0 to 366"),
        (f'{EXTENSION}student = "ada"\ndays = 1e300', "must be a number from 0 to 366"),
        (f'{BERLIN}[extension]\nstudent = "ada"', "a list of tables; write [[extension]] above each"),
        ("time_zone = ", "dates.toml is not TOML: Invalid value (at end of document)."),
        ("x = " + "[" * 100_000, "is not TOML"),
        (b'time_zone = "M\xfcnchen"', "is not in UTF-8"),
        (b"#" * 2_000_000, "too large"),
        (f'{BERLIN}[due]\n"\\u001b[2J" = 2026-03-01', "\\x1b[2J"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(read, content, sentence):
    with pytest.raises(Refused) as refusal:
        read(content)
    assert sentence in str(refusal.value)
    assert str(refusal.value).isprintable()


def test_a_folder_or_a_dead_link_instead_of_the_file_is_refused(tmp_path):
    (tmp_path / NAME).symlink_to(tmp_path / "nowhere")
    with pytest.raises(Refused, match="cannot be read: No such file"):
        read_dates(tmp_path, LESSONS)
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).mkdir()
    with pytest.raises(Refused, match="cannot be read: Is a directory"):
        read_dates(tmp_path, LESSONS)


def test_extensions_are_by_day_of_the_calendar_or_until_a_time(read):
    dates = read(
        f"""{BERLIN}
        [groups]
        evening = ["bob", "eve"]
        [[extension]]
        student = "ada"
        lesson = ["02", "03"]
        until = 2026-03-30T12:00:00
        [[extension]]
        group = "evening"
        days = 2
        [[extension]]
        student = ["eve", "ada"]
        days = 1
        """
    )
    before = datetime(2026, 3, 28, 17)  # 18:00; clocks go forward in the night after
    assert granted(dates, "ada", "02_filtering", before) == timedelta(hours=41)
    assert granted(dates, "ada", "01_pictures", before) == timedelta(hours=23)
    assert granted(dates, "bob", "01_pictures", before) == timedelta(hours=47)
    assert granted(dates, "eve", "01_pictures", before) == timedelta(hours=47)
    assert granted(dates, "zoe", "01_pictures", before) == timedelta(0)
    later = datetime(2026, 4, 6, 16)  # the extension until 30 March does not shorten anything
    assert granted(dates, "ada", "02_filtering", later) == timedelta(hours=24)


def late_by(*hours):
    """Submissions of the three lessons, due a week apart, by how many hours they are late; None for none."""
    dues = [datetime(2026, 5, day, 16) for day in (4, 11, 18)]
    return [
        Handed(lesson, due, due + timedelta(hours=late))
        for lesson, due, late in zip(LESSONS, dues, hours, strict=False)
        if late is not None
    ]


@pytest.mark.parametrize(
    ("late", "hours", "days"),
    [
        ('policy = "zero"\nfree_days = 3', (1, 25, 1), (1, 2, 0)),
        ('policy = "zero"\nfree_days = 3', (73, 25, 1), (0, 2, 1)),  # there are not four days
        ('policy = "percent"\npercent = 10\nfree_days = 3', (25, 49, 1), (2, 1, 0)),
        ('policy = "percent"\npercent = 30\nfloor = 60\nfree_days = 1', (97, 1, 1), (0, 1, 0)),
        ('policy = "none"\nfree_days = 3', (1, 25, 1), (0, 0, 0)),
        ('policy = "zero"\nfree_days = 3', (-1, None, 24), (0, None, 1)),
        ('policy = "zero"', (1, 25, 1), (0, 0, 0)),
    ],
)
def test_free_days_are_spent_in_order_of_due_dates_where_they_help(read, late, hours, days):
    dates = read(f"{BERLIN}[late]\n{late}\n")
    given = more_time(dates, "ada", reversed(late_by(*hours)))
    assert [given[lesson].days if lesson in given else None for lesson in LESSONS] == list(days)


def test_an_extension_is_used_before_free_days(read):
    late = '[late]\npolicy = "zero"\nfree_days = 1\n'
    dates = read(f'{BERLIN}{late}[[extension]]\nstudent = "ada"\nlesson = "01"\ndays = 1\n')
    given = more_time(dates, "ada", late_by(24, 24))
    assert [time.days for time in given.values()] == [1, 1]
    assert [time.days for time in more_time(dates, "bob", late_by(24, 24)).values()] == [1, 0]


def test_the_statement_for_students(read):
    dates = read(f'{BERLIN}[due]\n02 = 2026-03-01T18:00:00\n[late]\npolicy = "zero"\nfree_days = 1\n')
    assert words.statement(dates, "02_filtering") == (
        "**Due** Sunday, 1 March 2026, 18:00 (Europe/Berlin). Late work gets no points. You have 1 free day "
        "for the whole course: each moves a due date by 24 hours. They are spent for you, in order of due "
        "dates, where they help. If your instructor has told you of another date, that one counts."
    )
    assert words.statement(dates, "01_pictures") == ""
