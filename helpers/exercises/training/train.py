"""One step for each batch, and the losses on the way."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise
from helpers.reference import sgd_step


def half_square(parameters, images, labels):
    """Half the squared distance of the weights from the labels' mean."""
    distance = parameters["weight"] - np.mean(labels)
    return float(np.sum(distance**2) / 2), {"weight": distance}


def straight_line(parameters, images, labels):
    """The mean squared error of a weighted sum with a bias; the gradients come in another order."""
    rest = images @ parameters["weight"] + parameters["bias"] - labels
    gradients = {"bias": np.array(2 * rest.mean()), "weight": 2 * images.T @ rest / len(rest)}
    return float(np.mean(rest**2)), gradients


def two_way_vote(parameters, images, labels):
    """The mean squared error of a weighted sum of the values and of their squares; likewise."""
    rest = images @ parameters["values"] + images**2 @ parameters["squares"] - labels
    gradients = {"squares": 2 * (images**2).T @ rest / len(rest), "values": 2 * images.T @ rest / len(rest)}
    return float(np.mean(rest**2)), gradients


def cases(rng):
    """One weight and one, two, three batches, two parameters, whole numbers, then random ones."""

    def goals(*labels):
        return [(np.array([[1.0]]), np.array([label])) for label in labels]

    def one():
        return {"weight": np.array([4.0])}

    yield Case((one(), half_square, goals(0.0), 0.5, 0.0), "one weight, one batch, no momentum")
    yield Case((one(), half_square, goals(0.0, 0.0), 0.5, 0.0), "the same batch twice")
    yield Case((one(), half_square, goals(1.0, 8.0), 0.25, 0.5), "two different batches with momentum")
    pair = {"values": np.array([2.0]), "squares": np.array([1.0])}
    yield Case((pair, two_way_vote, goals(1.0, 5.0), 0.125, 0.5), "two parameters of one weight each")
    yield Case((one(), half_square, goals(0.0, 8.0, -2.0), 0.25, 0.5), "three different batches")
    line = {"weight": np.array([2.0]), "bias": np.array(1.0)}
    yield Case(
        (line, straight_line, [(np.array([[3.0]]), np.array([5.0]))], 0.125, 0.5),
        "gradients in another order",
    )
    yield Case((one(), half_square, [], 0.25, 0.5), "no batch at all")
    whole = {"weight": np.array([3, -1])}
    yield Case((whole, half_square, goals(0.0, 8.0, -2.0), 0.3, 0.25), "weights of whole numbers")
    for count, size in [(6, 3), (7, 3), (5, 2)]:
        images, labels = rng.normal(size=(count, 2)), rng.normal(size=count)
        batches = reference.minibatches(images, labels, rng.permutation(count), size)
        parameters = {"weight": rng.normal(size=2), "bias": np.array(rng.normal())}
        rate, momentum = float(rng.uniform(0.02, 0.1)), float(rng.uniform(0.3, 0.9))
        two = {"values": rng.normal(size=2), "squares": rng.normal(size=2)}
        about = f"{count} random rows in batches of {size}"
        yield Case((two, two_way_vote, batches, rate / 2, momentum), f"two parameters, {about}")
        yield Case((parameters, straight_line, batches, rate, momentum), f"a weight and a bias, {about}")


exercise = Exercise(
    reference.train,
    cases,
    minutes=8,
    returns=("parameters", "losses"),
    cancelling=(("gradients_not_cleared", "steps_from_the_beginning"),),
    hints=(
        "Before the loop: a velocity of zeros for *each* parameter, in a dict under the same names, and an empty list of "
        "losses. In the loop over the batches: the loss and the gradients; keep the loss; then one step for each "
        "parameter.",
        "`for name in parameters:` goes through the names, and `sgd_step` returns new weights and a new velocity, both of "
        "which you need for the next batch. To leave the caller's dict as it is, work in a copy, `dict(parameters)`.",
        "By hand: weight 4, loss w²/2, gradient w, learning rate 0.5, no momentum. First batch: loss 8, weight "
        "4 - 0.5 · 4 = 2. Second: loss 2, weight 1. Returned: weight 1 and the losses [8, 2].",
    ),
)


@exercise.model
def train(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    parameters, losses = dict(parameters), []
    velocities = {name: np.zeros(parameters[name].shape) for name in parameters}
    for images, labels in batches:
        loss, gradients = loss_and_gradients(parameters, images, labels)
        losses.append(loss)
        for name in parameters:
            parameters[name], velocities[name] = sgd_step(
                parameters[name], gradients[name], velocities[name], learning_rate, momentum
            )
    return parameters, losses


@exercise.alternative
def without_a_step_function(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    """The whole step in sight: it depends on no other function."""
    parameters = {name: weights.astype(float) for name, weights in parameters.items()}
    velocities, losses = {}, []
    for images, labels in batches:
        loss, gradients = loss_and_gradients(parameters, images, labels)
        losses.append(loss)
        for name, gradient in gradients.items():
            velocities[name] = momentum * velocities.get(name, 0) + gradient
            parameters[name] = parameters[name] - learning_rate * velocities[name]
    return parameters, losses


@exercise.alternative
def with_new_dicts(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    """Makes new dictionaries and changes none: nobody else's parameters can be spoilt."""
    velocities = {name: 0.0 * weights for name, weights in parameters.items()}
    losses = np.zeros(len(batches))
    for count, (images, labels) in enumerate(batches):
        losses[count], gradients = loss_and_gradients(parameters, images, labels)
        velocities = {name: momentum * velocities[name] + gradients[name] for name in velocities}
        parameters = {name: parameters[name] - learning_rate * velocities[name] for name in velocities}
    return parameters, losses


@exercise.alternative
def batch_after_batch(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    """A function that calls itself: no variable ever changes."""

    def go_on(parameters, velocities, batches):
        if len(batches) == 0:
            return parameters, []
        loss, gradients = loss_and_gradients(parameters, *batches[0])
        steps = {
            name: sgd_step(weights, gradients[name], velocities[name], learning_rate, momentum)
            for name, weights in parameters.items()
        }
        after, velocities = ({name: step[part] for name, step in steps.items()} for part in (0, 1))
        parameters, losses = go_on(after, velocities, batches[1:])
        return parameters, [loss, *losses]

    return go_on(parameters, {name: np.zeros(np.shape(parameters[name])) for name in parameters}, batches)


CALL = "loss, gradients = loss_and_gradients(parameters, images, labels)"
ZEROS = "velocities = {name: np.zeros(parameters[name].shape) for name in parameters}"
STEP = """            parameters[name], velocities[name] = sgd_step(
                parameters[name], gradients[name], velocities[name], learning_rate, momentum
            )
"""
KEPT, HANDED_ON = "losses.append(loss)", "velocities[name], learning_rate, momentum"

# -- the velocities ------------------------------------------------------------------------------------------

exercise.slip(
    (f"    {ZEROS}\n", ""),
    (f"        {CALL}\n", f"        {ZEROS}\n        {CALL}\n"),
    name="velocity_lost",
    when="each batch begins with a velocity of zeros",
    hint="The velocity must live on from batch to batch: make the zeros once, before the loop, and keep what each step "
    "returns.",
)
exercise.slip(
    "parameters[name], velocities[name] = sgd_step(",
    "parameters[name], _ = sgd_step(",
    name="velocity_lost",
    when="each batch begins with a velocity of zeros",
    hint="The velocity must live on from batch to batch: make the zeros once, before the loop, and keep what each step "
    "returns.",
)
exercise.slip(
    (ZEROS, "velocity = 0.0"),
    ("velocities[name]", "velocity", 2),
    name="velocity_shared",
    when="all parameters share one velocity",
    hint="Each parameter needs a velocity of its own: a dict of them, under the parameters' names.",
)
exercise.slip(
    f"{HANDED_ON}\n            )\n",
    f"{HANDED_ON}\n            )\n            velocities = dict.fromkeys(velocities, velocities[name])\n",
    name="velocity_shared",
    when="all parameters share one velocity",
    hint="Each parameter needs a velocity of its own: a dict of them, under the parameters' names.",
)

# -- the gradients -------------------------------------------------------------------------------------------

exercise.slip(
    (ZEROS, f"{ZEROS}\n    kept = dict.fromkeys(parameters, 0.0)"),
    (
        "        for name in parameters:\n",
        "        for name in parameters:\n            kept[name] = kept[name] + gradients[name]\n",
    ),
    ("gradients[name], velocities", "kept[name], velocities"),
    name="gradients_not_cleared",
    when="the gradients of earlier batches are kept and added to",
    hint="Each batch brings its own gradients. What is kept of earlier ones is in the velocity.",
)
exercise.slip(
    (
        "parameters, losses = dict(parameters), []",
        "start, parameters, losses = parameters, dict(parameters), []",
    ),
    (CALL, "loss, gradients = loss_and_gradients(start, images, labels)"),
    name="gradients_of_the_beginning",
    when="every batch's gradients are taken at the weights of the beginning",
    hint="After each step the weights are different. Hand the *new* parameters to `loss_and_gradients`.",
)
exercise.slip(
    (
        "parameters, losses = dict(parameters), []",
        "start, parameters, losses = parameters, dict(parameters), []",
    ),
    ("                parameters[name], gradients", "                start[name], gradients"),
    name="steps_from_the_beginning",
    when="every step starts from the weights of the beginning",
    hint="Keep the new weights: the next step starts where this one ended.",
)
exercise.slip(
    (
        f"        {CALL}\n        {KEPT}\n        for name in parameters:\n",
        f"        for name in parameters:\n            {CALL}\n",
    ),
    (STEP, f"{STEP}        {KEPT}\n"),
    name="gradients_once_for_each_parameter",
    when="loss and gradients are computed again for each parameter, after the others have moved already",
    hint="Call `loss_and_gradients` once for each batch, before the loop over the names: all parameters take their step "
    "from the same place.",
)
exercise.slip(
    "        for name in parameters:\n",
    "        for name in parameters:\n            _, gradients = loss_and_gradients(parameters, images, labels)\n",
    name="gradients_once_for_each_parameter",
    when="the gradients are computed again for each parameter, after the others have moved already",
    hint="Call `loss_and_gradients` once for each batch, before the loop over the names: all parameters take their step "
    "from the same place.",
)
exercise.slip(
    (
        f"        {CALL}\n        {KEPT}\n        for name in parameters:\n",
        f"        for name in parameters:\n            {CALL}\n            {KEPT}\n",
    ),
    name="a_loss_for_each_parameter",
    when="`loss_and_gradients` is called, and its loss kept, once for each parameter",
    hint="Call `loss_and_gradients` once for each batch, before the loop over the names: one loss for each batch.",
)
exercise.slip(
    (KEPT, f"{KEPT}\n        gradients = dict(zip(parameters, gradients.values(), strict=True))"),
    name="matched_by_place",
    when="gradients are matched to parameters by their place instead of their name",
    hint="The gradients may come in another order. Look each one up: `gradients[name]`.",
)

# -- the steps -----------------------------------------------------------------------------------------------

exercise.slip(
    STEP,
    f"            sgd_step(parameters[name], gradients[name], {HANDED_ON})\n",
    name="nothing_kept",
    when="the parameters are returned as they were given: the new weights are not kept",
    hint="`sgd_step` returns new weights and changes nothing itself. Put them into the dict under their name.",
)
exercise.slip(
    STEP,
    f"            _, velocities[name] = sgd_step(parameters[name], gradients[name], {HANDED_ON})\n",
    name="nothing_kept",
    when="the parameters are returned as they were given: the new weights are not kept",
    hint="`sgd_step` returns new weights and changes nothing itself. Put them into the dict under their name.",
)
exercise.slip(
    "learning_rate, momentum\n",
    "-learning_rate, momentum\n",
    name="uphill",
    when="the steps go uphill",
    hint="Against the gradient: the weights *less* learning rate times velocity.",
)
exercise.slip(
    "learning_rate, momentum\n",
    "learning_rate\n",
    name="momentum_not_handed_on",
    when="`momentum` is not handed on, and 0.9 is used",
    hint="`sgd_step` falls back on its own 0.9 if you do not hand `momentum` on.",
)
exercise.slip(
    "learning_rate, momentum\n",
    "momentum=momentum\n",
    name="rate_not_handed_on",
    when="`learning_rate` is not handed on, and 0.01 is used",
    hint="`sgd_step` falls back on its own 0.01 if you do not hand `learning_rate` on.",
)
exercise.slip(
    ", learning_rate, momentum\n",
    "\n",
    name="settings_not_handed_on",
    when="neither `learning_rate` nor `momentum` is handed on, and 0.01 and 0.9 are used",
    hint="`sgd_step` falls back on its own 0.01 and 0.9 if you do not hand the caller's numbers on.",
)
exercise.slip(
    "learning_rate, momentum\n",
    "momentum, learning_rate\n",
    name="settings_swapped",
    when="`learning_rate` and `momentum` change places where they are handed on",
    hint="`sgd_step` takes the learning rate first, then the momentum. Or name them: `momentum=momentum`.",
)
exercise.slip(
    STEP,
    f"{STEP}            break\n",
    name="first_parameter_only",
    when="only the first parameter learns",
    hint="Go through all names in `parameters`: each of them takes a step.",
)

# -- the batches ---------------------------------------------------------------------------------------------

exercise.slip("    return parameters", "        return parameters", **common.IN_THE_LOOP)


@exercise.form("returned_in_the_loop")
def first_batch_and_out(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    return train(parameters, loss_and_gradients, batches[:1], learning_rate, momentum)


exercise.slip(
    "in batches:",
    "in batches[:-1]:",
    name="last_batch_left_out",
    when="the last batch is left out",
    hint="Every batch is learned from, the last and perhaps smaller one too.",
)

# -- the losses, and what is returned ------------------------------------------------------------------------

exercise.slip(
    (f"        {KEPT}\n", ""),
    (STEP, f"{STEP}        losses.append(loss_and_gradients(parameters, images, labels)[0])\n"),
    name="loss_after_the_step",
    when="the loss is taken after the step",
    hint="Keep the loss that comes with the gradients, before the step.",
)
exercise.slip(
    "return parameters, losses",
    "return parameters, losses[-1] if losses else None",
    name="last_loss_only",
    when="only the last batch's loss is returned",
    hint="Collect the losses: one for each batch, in a list.",
)
exercise.slip(
    "return parameters, losses",
    "return parameters, sum(losses) / max(len(losses), 1)",
    name="mean_loss",
    when="the mean of the losses is returned",
    hint="Return all of them, one for each batch, in a list.",
)
exercise.slip(
    KEPT,
    "losses.append(loss + (losses[-1] if losses else 0))",
    name="losses_added_up",
    when="each loss is added to the ones before it",
    hint="Keep each batch's own loss, so that one can see it fall.",
)
exercise.slip(
    "return parameters, losses",
    "return velocities, losses",
    name="velocities_returned",
    when="the velocities are returned in place of the parameters",
    hint="`sgd_step` returns the new weights first, then the velocity. What was learned is in the weights.",
)
exercise.slip(
    "return parameters, losses",
    "return losses, parameters",
    name="losses_first",
    when="the losses come first",
    hint="The order is: parameters, losses.",
)
exercise.slip(
    "return parameters, losses",
    "return parameters",
    name="parameters_only",
    when="only the parameters are returned",
    hint="Return both, parameters and losses: without the losses nobody sees whether it learns.",
)
exercise.slip(
    "return parameters, losses",
    "return losses",
    name="losses_only",
    when="only the losses are returned",
    hint="Return both, parameters and losses: what was learned is in the parameters.",
)
exercise.slip(
    KEPT,
    "losses.append(gradients)",
    name="gradients_for_losses",
    when="the gradients are kept where the losses should be",
    hint="`loss_and_gradients` returns the loss first: that is the number to keep.",
)
exercise.slip(
    "parameters, losses = dict(parameters), []",
    "losses = []",
    name="changes_the_callers_dict",
    when="the caller's own dict is changed, or an array in it",
    hint="`parameters[name] = ...` writes into the caller's dict: work in a copy, `dict(parameters)`. `-=` writes into the "
    "caller's array: make a new one.",
)

exercise.slip(
    "in batches:",
    "in reversed(batches):",
    name="batches_backwards",
    when="the batches are taken from the last to the first",
    hint="Take them in the order in which they come.",
)

exercise.equivalent_mutant(
    "np.asarray(array) -> array",
    because="it turns numbers and lists into arrays; the lesson hands over arrays",
)
exercise.equivalent_mutant(
    "float(loss) -> loss", because="a number of NumPy's is as good an answer as one of Python's"
)
