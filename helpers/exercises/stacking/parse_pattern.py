"""The names of the layers that a pattern such as "INPUT -> [CONV -> RELU]*2 -> FC" describes."""

import re

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise

GROUP = r"\[([^\[\]]*)\]\s*\*\s*(\d+)"  # brackets with no bracket in them, a star, a number


def random_pattern(rng):
    """A pattern with random numbers, and sometimes an optional pooling layer."""
    n, m, k = (int(number) for number in rng.integers(0, 4, 3))
    pool = rng.choice(["", " -> POOL", " -> POOL?"])
    return f"INPUT -> [[CONV -> RELU]*{n + 1}{pool}]*{m + 1} -> [FC -> RELU]*{k} -> FC"


def cases(rng):
    """No brackets, one group, optional layers, groups inside groups, odd spaces, random numbers."""
    for optional in (True, False):
        yield Case(("INPUT -> FC", optional), "two layers and no brackets")
    yield Case(("INPUT -> CONV -> RELU -> FC", True), "four layers and no brackets")
    yield Case(("INPUT -> [CONV -> RELU]*2 -> FC", True), "a group, twice")
    yield Case(("INPUT -> CONV -> POOL? -> FC", True), "a POOL that may stay")
    yield Case(("INPUT -> CONV -> POOL? -> FC", False), "a POOL that must go")
    yield Case(("INPUT -> CONV -> POOL -> POOL? -> FC", False), "two POOLs, of which one must go")
    yield Case(("INPUT -> CONV -> RELU? -> FC", True), "a RELU that may stay")
    yield Case(("INPUT -> CONV -> RELU? -> FC", False), "a RELU that must go")
    yield Case(("INPUT -> [CONV -> RELU]*1 -> [FC -> RELU]*2 -> FC", True), "two groups")
    yield Case(("INPUT -> [[CONV -> RELU]*2 -> POOL]*3 -> FC", True), "a group inside a group")
    yield Case(("INPUT -> CONV -> [FC -> RELU]*0 -> FC", True), "a group that comes zero times")
    yield Case(("INPUT->[CONV->RELU]*3->FC", True), "no spaces")
    yield Case(("INPUT  ->  [ CONV -> RELU ] * 2  ->  FC", True), "many spaces")
    yield Case(("INPUT -> [CONV]*1 -> [CONV]*12 -> FC", True), "a number of two digits")
    yield Case(("INPUT -> [[[CONV]*2 -> RELU]*2 -> POOL?]*2 -> FC", True), "three levels of brackets")
    yield Case(("INPUT -> [[CONV]*2 -> [RELU]*1 -> POOL?]*2 -> FC", False), "two groups inside a group")
    yield Case(("INPUT -> [[CONV -> RELU]*0 -> POOL]*2 -> FC", True), "an empty group inside a group")
    for optional in (True, False, True):
        yield Case((random_pattern(rng), optional), "a pattern with random numbers")


exercise = Exercise(
    reference.parse_pattern,
    cases,
    minutes=15,
    entries="names",
    time_limit=2.0,
    hints=(
        "Write out one innermost group, and look again; stop when no group is left. A `while` loop does it.",
        "`re.search(GROUP, text)` finds a group: `found[0]` is all of it, `found[1]` what is in the brackets, `found[2]` the "
        "number as a text. `text.replace(old, new, 1)` replaces one occurrence.",
        'By hand: "INPUT -> [CONV -> RELU]*2 -> FC" becomes "INPUT -> CONV -> RELU -> CONV -> RELU -> FC"; '
        '`.split("->")` cuts that into pieces, and `.strip()` takes the spaces off each piece.',
    ),
)


@exercise.model
def parse_pattern(text, optional=True):
    while found := re.search(GROUP, text):
        copies = " -> ".join([found[1]] * int(found[2]))
        text = text.replace(found[0], copies, 1)
    names = [name.strip() for name in text.split("->")]
    if not optional:
        names = [name for name in names if not name.endswith("?")]
    return [name.rstrip("?") for name in names if name]


@exercise.alternative
def with_a_stack(text, optional=True):
    """Reads the text once from left to right: brackets within brackets take no more time."""
    stack = [[]]
    for word in re.findall(r"\w+\??|\[|\]\s*\*\s*\d+", text):
        if word == "[":
            stack.append([])
        elif word.startswith("]"):
            group = stack.pop()
            stack[-1] += group * int(word.split("*")[1])
        elif optional or not word.endswith("?"):
            stack[-1].append(word.rstrip("?"))
    return stack[0]


@exercise.alternative
def cut_at_the_brackets(text, optional=True):
    """Needs no regular expression to find a group: good for following it by hand."""
    while "]" in text:
        head, _, tail = text.partition("]")
        head, _, group = head.rpartition("[")
        number = re.match(r"[\s*]*(\d+)", tail)
        text = head + " -> ".join([group] * int(number[1])) + tail[number.end() :]
    names = []
    for name in text.replace(" ", "").split("->"):
        if name and (optional or name[-1] != "?"):
            names.append(name.strip("?"))
    return names


# -- writing groups out --------------------------------------------------------------------------------------

exercise.slip(
    "while found",
    "if found",
    name="only_one_group",
    when="only one group is written out",
    hint="After one group there may be more. Look again until there is none: `while` instead of `if`.",
)
exercise.slip(
    ("while found", "if found"),
    ("found[0], copies, 1)", "found[0], copies)"),
    name="only_one_kind_of_group",
    when="only the first group is written out, wherever it comes, and no other one",
    hint="After one group there may be others. Look again until there is none: `while` instead of `if`.",
)
exercise.slip(
    "while found := re.search(GROUP, text):",
    "for found in re.finditer(GROUP, text):",
    name="looked_for_once",
    when="all groups are looked for once, before any is written out",
    hint="Writing out an inner group makes the group around it an innermost one. Look again after each: `while`.",
)
exercise.slip(
    "int(found[2])",
    "found[2]",
    name="number_as_a_text",
    when="a list is multiplied by the number as it is in the text",
    hint='`found[2]` is a text such as "2". `int(found[2])` is the number.',
)
exercise.slip(
    "int(found[2])",
    "1",
    name="numbers_ignored",
    when="every group is written once, whatever its number",
    hint="`found[2]` says how often what is in the brackets is to be written.",
)
exercise.slip(
    "int(found[2])",
    "(int(found[2]) + 1)",
    name="once_too_often",
    when="every group is written once too often",
    hint="`*2` means two copies in all.",
)
exercise.slip(
    "int(found[2])",
    "max(1, int(found[2]))",
    name="zero_as_one",
    when="a group that comes zero times is written once",
    hint="`*0` means no copies at all.",
)
exercise.slip(
    "int(found[2])",
    "int(found[2][0])",
    name="one_digit",
    when="only the first digit of a number is read",
    hint="A number may have several digits: `int(found[2])` reads all of them.",
)
exercise.slip(
    '" -> ".join([found[1]]',
    '"".join([found[1]]',
    name="copies_without_an_arrow",
    when="the copies of a group are put together without an arrow between them",
    hint='"CONV -> RELU" twice is "CONV -> RELUCONV -> RELU" if nothing is put in between. Join the copies with an arrow: '
    '`" -> ".join(...)`.',
)
exercise.slip(
    "found[0], copies, 1)",
    "found[0], copies)",
    name="replaced_everywhere",
    when="every place that begins like the group is replaced, so that `*1` is found in `*12` as well",
    hint="Replace only the group that was found: `text.replace(old, new, 1)`, or cut the text at `found.start()` and "
    "`found.end()`.",
)
exercise.slip(
    '" -> ".join([found[1]] * int(found[2]))',
    '" -> ".join(name for name in found[1].split("->") for _ in range(int(found[2])))',
    name="layer_by_layer",
    when="each layer of a group is repeated before the next one comes",
    hint="A group is repeated as a whole: CONV, RELU, CONV, RELU.",
)


@exercise.form("looked_for_once")
def written_out_at_once(text, optional=True):
    text = re.sub(GROUP, lambda found: " -> ".join([found[1]] * int(found[2])), text)
    names = [name.strip() for name in text.split("->") if name.strip()]
    return [name.replace("?", "") for name in names if optional or "?" not in name]


# -- names ---------------------------------------------------------------------------------------------------

exercise.slip(
    "name.strip() for name in text",
    "name for name in text",
    name="spaces_stay",
    when="the spaces around the names stay",
    hint="`name.strip()` is the name without spaces before and after it.",
)


@exercise.form("spaces_stay")
def spaces_stay_around_names(text, optional=True):
    while found := re.search(GROUP, text):
        text = text.replace(found[0], "->".join([found[1]] * int(found[2])), 1)
    names = text.split("->")
    if not optional:
        names = [name for name in names if "?" not in name]
    return [name.replace("?", "") for name in names if name.strip()]


exercise.slip(
    'text.split("->")',
    'text.split(" -> ")',
    name="split_with_spaces",
    when='the text is split at " -> ", so that arrows without spaces are not seen',
    hint='Split at "->" alone, and take the spaces off the pieces afterwards.',
)
exercise.slip(
    "for name in names if name]",
    "for name in names]",
    name="empty_names_stay",
    when="empty names stay where a group came zero times",
    hint="Where a group has vanished, two arrows follow each other, with an empty name between them. Keep the names that "
    "are not empty.",
)
exercise.slip(
    '    return [name.rstrip("?")',
    "    return [name",
    name="question_mark_stays",
    when="the question mark stays in the name",
    hint="The layer is called POOL; the question mark only says that it may be left out. Take it off the name.",
)

# -- optional layers -----------------------------------------------------------------------------------------

exercise.slip(
    '    if not optional:\n        names = [name for name in names if not name.endswith("?")]\n',
    "",
    name="optional_ignored",
    when="layers with a question mark are kept, whatever `optional` says",
    hint="If `optional` is False, a layer marked with `?` is left out of the list.",
)
exercise.slip(
    (
        '    names = [name.strip() for name in text.split("->")]\n    if not optional:\n'
        '        names = [name for name in names if not name.endswith("?")]\n',
        '    if not optional:\n        text = text.replace("POOL?", "")\n'
        '    names = [name.strip() for name in text.split("->")]\n',
    ),
    ("for name in names if name]", "for name in names]"),
    name="empty_name_for_the_optional",
    when="an empty name stays where an optional layer, or a group, is taken out of the text",
    hint="Taking `POOL?` out of the text leaves two arrows with nothing in between. Keep the names that are not empty.",
)
exercise.slip(
    "if not optional",
    "if optional",
    name="optional_reversed",
    when="`optional` is taken the wrong way round",
    hint="`optional=True` keeps the layers marked with `?`; `optional=False` leaves them out.",
)
exercise.slip(
    'if not name.endswith("?")]',
    'if "POOL" not in name]',
    name="every_pool_goes",
    when="every POOL is left out if `optional` is False, marked or not",
    hint="Only layers marked with `?` may go. Look for the mark before you take it off.",
)

exercise.slip(
    (
        '    names = [name.strip() for name in text.split("->")]\n    if not optional:\n'
        '        names = [name for name in names if not name.endswith("?")]\n',
        '    text = text.replace("POOL?", "POOL" if optional else "")\n'
        '    names = [name.strip() for name in text.split("->")]\n',
    ),
    ('name.rstrip("?") for', "name for"),
    name="only_pool_may_go",
    when="only `POOL?` is taken for optional, and no other layer with a question mark",
    hint='Any layer may have the question mark. Look at the end of each name: `name.endswith("?")`.',
)
exercise.slip(
    'if not name.endswith("?")]',
    'if name != "POOL?"]',
    name="only_pool_may_go",
    when="only `POOL?` is taken for optional, and no other layer with a question mark",
    hint='Any layer may have the question mark. Look at the end of each name: `name.endswith("?")`.',
)
# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    "for name in names if name]",
    "for name in names if name][1:]",
    name="without_the_input",
    when="INPUT is left out",
    hint="INPUT is the first name of the list; the layers come after it.",
)
exercise.slip(
    ("return [", 'return " -> ".join('),
    ("for name in names if name]", "for name in names if name)"),
    name="one_text",
    when="the names are returned in one text",
    hint='`text.split("->")` cuts the text into a list of names.',
)
exercise.slip(
    ("return [", "return list(dict.fromkeys("),
    ("for name in names if name]", "for name in names if name))"),
    name="each_name_once",
    when="every kind of layer is named only once",
    hint="The list has one name for each layer, as often as the layer comes.",
)
exercise.slip(
    "for name in names if name]",
    "for name in names if name][::-1]",
    name="opposite_order",
    when="the names come in the opposite order",
    hint="The list goes from INPUT to the last FC.",
)
exercise.slip(
    "    return [",
    "    [",
    **common.PRINTED
    | {"name": "nothing_returned", "when": "the list is made but not returned", "hint": "End with `return`."},
)
