"""One step downhill that keeps some of its last velocity."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """One weight, two weights in every special setting, whole numbers, then random shapes."""

    def two(velocity):
        return np.array([1.0, 2.0]), np.array([2.0, -4.0]), np.array(velocity)

    yield Case((np.array([1.0]), np.array([4.0]), np.array([2.0]), 0.1, 0.5), "one weight, already moving")
    yield Case((*two([0.0, 0.0]), 0.5, 0.9), "the first step: the velocity is still 0")
    yield Case((*two([3.0, 1.0]), 0.5, 0.0), "no momentum")
    yield Case((*two([-2.0, 4.0]), 0.5, 1.0), "slope and velocity that cancel each other")
    yield Case((*two([3.0, 1.0]), 0.0, 0.5), "a learning rate of 0")
    yield Case((*two([3.0, 1.0]), 2.0, 0.5), "a learning rate above 1")
    yield Case(
        (np.array([1.0, 2.0]), np.zeros(2), np.array([10.0, -5.0]), 0.1, 0.9),
        "no slope: it coasts, and slows down",
    )
    yield Case((np.array([3]), np.array([5]), np.array([2]), 0.25, 0.5), "whole numbers")
    whole = (
        np.array([[1, 2, 0], [3, 4, -1]]),
        np.array([[2, 4, 1], [6, -8, 3]]),
        np.array([[1, 0, 3], [-2, 4, 5]]),
    )
    yield Case((*whole, 0.25, 0.5), "whole numbers in a rectangle")
    for shape in [(5,), (3, 4), (2, 1, 3, 3), ()]:
        three = (np.array(rng.normal(size=shape)) for _ in range(3))
        rate, momentum = float(rng.uniform(0.05, 0.8)), float(rng.uniform(0.2, 0.95))
        yield Case((*three, rate, momentum), f"random weights of shape {shape}")
    three = rng.normal(size=(3, 4, 2)).astype(np.float32)
    yield Case((*(array.copy() for array in three), 0.05, 0.9), "weights of type float32")


exercise = Exercise(
    reference.sgd_step,
    cases,
    minutes=3,
    returns=("weights", "velocity"),
    cancelling=(("old_velocity", "looks_ahead"),),
    hints=(
        "Two lines: first the new velocity, then the new weights, which move with the *new* velocity.",
        "The velocity keeps `momentum` of itself and takes the gradient in. The weights go against it, as far as the "
        "learning rate says.",
        "By hand: weight 1, gradient 4, velocity 2, learning rate 0.1, momentum 0.5. Velocity 0.5 · 2 + 4 = 5; weight "
        "1 - 0.1 · 5 = 0.5.",
    ),
)


@exercise.model
def sgd_step(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = momentum * velocity + gradient
    return weights - learning_rate * velocity, velocity


@exercise.alternative
def weight_by_weight(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    """One weight at a time: good for following it."""
    moved, faster = np.zeros(weights.shape), np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        faster[place] = velocity[place] * momentum + gradient[place]
        moved[place] = weights[place] - faster[place] * learning_rate
    return moved, faster


@exercise.alternative
def in_copies(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    """Changes copies in place: this is how libraries save memory."""
    velocity = velocity.astype(float)
    velocity *= momentum
    velocity += gradient
    weights = weights.astype(float)
    weights -= learning_rate * velocity
    return [weights, velocity]


@exercise.alternative
def gradient_and_coasting_apart(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    """Shows what momentum adds to the plain step."""
    coasting = momentum * velocity
    weights = weights - learning_rate * gradient - learning_rate * coasting
    return weights, np.add(gradient, coasting)


SUM, MOVED = "momentum * velocity + gradient", "weights - learning_rate * velocity"

# -- the velocity --------------------------------------------------------------------------------------------

exercise.slip(
    f"    velocity = {SUM}\n    return {MOVED}, velocity",
    f"    moved = {MOVED}\n    return moved, {SUM}",
    name="old_velocity",
    when="the velocity of the step before moves the weights",
    hint="First the new velocity, then the weights: they move with the new one.",
)
exercise.slip(
    MOVED,
    "weights - learning_rate * gradient",
    name="without_momentum",
    when="momentum is left out: a plain step against the gradient",
    hint="The weights move with the velocity, which keeps some of the steps before.",
)
exercise.slip(
    SUM,
    "gradient * 1.0",
    name="velocity_forgotten",
    when="the velocity is the gradient alone: the last velocity is lost",
    hint="The new velocity is `momentum` times the old one, plus the gradient.",
)
exercise.slip(
    SUM,
    "momentum * velocity - gradient",
    name="two_minuses",
    when="the gradient is taken off the velocity, and the velocity off the weights",
    hint="Twice minus goes uphill: the gradient is added to the velocity, and the velocity taken off the weights.",
)
exercise.slip(
    (SUM, "momentum * velocity - gradient"),
    ("weights -", "weights +"),
    name="velocity_downhill",
    when="the velocity already holds the minus: gradient taken off, velocity added to the weights",
    hint="That goes downhill as well, but another velocity is asked for: add the gradient to it, and take it off the weights.",
)
exercise.slip(
    SUM,
    "momentum * velocity + (1 - momentum) * gradient",
    name="averaged_velocity",
    when="the gradient counts for 1 - momentum only",
    hint="That is a running average. Here the gradient goes into the velocity as it is.",
)
exercise.slip(
    SUM,
    "gradient - momentum * velocity",
    name="velocity_taken_off",
    when="the old velocity is taken off the gradient instead of added to it",
    hint="The old velocity keeps its direction: `momentum` times it, plus the gradient.",
)
exercise.slip(
    SUM,
    "momentum * (velocity + gradient)",
    name="momentum_times_everything",
    when="momentum multiplies the gradient too",
    hint="Only the old velocity is multiplied by `momentum`: no brackets round the sum.",
)
exercise.slip(
    SUM,
    "velocity + momentum * gradient",
    name="momentum_times_the_gradient",
    when="momentum multiplies the gradient instead of the velocity",
    hint="`momentum` is the share of the *old velocity* that is kept.",
)
exercise.slip(
    SUM,
    "velocity + gradient",
    name="never_slows_down",
    when="nothing of the velocity is lost: it is not multiplied by momentum",
    hint="Without `momentum` it rolls for ever: keep only that share of the old velocity.",
)
exercise.slip(
    "= momentum *",
    "= 0.9 *",
    name="fixed_momentum",
    when="momentum is always 0.9, whatever the caller asks for",
    hint="The fifth argument says how much of the velocity is kept. Use `momentum`.",
)
exercise.slip(
    SUM,
    "(1 - momentum) * velocity + momentum * gradient",
    name="shares_swapped",
    when="momentum is the gradient's share, and the old velocity keeps the rest",
    hint="`momentum` is the share of the *old velocity* that is kept; the gradient comes in as it is.",
)

# -- the learning rate ---------------------------------------------------------------------------------------

exercise.slip(
    (SUM, "momentum * velocity + learning_rate * gradient"),
    (MOVED, "weights - velocity"),
    name="rate_in_the_velocity",
    when="the learning rate is in the velocity instead of the step",
    hint="The velocity takes in the gradient as it is. The learning rate comes in when the weights move.",
)
exercise.slip(
    (SUM, "momentum * velocity - learning_rate * gradient"),
    (MOVED, "weights + velocity"),
    name="rate_and_minus_in_the_velocity",
    when="the learning rate is in the velocity, with the minus: the weights plus the velocity",
    hint="The velocity takes in the gradient as it is. Learning rate and minus come in when the weights move.",
)
exercise.slip(
    SUM,
    "momentum * velocity + learning_rate * gradient",
    name="rate_twice",
    when="the learning rate counts twice, in the velocity and in the step",
    hint="It comes in once, when the weights move.",
)
exercise.slip(
    SUM,
    f"learning_rate * ({SUM})",
    name="velocity_scaled_again",
    when="the whole velocity is multiplied by the learning rate, and then again when the weights move",
    hint="The learning rate comes in once, when the weights move; the velocity is kept without it.",
)
exercise.slip(
    (SUM, f"learning_rate * ({SUM})"),
    (MOVED, "weights - velocity"),
    name="velocity_holds_the_step",
    when="the whole velocity is multiplied by the learning rate, the part that is kept too",
    hint="The learning rate comes in when the weights move. The velocity that is returned does not hold it.",
)
exercise.slip(
    MOVED,
    "weights - velocity",
    name="without_rate",
    when="the learning rate is left out",
    hint="The weights move by the learning rate times the velocity.",
)
exercise.slip(
    "learning_rate * velocity",
    "0.01 * velocity",
    name="fixed_rate",
    when="the learning rate is always 0.01, whatever the caller asks for",
    hint="The fourth argument says how far to go. Use `learning_rate`.",
)

# -- the step ------------------------------------------------------------------------------------------------

exercise.slip(
    "weights -",
    "weights +",
    name="uphill",
    when="the step goes uphill: the velocity is added",
    hint="The velocity points to where the error rises. Take it off.",
)
exercise.slip(
    MOVED,
    "weights - learning_rate * (gradient + momentum * velocity)",
    name="looks_ahead",
    when="the step looks ahead: the gradient, plus momentum times the new velocity (Nesterov's way)",
    hint="The gradient is in the new velocity already: the weights move with that velocity alone.",
)
exercise.slip(
    MOVED,
    "weights - learning_rate * (velocity + gradient)",
    name="gradient_twice",
    when="the gradient counts twice, in the velocity and on top of it",
    hint="The gradient is in the new velocity already: the weights move with that velocity alone.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    f"    velocity = {SUM}\n    return {MOVED}, velocity",
    f"    return weights - learning_rate * ({SUM}), velocity",
    name="returns_the_old_velocity",
    when="the old velocity is returned",
    hint="The next step needs the *new* velocity: return that one.",
)
exercise.slip(
    f"return {MOVED}, velocity",
    f"return velocity, {MOVED}",
    name="velocity_first",
    when="the velocity comes first",
    hint="The order is: weights, velocity.",
)
exercise.slip(
    f"return {MOVED}, velocity",
    f"return {MOVED}",
    name="weights_only",
    when="only the weights are returned",
    hint="The next step needs the velocity: return both, weights and velocity.",
)
exercise.slip(
    f"return {MOVED}, velocity",
    "return weights, velocity",
    name="weights_unmoved",
    when="the weights are returned as they were given",
    hint="`weights - ...` is a new array, and nothing keeps it. Return the new weights.",
)
exercise.slip(
    f"velocity = {SUM}",
    f"velocity[...] = {SUM}",
    name="changes_the_velocity",
    when="the caller's own velocity is changed",
    hint="`+=` and `*=` write into the caller's array. Make a new one: `velocity = ... + ...`.",
)
exercise.slip(
    f"    return {MOVED},",
    f"    weights[...] = {MOVED}\n    return weights,",
    **common.CHANGES_THE_WEIGHTS,
)

for change in ("float(momentum) -> momentum", "float(learning_rate) -> learning_rate"):
    exercise.equivalent_mutant(change, because="only a number of a wider type would change the result's type")

exercise.slip(
    "momentum * velocity + gradient",
    "momentum * velocity + gradient + 0.01 * weights",
    name="weight_decay",
    when="a share of the weights themselves is added to the gradient, as in weight decay",
    hint="Weight decay is a setting of its own. Here the velocity is made of the last velocity and the gradient alone.",
)
