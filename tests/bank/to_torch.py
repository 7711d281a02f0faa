"""Answers to to_torch."""

import numpy as np

from tests.bank import right, wrong


@right
def with_format(parameters, names, dtype="float32"):
    out = {}
    for key in parameters:
        position = key[: key.find(".")]
        kind = key[key.find(".") + 1 :]
        out[names[position] + "." + kind] = np.array(parameters[key], dtype=dtype, copy=True)
    return out


@right
def with_rsplit(parameters, names, dtype="float32"):
    return {
        ".".join([names[k.rsplit(".", 1)[0]], k.rsplit(".", 1)[1]]): np.copy(v).astype(np.dtype(dtype))
        for k, v in parameters.items()
    }


@right
def two_passes(parameters, names, dtype="float32"):
    renamed = {
        key.replace(key.split(".")[0] + ".", names[key.split(".")[0]] + ".", 1): value
        for key, value in parameters.items()
    }
    return {key: value.astype(dtype) for key, value in renamed.items()}


@wrong("first_digit_only", says="KeyError|digit|exactly")
def one_character(parameters, names, dtype="float32"):
    return {names[key[0]] + "." + key.split(".")[1]: value.astype(dtype) for key, value in parameters.items()}


@wrong("digits_replaced")
def replaced(parameters, names, dtype="float32"):
    state = {}
    for key, value in parameters.items():
        new = key
        for position in names:
            new = new.replace(position, names[position])
        state[new] = value.astype(dtype)
    return state


@wrong("always_float32")
def single(parameters, names, dtype="float32"):
    return {
        f"{names[k.split('.')[0]]}.{k.split('.')[1]}": v.astype(np.float32) for k, v in parameters.items()
    }


@wrong("everything_transposed", says="transposed|shape")
def turned(parameters, names, dtype="float32"):
    return {
        f"{names[k.split('.')[0]]}.{k.split('.')[1]}": v.astype(dtype).T.copy() for k, v in parameters.items()
    }


@wrong("positions_as_numbers", says="KeyError")
def numbers(parameters, names, dtype="float32"):
    return {
        f"{names[int(k.split('.')[0])]}.{k.split('.')[1]}": v.astype(dtype) for k, v in parameters.items()
    }


@wrong("kind_lost")
def names_only(parameters, names, dtype="float32"):
    return {names[k.split(".")[0]]: v.astype(dtype) for k, v in parameters.items()}


@wrong(says="NameError.*torch")
def tensors(parameters, names, dtype="float32"):
    return {f"{names[k.split('.')[0]]}.{k.split('.')[1]}": torch.tensor(v) for k, v in parameters.items()}  # noqa: F821


@wrong("nested_by_layer", says="dictionary")
def nested(parameters, names, dtype="float32"):
    state = {name: {} for name in names.values()}
    for key, value in parameters.items():
        position, kind = key.split(".")
        state[names[position]][kind] = value.astype(dtype)
    return {name: kinds for name, kinds in state.items() if kinds}


@wrong("taken_away")
def pops(parameters, names, dtype="float32"):
    state = {}
    while parameters:
        key = next(iter(parameters))
        position, kind = key.split(".")
        state[names[position] + "." + kind] = parameters.pop(key).astype(dtype)
    return state


@wrong("position_as_a_place", says="place of the name")
def counted_among_the_names(parameters, names, dtype="float32"):
    titles = list(names.values())
    state = {}
    for key, array in parameters.items():
        number, kind = key.split(".")
        state[f"{titles[int(number)]}.{kind}"] = array.astype(dtype)
    return state


@wrong("positions_that_begin_alike")
def by_the_beginning_of_the_key(parameters, names, dtype="float32"):
    state = {}
    for position, name in names.items():
        for key, value in parameters.items():
            if key.startswith(position):
                kind = key.split(".")[1]
                state[name + "." + kind] = value.astype(dtype)
    return state


@wrong("rounded", says="4 digits")
def four_digits(parameters, names, dtype="float32"):
    state = {}
    for key, value in parameters.items():
        position, kind = key.split(".")
        state[f"{names[position]}.{kind}"] = value.round(4).astype(dtype)
    return state
