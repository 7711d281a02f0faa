"""A class of made-up people as Canvas and Moodle write it down."""

import csv
import io
import zipfile

# As canvas-lms's lib/gradebook_exporter.rb writes it, with a row for grades that are posted by hand.
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Notes,02_filtering (4711),"Project, 1 (4712)",Total
,,,,,,Manual Posting,,
    Points Possible,,,,,,11.00,5.00,(read only)
"Lovelace, Ada",101,S-1,ada,"Monday, ""early"" group",quick,,4.00,80.00
"Müller, Zoë",102,S-2,zoe@x.org,Monday and Tuesday,,8.00,,
"O'Brien, Pat",103,S-3,pat,Monday,,2.00,,
"Excused, Eve",104,S-4,eve,Monday,,EX,,
"Nobody, Ned",105,S-5,ned,Monday,,,,
"Student, Test",999,,0a1b2c,Monday,,,,
"""
# As moodle's mod/assign/gradingtable.php writes it.
MOODLE = (
    'Identifier,"Full name","ID number","Email address",Status,Grade,"Maximum Grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"\r\n'
    '"Participant 501","Ada Lovelace",ada,ada@x.org,"Submitted for grading - ",,11.00,Yes,'
    '"Sunday, 1 March 2026, 5:14 PM",-,\r\n'
    '"Participant 502","Zoë Müller",,zoe@x.org,"Submitted for grading - ",8.00,11.00,Yes,'
    '"Monday, 2 March 2026, 11:02 AM","Tuesday, 3 March 2026, 9:00 AM","<p>Good, ""so far"".</p>"\r\n'
    '"Participant 503","Pat O\'Brien",pat,pat@x.org,"Submitted for grading - ",2.00,11.00,No,'
    '"Sunday, 1 March 2026, 6:00 PM",-,\r\n'
    '"Participant 505","Ned Nobody",ned,ned@x.org,"No submission - ",,11.00,Yes,-,-,\r\n'
)


def separated(text, separator):
    """The same rows with something else between the cells."""
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows(csv.reader(io.StringIO(text, newline="")))
    return file.getvalue()


def zipped(path, files):
    """A zip with some files, in order; a name may be there twice."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return path
