"""Wrong answers that look right from outside are known as what they are across the sandbox's wall, too."""

import nbformat
import pytest

from helpers.teaching.grading import marking
from helpers.teaching.grading.marking import Settings
from tests.grading.lessons import of, plan, solved

WRONG = {
    "minibatches": (
        "13_training",
        "def minibatches(images, labels, order, size):\n"
        "    for start in range(0, len(order), size):\n"
        "        yield images[order[start : start + size]], labels[order[start : start + size]]\n",
        "handed_out_one_by_one",
    ),
    "to_torch": (
        "18_pytorch",
        "def to_torch(parameters, names, dtype='float32'):\n"
        "    keys = {key: key.split('.') for key in parameters}\n"
        "    return {f'{names[position]}.{kind}': np.asarray(parameters[key], dtype)\n"
        "            for key, (position, kind) in keys.items()}\n",
        "not_copied",
    ),
    "relu_backward": (
        "11_chain_rule",
        "def relu_backward(grad_output, x):\n"
        "    grad_x = np.zeros_like(x)\n"
        "    grad_x[x > 0] = grad_output[x > 0]\n"
        "    return grad_x\n",
        "type_of_the_input",
    ),
    "max_pool_map": (
        "05_pooling",
        "def max_pool_map(feature_map, window, stride):\n"
        "    rows = (feature_map.shape[0] - window) // stride + 1\n"
        "    columns = (feature_map.shape[1] - window) // stride + 1\n"
        "    pooled = np.zeros((rows, columns))\n"
        "    for i in range(rows):\n"
        "        for j in range(columns):\n"
        "            place = np.s_[i * stride : i * stride + window, j * stride : j * stride + window]\n"
        "            pooled[i, j] = feature_map[place].max()\n"
        "    feature_map.setflags(write=False)\n"
        "    return pooled\n",
        "",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", WRONG)
def test_it_gets_no_points_and_its_name(name):
    lesson, source, mistake = WRONG[name]
    book = solved(lesson)
    of(book, name).source = source
    marks = marking.mark(plan(lesson), nbformat.writes(book).encode(), 7, Settings())
    (mark,) = [mark for mark in marks.marks if mark.exercise == name]
    assert (mark.verdict, mark.points, mark.mistake) == ("wrong", 0, mistake)
    assert len(mark.sentence) > 20
