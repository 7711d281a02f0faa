"""What must hold for the marks of every lesson, whichever class hands it in."""

from bs4 import BeautifulSoup

from helpers import exercises
from tests.classroom.conftest import ROOT, released
from tests.classroom.students import answers, due, points, solution_cells


class Marks:
    """Tests that are taken up by a class with the attributes `lessons` and `students`."""

    def test_every_student_gets_exactly_the_points_due(self, graded, lesson, student):
        assert float(graded(lesson)[student]["raw_score"]) == due(student, lesson)

    def test_the_available_marks_add_up(self, graded, lesson):
        rows = graded(lesson)
        graded_cells = [cell.metadata.get("nbgrader", {}) for cell in released(lesson).cells]
        assert float(rows["noisy"]["max_score"]) == sum(cell.get("points", 0) for cell in graded_cells)

    def test_feedback_shows_the_diagnosis_and_no_answer(self, course, graded, lesson):
        graded(lesson)
        page = (course.folder / "feedback" / "mistaken" / lesson / f"{lesson}.html").read_text()
        page = " ".join(BeautifulSoup(page, "html.parser").get_text().split())
        own = " ".join(answers("mistaken", lesson).values())
        for name, cell in solution_cells(lesson).items():
            if name in points(lesson):  # optional exercises are not marked
                mistake = exercises.find(name).mistakes[0]
                assert mistake.when.replace("`", "") in page.replace("`", "")
            region = cell.source.split("### BEGIN SOLUTION")[1].split("### END SOLUTION")[0]
            for line in filter(None, map(str.strip, region.splitlines())):
                assert line not in page or line in own or len(line) < 12

    def test_release_by_the_instructor_is_the_committed_one(self, course, graded, lesson):
        graded(lesson)
        committed = ROOT / "notebooks" / lesson / f"{lesson}.ipynb"
        assert (course.folder / "notebooks" / lesson / committed.name).read_bytes() == committed.read_bytes()
