"""Answers to sgd_step."""

import numpy as np

from tests.bank import right, wrong


@right
def names(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    v = np.multiply(momentum, velocity) + gradient
    w = weights + (-learning_rate) * v
    return w, v


@right
def copied(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    v = np.array(velocity, dtype=float, copy=True)
    v *= momentum
    v = v + gradient
    return (weights - v * learning_rate, v)


@right
def flat(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    v = [momentum * a + b for a, b in zip(np.ravel(velocity), np.ravel(gradient), strict=True)]
    v = np.array(v).reshape(np.shape(weights))
    return weights - learning_rate * v, v


@wrong("rate_and_minus_in_the_velocity")
def cs231n(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    v = velocity * momentum
    v = v - gradient * learning_rate
    return weights + v, v


@wrong("averaged_velocity")
def ema(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    v = velocity - (1 - momentum) * (velocity - gradient)
    return weights - learning_rate * v, v


@wrong("velocity_scaled_again")
def scaled(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    v = momentum * velocity + gradient
    v = v * learning_rate
    return weights - learning_rate * v, v


@wrong("changes_the_velocity", says="chang")
def in_place(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity *= momentum
    velocity += gradient
    return weights - learning_rate * velocity, velocity


@wrong("old_velocity")
def order(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    new = weights - learning_rate * velocity
    velocity = gradient + momentum * velocity
    return new, velocity


@wrong("weights_only")
def alone(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    v = momentum * velocity + gradient
    return weights - learning_rate * v


@wrong("uphill")
def plus(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    v = momentum * velocity + gradient
    return learning_rate * v + weights, v


@wrong("momentum_times_everything")
def brackets(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    v = (velocity + gradient) * momentum
    return weights - v * learning_rate, v


@wrong("looks_ahead")
def nesterov(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    v = momentum * velocity + gradient
    ahead = gradient + momentum * v
    return weights - learning_rate * ahead, v


@wrong(says="returns nothing")
def printed(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    v = momentum * velocity + gradient
    print(weights - learning_rate * v, v)


@wrong("velocity_first")
def swapped(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    v = momentum * velocity + gradient
    return v, weights - learning_rate * v


@wrong("weight_decay")
def decays(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    gradient = gradient + weights / 100
    v = momentum * velocity + gradient
    return weights - v * learning_rate, v
