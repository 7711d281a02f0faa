"""Progress survives crashes, and the learner's own functions come back as they passed."""

import json
import threading

import numpy as np
import pytest

from helpers import exercises, progress, reference
from helpers.learning import progress_file
from helpers.learning.own.kept import note_pass
from helpers.learning.progress_table import Progress

OFFSET = 0


def helper(patch, feature):
    return patch * feature


def match(patch, feature):
    return np.mean(helper(patch, feature)) + OFFSET


def test_the_file_lies_beside_the_lessons(monkeypatch, tmp_path):
    monkeypatch.delenv("COURSE_PROGRESS")
    lesson = tmp_path / "notebooks" / "01_pictures"
    lesson.mkdir(parents=True)
    monkeypatch.chdir(lesson)
    assert progress_file.path() == tmp_path / "notebooks" / "progress.jsonl"
    monkeypatch.chdir(tmp_path)  # where an editor may run it that has opened the course's folder
    assert progress_file.path() == tmp_path / "notebooks" / "progress.jsonl"
    lesson.rmdir()
    assert progress_file.path() == tmp_path / "progress.jsonl"


def test_nothing_noted_is_nothing_started():
    assert set(progress_file.state().values()) == {"not started"}


def test_what_has_passed_stays_passed():
    note_pass(exercises.find("match"), match)
    progress_file.note_try(exercises.find("match"))
    assert progress_file.state()["match"] == "passed"


def test_each_try_is_noted_with_its_mistake_until_the_exercise_passes():
    exercise = exercises.find("match")
    progress_file.note_try(exercise, "not_divided")
    progress_file.note_try(exercise)
    note_pass(exercise, match)
    progress_file.note_try(exercise, "not_divided")
    events = progress_file.events()
    assert [event["state"] for event in events] == ["tried", "tried", "passed"]
    assert [event.get("mistake") for event in events] == ["not_divided", None, None]


def test_other_kinds_of_events_are_kept_apart():
    progress_file.note({"exercise": "match", "state": "tried"})
    progress_file.note({"kind": "hint", "exercise": "match", "state": "passed"})
    assert progress_file.state()["match"] == "tried"
    assert [event["exercise"] for event in progress_file.events_of_kind("hint")] == ["match"]


def test_a_half_written_line_costs_only_itself(scratch_progress):
    note_pass(exercises.find("match"), match)
    with open(scratch_progress, "a") as file:
        file.write('{"exercise": "filter_im')
    assert progress_file.state()["match"] == "passed"
    progress_file.note_try(exercises.find("best_match"))
    assert progress_file.state()["match"] == "passed"
    assert progress_file.state()["best_match"] == "tried"


def test_rubbish_in_the_file_is_passed_over(scratch_progress):
    scratch_progress.write_bytes(
        b'\xff\xfe\n[1]\n{"exercise": 3}\n{"exercise": "mach", "state": "passed"}\n\n'
    )
    assert set(progress_file.state().values()) == {"not started"}
    note_pass(exercises.find("match"), match)
    assert progress_file.state()["match"] == "passed"


def test_two_kernels_may_write_at_once():
    names = list(exercises.everything())
    threads = [
        threading.Thread(target=progress_file.note_try, args=(exercises.find(name),)) for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(progress_file.state().values()) == {"tried"}


def test_the_same_function_is_kept_once_and_a_new_one_again(scratch_progress):
    exercise = exercises.find("match")
    note_pass(exercise, match)
    note_pass(exercise, match)
    assert len(scratch_progress.read_text().splitlines()) == 1
    note_pass(exercise, helper)
    assert len(scratch_progress.read_text().splitlines()) == 2


def test_own_brings_the_function_with_what_it_needs():
    note_pass(exercises.find("match"), match)
    own = progress.own("match")
    assert own is not match
    assert own(np.ones((2, 2)), np.ones((2, 2))) == 1


def test_own_of_what_has_not_passed_is_none():
    assert progress.own("match") is None
    progress_file.note_try(exercises.find("match"))
    assert progress.own("match") is None


def test_own_of_what_could_not_be_kept_is_the_courses_own_and_says_so(capsys):
    said = note_pass(exercises.find("match"), eval("lambda patch, feature: 0"))
    assert "cannot call it on its own: it is a function whose text is not known here." in said
    assert progress.own("match") is reference.match
    assert capsys.readouterr().out == f"{said}\n"


@pytest.mark.parametrize(
    ("kept", "reason"),
    [
        ({"source": "def match(:"}, "it does not run here (SyntaxError"),
        ({"source": "import no_such_module"}, "it does not run here (ModuleNotFoundError"),
        ({"source": "x = 1"}, "it does not run here (KeyError"),
        ({"source": None}, "its text is not in the progress file"),
        ({"source": 7}, "its text is not in the progress file"),
        ({}, "its text is not in the progress file"),
    ],
)
def test_own_of_what_does_not_run_is_the_courses_own_and_says_so(kept, reason, scratch_progress, capsys):
    event = {"exercise": "match", "state": "passed", "function": "match", **kept}
    scratch_progress.write_text(json.dumps(event))
    assert progress.own("match") is reference.match
    assert reason in capsys.readouterr().out
    assert progress.own_functions().own == {}


def test_the_bar_and_the_table_say_the_same_in_html_and_text():
    note_pass(exercises.find("match"), match)
    total = len(exercises.everything()) - len(exercises.optional())
    shown = progress.show()
    assert f"1 of {total} exercises passed" in repr(shown)
    assert "match (passed)" in repr(shown)
    page = shown._repr_html_()
    assert "></th>" not in page
    assert f"1 of {total} exercises passed" in page
    assert page.count("<tr>") == len(exercises.LESSONS) + 1
    assert "<code>match</code> <b>passed</b>" in page
    assert page.count("<code>") == len(exercises.everything())


def test_an_optional_exercise_is_called_so_and_lowers_nothing():
    name, lesson = "parse_pattern", exercises.of_lesson("08_stacking")
    total = len(exercises.everything()) - len(exercises.optional())
    shown = progress.show()
    assert f"0 of {total} exercises passed" in repr(shown)
    assert f"{name} (optional)" in repr(shown)
    assert f"<code>{name}</code> optional" in shown._repr_html_()
    assert f"0 of {len(lesson) - 1}<" in shown._repr_html_()
    states = {one: "passed" for one in exercises.lessons() if one not in exercises.optional()}
    assert f"{total} of {total} exercises passed\n" in repr(Progress(states | {name: "not started"}))
    everything = Progress(states | {name: "passed"})
    assert f"{total} of {total} exercises passed, and 1 optional\n" in repr(everything)
    assert f"<code>{name}</code> <b>passed</b>" in everything._repr_html_()


def relu(x):
    return np.maximum(x, OFFSET)


def test_a_network_is_put_together_from_ones_own_functions_and_the_courses():
    note_pass(exercises.find("relu"), relu)
    mine = progress.own_functions()
    assert list(mine.own) == ["relu"]
    assert mine.functions.relu is mine.own["relu"]
    assert mine.functions.relu(np.array([-1.0, 2.0])).tolist() == [0, 2]
    assert mine.functions.conv2d is reference.conv2d
    network = reference.build_network(
        "INPUT -> CONV -> RELU -> FC", (1, 4, 4), np.random.default_rng(0), mine.functions, filters=2, units=2
    )
    assert network.forward(np.ones((1, 1, 4, 4))).shape == (1, 2)


def test_functions_of_the_present_lesson_come_along():
    def adam_step(*arguments):
        return reference.adam_step(*arguments)

    mine = progress.own_functions(adam_step=adam_step, sgd_step=reference.sgd_step)
    assert mine.own == {"adam_step": adam_step}
    assert mine.functions.adam_step is adam_step


def test_the_table_says_whose_each_function_is_and_where_to_write_it():
    note_pass(exercises.find("relu"), relu)
    mine = progress.own_functions()
    total = len(vars(reference.network_functions()))
    assert f"1 of the network's {total} functions are yours. For the others" in repr(mine)
    assert "06_relu: relu (yours)" in repr(mine)
    assert "conv2d (the course)" in repr(mine)
    page = mine._repr_html_()
    assert "<code>relu</code> <b>yours</b>" in page
    assert "href='../04_volumes/04_volumes.ipynb#cell-id=conv2d'" in page
    everything = progress.own_functions(**{name: lambda: None for name in vars(mine.functions)})
    assert repr(everything).splitlines()[0] == f"{total} of the network's {total} functions are yours."
    assert "write it" not in everything._repr_html_()
