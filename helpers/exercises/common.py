"""Mistakes that can be made in many exercises: their names, what goes wrong, and the hint.

``exercise.slip("return pooled", "return pooled.tolist()", **common.LIST)``
"""

from helpers.exercises.model import Exercise

LIST = {
    "name": "list_for_an_array",
    "when": "a list is returned instead of an array",
    "hint": "Make an array of the right shape first, or turn the list into one with `np.array`.",
}
IN_THE_LOOP = {
    "name": "returned_in_the_loop",
    "when": "the function returns inside the loop, after its first turn",
    "hint": "Move `return` to the left, so that it is below the loop and runs once, at the end.",
}
PRINTED = {
    "name": "printed",
    "when": "the result is printed and not returned",
    "hint": "`print` shows a value to you; `return` hands it on. Use `return`.",
}
WHOLE_NUMBERS = {
    "name": "whole_numbers",
    "when": "the result is an array of whole numbers",
    "hint": "An array made with `dtype=int` cuts every value off. Leave the type out.",
}
TYPE_OF_THE_INPUT = {
    "name": "type_of_the_input",
    "when": "the result array takes over the type of the input, which may be whole numbers",
    "hint": "`np.zeros_like(x)` and `dtype=x.dtype` make an array of whole numbers of an integer input, and it cuts "
    "every value off. Use `np.zeros(shape)`.",
}
ROUNDED = {
    "name": "rounded",
    "when": "the values are rounded",
    "hint": "Return the values as they are. Rounding is for showing.",
}
SWAPPED = {
    "name": "swapped",
    "when": "rows and columns of the result are swapped",
    "hint": "What belongs to position (row, column) is written to `[row, column]`: the row comes first.",
}
SQUARE = {
    "name": "square",
    "when": "the number of rows is used for the columns as well",
    "hint": "Not everything is square. Take the rows from the height and the columns from the width.",
}
SQUARE_KERNEL = {
    "name": "square_kernel",
    "when": "the kernel's height is used for its width as well",
    "hint": "A kernel need not be square. Take the height from `shape[-2]` and the width from `shape[-1]`.",
}
IN_PLACE = {
    "name": "in_place",
    "when": "the argument itself is changed",
    "hint": "The caller still needs the old values. Work on a new array or on a copy.",
}
STRIDE_IGNORED = {
    "name": "stride_ignored",
    "when": "the stride is not used where a position begins",
    "hint": "Position number `row` begins at `row * stride`, not at `row`.",
}
STRIDE_TWICE = {
    "name": "stride_twice",
    "when": "the stride is applied twice: the number of positions is divided by it, and then every stride-th is taken",
    "hint": "Once is enough. Either count the positions with `//` and loop over `range(count)`, or loop over the starts "
    "with `range(0, ..., stride)`.",
}
STRIDE_ADDED = {
    "name": "stride_added",
    "when": "the stride is added to the index instead of multiplied by it",
    "hint": "With stride 2 the positions begin at 0, 2, 4: at `row * stride`, not at `row + stride`.",
}
PADDED_TWICE = {
    "name": "padded_twice",
    "when": "the padding counts twice: it is added to the size of what has been padded already",
    "hint": "Once the border is there, the sizes include it already. Count positions on the padded input with padding 0, or "
    "on the unpadded one with `padding`.",
}
PADDED_EVERYWHERE = {
    "name": "padded_on_every_axis",
    "when": "the border is put around every axis, also around images and channels",
    "hint": "`np.pad(x, padding)` pads all axes. Give a pair for each: `((0, 0), (0, 0), (padding, padding), ...)`.",
}
STARTED_AT_ZERO = {
    "name": "started_at_zero",
    "when": "the search for the largest starts at 0, so that nothing negative is ever found",
    "hint": "The largest of -3, -1, -2 is -1. Start with a value of its own, or with `-np.inf`.",
}
STARTED_AGAIN = {
    "name": "started_again",
    "when": "what is collected starts from scratch in every turn of the loop",
    "hint": "Make the start once, above the loop; inside, only add to it.",
}
FIRST_ROW_ONLY = "A `return` inside the loop ends the function in the first turn. Move it out of the loop."
PYTHONS_SUM = (
    "Python's own `sum` adds up the rows of an array and leaves one number for each column. `np.sum` adds up "
    "everything."
)
OVERWRITTEN = {
    "name": "overwritten",
    "when": "each turn of the loop replaces what the one before has left (`=` instead of `+=`)",
    "hint": "Where several contributions meet, they are added: use `+=`.",
}
BIAS_IS_NONE = {
    "name": "bias_never_none",
    "when": "the bias is added even where there is none",
    "hint": "Where `bias` is None there is nothing to add. Ask `if bias is not None` first.",
}
TRUTH_OF_THE_BIAS = {
    "name": "truth_of_the_bias",
    "when": "`if bias` asks a whole array whether it is true",
    "hint": "An array has no single truth value. Ask whether it is there at all: `if bias is not None`.",
}
FLOAT_SIZES = {
    "name": "float_sizes",
    "when": "sizes are computed with `/`, which gives floats",
    "hint": "A size is a whole number: use `//`.",
}
FIRST_BIAS_FOR_ALL = {
    "name": "first_bias_for_all",
    "when": "the first filter's bias is added to the maps of all filters",
    "hint": "Filter k has its own bias, `bias[k]`.",
}
BIAS_IN_EVERY_PRODUCT = {
    "name": "bias_in_every_product",
    "when": "the bias is added once for each product",
    "hint": "First sum all the products, then add the bias, once.",
}
LAST_CHANNEL_ONLY = {
    "name": "last_channel_only",
    "when": "only the last channel is kept, because each one replaces the one before",
    "hint": "`total = ...` forgets what was there. `total += ...` adds to it.",
}
CHANNELS_AVERAGED = {
    "name": "channels_averaged",
    "when": "the channels are averaged instead of summed",
    "hint": "The sum of products runs over all channels; nothing is divided.",
}
SUMS_DIVIDED = {
    "name": "sums_divided",
    "when": "the sums are divided by the number of products",
    "hint": "That was the match. A convolution adds the products, plus the bias, and leaves it at that.",
}
ONE_FILTER_FOR_ALL_MAPS = {
    "name": "one_filter_for_all_maps",
    "when": "the first filter is used for all maps",
    "hint": "Map k comes from filter k, `weight[k]`.",
}
FIRST_FILTER_ONLY = {
    "name": "first_filter_only",
    "when": "only the first filter is used",
    "hint": "There are as many maps as filters: `len(weight)`.",
}
BIAS_ALONG_THE_ROWS = {
    "name": "bias_along_the_rows",
    "when": "the biases are added along the rows of the maps instead of along the filters",
    "hint": "Filters are axis 1 of the maps, and two axes come after it: the bias needs the shape (K, 1, 1).",
}
GRADIENT_OF_NO_BIAS = {
    "name": "gradient_of_no_bias",
    "when": "a bias that is not there gets a gradient",
    "hint": "Without a bias (`bias is None`) the third answer is None.",
}
WEIGHTS_AVERAGED = {
    "name": "weights_averaged",
    "when": "the gradient of the weights is averaged over the images",
    "hint": "The loss has taken the mean already. Here the images' parts add up.",
}
GRADIENT_OF_X_ONLY = {
    "name": "gradient_of_x_only",
    "when": "only the gradient of x is returned",
    "hint": "Return all three: grad_x, grad_weight, grad_bias.",
}
CHANGES_THE_WEIGHTS = {
    "name": "changes_the_weights",
    "when": "the caller's own weights are changed",
    "hint": "`-=` writes into the caller's array. Make a new one: `weights - ...`.",
}


def add_slips_of_one_direction(exercise: Exercise, starts: str) -> None:
    """The stride is forgotten in one of the two places where a position begins.

    `starts` is how the model writes them, such as "row * stride, column * stride".
    """
    row, column = starts.split(", ")
    hint = (
        "The stride counts down and across: position (row, column) begins at (row * stride, column * stride)."
    )
    exercise.slip(
        starts,
        f"{row.replace(' * stride', '')}, {column}",
        name="stride_ignored_down",
        when="there are as many positions as there should be, but down they begin one pixel apart, without the stride",
        hint=hint,
    )
    exercise.slip(
        starts,
        f"{row}, {column.replace(' * stride', '')}",
        name="stride_ignored_across",
        when="there are as many positions as there should be, but across they begin one pixel apart, without the stride",
        hint=hint,
    )
