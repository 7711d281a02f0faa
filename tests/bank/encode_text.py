"""Answers to encode_text."""

import numpy as np

from tests.bank import right, wrong


@right
def two_loops(words, vocabulary):
    out = np.zeros((len(vocabulary), len(words)))
    for i in range(len(vocabulary)):
        for j in range(len(words)):
            if vocabulary[i] == words[j]:
                out[i][j] = 1
    return out


@right
def tried(words, vocabulary):
    out = np.zeros((len(vocabulary), len(words)))
    for j, word in enumerate(words):
        try:
            row = vocabulary.index(word)
        except ValueError:
            continue
        out[row, j] = 1.0
    return out


@right
def lists(words, vocabulary):
    return np.array([[1 if w == v else 0 for w in words] for v in vocabulary])


@wrong("positions_as_rows")
def a_row_for_each_word(words, vocabulary):
    return np.array([[float(w == v) for v in vocabulary] for w in words])


@wrong("unknown_words_looked_for")
def not_asked(words, vocabulary):
    out = np.zeros((len(vocabulary), len(words)))
    for j in range(len(words)):
        out[vocabulary.index(words[j])][j] = 1
    return out


@wrong("unknown_words_looked_for", says="KeyError|exactly")
def dictionary(words, vocabulary):
    rows = dict(zip(vocabulary, range(len(vocabulary)), strict=True))
    out = np.zeros((len(vocabulary), len(words)))
    for j, word in enumerate(words):
        out[rows[word], j] = 1
    return out


@wrong("first_time_only")
def first_places(words, vocabulary):
    out = np.zeros((len(vocabulary), len(words)))
    for word in words:
        if word in vocabulary:
            out[vocabulary.index(word), words.index(word)] = 1
    return out


@wrong("part_of_another_word")
def contained(words, vocabulary):
    return np.array([[1.0 if v in w else 0.0 for w in words] for v in vocabulary])


@wrong("true_and_false")
def booleans(words, vocabulary):
    return np.array(vocabulary)[:, None] == np.array(words)


@wrong("counted")
def bag_of_words(words, vocabulary):
    return np.array([words.count(v) for v in vocabulary])


@wrong("vocabulary_sorted")
def alphabetical(words, vocabulary):
    return np.array([[float(w == v) for w in words] for v in sorted(vocabulary)])


@wrong("unknown_words_in_the_last_row")
def found_by_get(words, vocabulary):
    rows = {v: i for i, v in enumerate(vocabulary)}
    out = np.zeros((len(vocabulary), len(words)))
    for j, w in enumerate(words):
        out[rows.get(w, -1), j] = 1
    return out


@wrong("unknown_positions_left_out")
def filtered(words, vocabulary):
    known = [w for w in words if w in vocabulary]
    out = np.zeros((len(vocabulary), len(known)))
    for j, w in enumerate(known):
        out[vocabulary.index(w), j] = 1
    return out


@wrong("rows_numbered_from_one", says="row 0 stays empty")
def index_that_begins_at_one(words, vocabulary):
    index = {}
    for word in vocabulary:
        index[word] = len(index) + 1
    result = np.zeros((len(vocabulary) + 1, len(words)))
    for column, word in enumerate(words):
        if word in index:
            result[index[word], column] = 1.0
    return result


@wrong("from_there_on")
def once_seen_always_marked(words, vocabulary):
    exact = np.array([[float(w == v) for w in words] for v in vocabulary])
    return np.maximum.accumulate(exact, axis=1)
