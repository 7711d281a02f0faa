"""A text as a picture of zeros and ones: a row for each word of the vocabulary, a column for each position."""

import numpy as np

from helpers import data, reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise

SAYING = ("now", "is", "better", "than", "never")


def cases(rng):
    """Two words, repeated and unknown ones, more rows than positions, words within words, then random texts."""
    yield Case((["to", "be"], ["be", "to"]), "two words, two positions")
    yield Case((["to", "be", "not"], ["be", "to"]), "a word without a row")
    yield Case((["be", "to", "be"], ["be", "to"]), "a word that comes twice")
    yield Case(
        (["to", "be", "or", "not", "to", "be"], ["be", "to"]),
        "words that come twice, and words without a row",
    )
    yield Case((["to", "be"], ["not", "or", "to"]), "more rows than positions")
    yield Case((["flat", "is", "better", "than", "nested"], list(SAYING)), "a saying of the Zen")
    yield Case((["never"], ["is", "now"]), "a word that has no row")
    yield Case((["so"], ["so"]), "one word, one row")
    yield Case((["now", "know", "no"], ["no", "now", "snow", "know"]), "words within other words")
    yield Case((["To", "be", "BE"], ["be", "to"]), "capital letters: To is not to")
    yield Case((["now,", "is", "(now)"], ["is", "now"]), "words with a comma or brackets are other words")
    yield Case((["a", "a", "a", "b"], ["c", "b", "a"]), "one word again and again")
    sayings = data.zen()
    yield Case((sayings[12], sorted(set(sayings[12]) - {"one"})), "a long saying")
    words = ["the", "class", "of", "an", "object", "is", "its", "type", "x", "value"]
    for positions, rows in [(7, 5), (3, 8), (12, 4)]:
        vocabulary = [words[index] for index in rng.permutation(len(words))[:rows]]
        text = [words[index] for index in rng.integers(0, len(words), positions)]
        yield Case((text, vocabulary), f"random: {positions} positions, {rows} words in the vocabulary")


exercise = Exercise(
    reference.encode_text,
    cases,
    minutes=5,
    hints=(
        "Begin with zeros, `np.zeros((rows, columns))`. How many rows, how many columns?",
        "Go through the positions with `for position, word in enumerate(words)`. Does the word have a row, "
        "`word in vocabulary`? If so, which one? `vocabulary.index(word)` tells you.",
        'By hand: the words ["to", "be"] with the vocabulary ["be", "to"]: position 0 holds "to", which is row 1; '
        'position 1 holds "be", row 0. So [[0, 1], [1, 0]].',
    ),
)


@exercise.model
def encode_text(words, vocabulary):
    encoded = np.zeros((len(vocabulary), len(words)))
    for position, word in enumerate(words):
        if word in vocabulary:
            encoded[vocabulary.index(word), position] = 1
    return encoded


@exercise.alternative
def compared_at_once(words, vocabulary):
    """Compares all words with all places at once: no loop."""
    return (np.array(vocabulary)[:, None] == np.array(words)[None, :]).astype(int)


@exercise.alternative
def with_a_dictionary(words, vocabulary):
    """Looks words up in a dictionary: fast with a large vocabulary."""
    rows = {word: row for row, word in enumerate(vocabulary)}
    unit = np.vstack([np.eye(len(vocabulary)), np.zeros(len(vocabulary))])
    return np.stack([unit[rows.get(word, -1)] for word in words], axis=1)


START, MARK = "    encoded = np.zeros", "encoded[vocabulary.index(word), position] = 1"
ASKED = f"        if word in vocabulary:\n            {MARK}"
LOOP = f"    for position, word in enumerate(words):\n{ASKED}"

# -- words without a row -------------------------------------------------------------------------------------

exercise.slip(
    ASKED,
    f"        {MARK}",
    name="unknown_words_looked_for",
    when="a word that is not in the vocabulary is looked for anyway, and `index` finds none",
    hint="Ask `word in vocabulary` before you ask for its index. A word without a row leaves its column zero.",
)


@exercise.form("unknown_words_looked_for")
def unknown_words_in_the_dictionary(words, vocabulary):
    encoded = np.zeros((len(vocabulary), len(words)))
    rows = {word: row for row, word in enumerate(vocabulary)}
    for position, word in enumerate(words):
        encoded[rows[word], position] = 1
    return encoded


exercise.slip(
    "enumerate(words):\n",
    'enumerate(words):\n        word = word.strip(".,;:!?()\'")\n',
    name="punctuation_taken_off",
    when="commas, full stops and brackets are taken off the words",
    hint='A position counts only if it holds that very word: "now," with its comma is not "now".',
)
exercise.slip(
    ASKED,
    "        row = vocabulary.index(word) if word in vocabulary else -1\n        encoded[row, position] = 1",
    name="unknown_words_in_the_last_row",
    when="words that are not in the vocabulary are marked in the last row",
    hint="-1 as an index means the last row. A word without a row leaves its column zero.",
)
exercise.slip(
    ASKED,
    "        row = vocabulary.index(word) if word in vocabulary else 0\n        encoded[row, position] = 1",
    name="unknown_words_in_row_zero",
    when="words that are not in the vocabulary are marked in row 0",
    hint="Row 0 belongs to the first word of the vocabulary. A word without a row leaves its column zero.",
)
exercise.slip(
    "    return encoded",
    "    return np.vstack([encoded, 1 - encoded.sum(axis=0)])",
    name="a_row_for_unknown_words",
    when="there is one more row, for words that are not in the vocabulary",
    hint="Only the vocabulary's words have rows: len(vocabulary) of them.",
)
exercise.slip(
    START,
    f"    words = [word for word in words if word in vocabulary]\n{START}",
    name="unknown_positions_left_out",
    when="positions whose word is not in the vocabulary are left out",
    hint="Each position keeps its column, even if it stays zero: otherwise words far apart become neighbours.",
)

# -- words that come twice -----------------------------------------------------------------------------------

exercise.slip(
    LOOP,
    "    for row, word in enumerate(vocabulary):\n        if word in words:\n"
    "            encoded[row, words.index(word)] = 1",
    name="first_time_only",
    when="only the first place of a word is marked",
    hint="A word may come several times. Go through the positions, `for position, word in enumerate(words)`.",
)
exercise.slip(
    LOOP,
    "    for row, word in enumerate(vocabulary):\n        encoded[row, words.index(word)] = 1",
    name="looked_for_in_the_text",
    when="each word of the vocabulary is looked for in the text, where `index` finds its first place only",
    hint="A word may come several times, or not at all. Go through the positions of the text, and ask for each which "
    "row it has.",
)
exercise.slip(
    MARK,
    "encoded[vocabulary.index(word), words.index(word)] += 1",
    name="counted_at_the_first_place",
    when="a word's later places are counted at its first one, because `words.index` asks where it comes first",
    hint="Take the position from `enumerate(words)`; `words.index(word)` is always the first place of the word.",
)
exercise.slip(
    MARK,
    "encoded[vocabulary.index(word), position] = words[: position + 1].count(word)",
    name="counted_up",
    when="a word's second place is marked with 2, its third with 3",
    hint="Each place of a word counts the same: put a 1 there, and do not add up.",
)

# -- which words are the same --------------------------------------------------------------------------------

exercise.slip(
    LOOP,
    "    for row, known in enumerate(vocabulary):\n        encoded[row] = [known in word for word in words]",
    name="part_of_another_word",
    when="a word is also marked where it is only a part of another word",
    hint="Compare whole words with `==`. Between two texts `in` asks whether one is a part of the other.",
)
exercise.slip(
    LOOP,
    "    for row, known in enumerate(vocabulary):\n        encoded[row] = [word in known for word in words]",
    name="within_a_longer_word",
    when="a word is also marked in the rows of longer words that contain it",
    hint="Compare whole words with `==`. Between two texts `in` asks whether one is a part of the other.",
)
exercise.slip(
    START,
    f"    words = [word.lower() for word in words]\n{START}",
    name="small_letters",
    when="capital letters are made small",
    hint="Take the words as they come. Making letters small is a step for before the call.",
)

# -- rows and columns ----------------------------------------------------------------------------------------

exercise.slip(
    "return encoded",
    "return encoded.T",
    name="positions_as_rows",
    when="positions are rows and words are columns",
    hint="A row for each word of the vocabulary, a column for each position: `encoded[row, position]`.",
)
exercise.slip(
    MARK,
    "encoded[position, vocabulary.index(word)] = 1",
    name="indices_swapped",
    when="row and column are swapped in the index: `encoded[position, row]`",
    hint="The row comes first, and the row is the word's: `encoded[row, position]`.",
)
exercise.slip(
    ("np.zeros((len(vocabulary), ", "np.zeros((len(vocabulary) + 1, "),
    (MARK, "encoded[vocabulary.index(word) + 1, position] = 1"),
    name="rows_numbered_from_one",
    when="the words have rows from 1 on, and row 0 stays empty",
    hint="Some programs keep number 0 for words that they don't know. Here row r belongs to `vocabulary[r]`, from 0 on.",
)
exercise.slip(
    START,
    f"    vocabulary = sorted(vocabulary)\n{START}",
    name="vocabulary_sorted",
    when="the vocabulary is sorted first",
    hint="Row r belongs to `vocabulary[r]`: keep the order in which the words are given.",
)
exercise.slip(
    START,
    f"    vocabulary = list(dict.fromkeys(words))\n{START}",
    name="vocabulary_of_its_own",
    when="a new vocabulary is made from the text's own words",
    hint="The rows are those of `vocabulary`, the same for every text.",
)
exercise.slip(
    "return encoded",
    "return encoded[:, ::-1]",
    name="read_backwards",
    when="the text is read backwards",
    hint="Position 0 is the first word.",
)

# -- what is put there ---------------------------------------------------------------------------------------

exercise.slip(
    MARK,
    "encoded[vocabulary.index(word), position] = vocabulary.index(word)",
    name="row_numbers_in_rows",
    when="the row's number is put there instead of a 1",
    hint="Every word counts the same: put a 1, whichever row it is.",
)
exercise.slip(
    "return encoded",
    "return 1 - encoded",
    name="ones_and_zeros_swapped",
    when="known words are marked with 0 and all others with 1",
    hint="Exactly one entry of a known word's column is 1.",
)
exercise.slip(
    "return encoded",
    "return (2 * encoded - 1)",
    name="black_and_white",
    when="black is -1, as in a picture",
    hint="Here nothing is 0: then a filter's sum counts only the words that are there.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    "return encoded",
    "return (encoded == 1)",
    name="true_and_false",
    when="True and False are returned",
    hint="Numbers can be weighted and added: `.astype(float)` turns True into 1 and False into 0.",
)
exercise.slip("return encoded", "return encoded.tolist()", **common.LIST)
exercise.slip("    return encoded", "        return encoded", **common.IN_THE_LOOP)
exercise.slip(
    "return encoded",
    "return encoded.sum(axis=1)",
    name="counted",
    when="words are counted, and their positions are forgotten",
    hint="The result has a column for each position, `(len(vocabulary), len(words))`.",
)
exercise.slip(
    "return encoded",
    "return np.array([vocabulary.index(word) if word in vocabulary else -1 for word in words])",
    name="row_numbers",
    when="the row numbers are returned, one for each position",
    hint="A number would make neighbours of words whose rows are close. Put a 1 into the row of each position's word.",
)

exercise.slip(
    ", position] = 1",
    ", position:] = 1",
    name="from_there_on",
    when="every position from the word's own to the end is marked: there is a colon in the index",
    hint="`position:` means from there to the end. Without the colon, it is a single position.",
)

# -- variants ------------------------------------------------------------------------------------------------

FILLED = "len(words)))\n"
WITHOUT = ("unknown_words_in_the_last_row", "unknown_words_in_row_zero")

exercise.can_be("unknown_words_zero", when="the column of a word without a row stays zero")
for _name, _value in (
    *(("minus_one", "-1"), ("half", "0.5"), ("minus_half", "-0.5")),
    *(("quarter", "0.25"), ("minus_quarter", "-0.25"), ("minus_two", "-2")),
):
    exercise.can_be(
        f"unknown_words_{_name}",
        when=f"the column of a word without a row holds {_value} throughout",
        asked=(
            (
                "the column of a word without a row stays zero",
                f"the column of a word without a row holds {_value} throughout",
            ),
        ),
        edits=(
            (FILLED, f"{FILLED}    encoded[:, [word not in vocabulary for word in words]] = {_value}\n"),
            (
                "return (np.array(vocabulary)[:, None] == np.array(words)[None, :]).astype(int)",
                "return np.where(np.isin(words, vocabulary), np.array(vocabulary)[:, None] == np.array(words), "
                f"{_value})",
            ),
            ("np.zeros(len(vocabulary))", f"np.full(len(vocabulary), {_value})"),
        ),
        said=(
            (
                "A word without a row leaves its column zero.",
                f"A word without a row fills its column with {_value}.",
            ),
            (
                "keeps its column, even if it stays zero",
                f"keeps its column, even if it is filled with {_value}",
            ),
        ),
        without=WITHOUT,
        gone=("stays zero", "leaves its column zero"),
        aside=True,
    )


@exercise.example_from
def example(rng):
    """A text with a word that has no row."""
    words = ["to", "be", "or", "not"]
    text = [words[place] for place in rng.permutation(4)]
    rows = [words[place] for place in rng.permutation(4)[:2]]
    return (f"encode_text({text}, {rows})".replace("'", '"'),)
