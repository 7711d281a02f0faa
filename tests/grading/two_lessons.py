"""A course of two lessons whose gradebook is in a server, and graders in other processes."""

import os
import subprocess
import sys
import time

from nbgrader.api import Gradebook

from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from tests.grading.classes import EXERCISES, LESSON, ROOT, make_course
from tests.grading.lessons import plan
from tests.grading.test_gradebook_access import configure

OTHER = "03_convolution"
EXERCISES_OF = {LESSON: EXERCISES, OTHER: ("output_size", "convolve_image", "flip_kernel")}
QUESTIONS = {LESSON: "x_or_o", OTHER: "why_no_flip"}


def course_on(server, folder):
    """A course whose gradebook is an empty database of a server."""
    make_course(folder, (LESSON, OTHER))
    configure(folder, server.new_database())
    return folder


def address(folder):
    """Where a course's gradebook is."""
    return NbgraderCourse(folder).layout.db_url


def scores(folder, lesson=LESSON):
    """By student: the points that nbgrader finds in the gradebook."""
    with Gradebook(address(folder), "convnet-course") as gradebook:
        return {one.student_id: one.score for one in gradebook.assignment_submissions(lesson)}


def due(lesson, number):
    """The points of a student's work."""
    passed = EXERCISES_OF[lesson][: number % 4]
    return sum(test.points for test in plan(lesson).tests if test.exercise in passed)


def start(folder, *lessons):
    """Start the grader in a process of its own; few submissions go into one transaction."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "AT_ONCE": "3"}
    command = [sys.executable, "-m", "tests.grading.drive", *lessons]
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)


def wait_until(true, processes):
    """Wait until something is true, as long as all processes live."""
    while not true() and all(process.poll() is None for process in processes):
        time.sleep(0.01)
