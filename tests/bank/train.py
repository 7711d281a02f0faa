"""Answers to train."""

import numpy as np

from helpers import reference
from helpers.reference import sgd_step
from tests.bank import right, wrong


@right
def by_index(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    p = {k: np.array(v, dtype=float) for k, v in parameters.items()}
    vel = {k: np.zeros_like(v) for k, v in p.items()}
    losses = []
    for i in range(len(batches)):
        loss, g = loss_and_gradients(p, batches[i][0], batches[i][1])
        losses += [loss]
        for k in p:
            vel[k] = momentum * vel[k] + g[k]
            p[k] = p[k] - learning_rate * vel[k]
    return p, losses


@right
def lazy_velocity(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    params, losses, velocity = parameters.copy(), [], {}
    for x, y in batches:
        loss, grads = loss_and_gradients(params, x, y)
        losses.append(loss)
        for key, w in list(params.items()):
            if key not in velocity:
                velocity[key] = 0 * grads[key]
            params[key], velocity[key] = sgd_step(
                w, grads[key], velocity[key], learning_rate=learning_rate, momentum=momentum
            )
    return params, losses


@right
def by_names(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    names = sorted(parameters)
    weights = [parameters[n] for n in names]
    speeds = [np.zeros(np.shape(w)) for w in weights]
    out = []
    for batch in batches:
        loss, g = loss_and_gradients(dict(zip(names, weights, strict=True)), *batch)
        out.append(float(loss))
        pairs = [
            sgd_step(w, g[n], v, learning_rate, momentum)
            for w, n, v in zip(weights, names, speeds, strict=True)
        ]
        weights, speeds = [a for a, _ in pairs], [b for _, b in pairs]
    return dict(zip(names, weights, strict=True)), out


@wrong("velocity_lost")
def reset(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    p, losses = dict(parameters), []
    for x, y in batches:
        loss, g = loss_and_gradients(p, x, y)
        losses.append(loss)
        p = {k: sgd_step(p[k], g[k], np.zeros(p[k].shape), learning_rate, momentum)[0] for k in p}
    return p, losses


@wrong("velocity_shared")
def one_velocity(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    p, losses, v = dict(parameters), [], 0
    for x, y in batches:
        loss, g = loss_and_gradients(p, x, y)
        losses.append(loss)
        for k in p:
            v = momentum * v + g[k]
            p[k] = p[k] - learning_rate * v
    return p, losses


@wrong("changes_the_callers_dict", says="chang")
def own(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    v, losses = {k: np.zeros(parameters[k].shape) for k in parameters}, []
    for x, y in batches:
        loss, g = loss_and_gradients(parameters, x, y)
        losses.append(loss)
        for k in parameters:
            parameters[k], v[k] = sgd_step(parameters[k], g[k], v[k], learning_rate, momentum)
    return parameters, losses


@wrong("gradients_once_for_each_parameter")
def again(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    p, losses = dict(parameters), []
    v = {k: np.zeros(p[k].shape) for k in p}
    for x, y in batches:
        for k in p:
            loss, g = loss_and_gradients(p, x, y)
            p[k], v[k] = sgd_step(p[k], g[k], v[k], learning_rate, momentum)
        losses.append(loss)
    return p, losses


@wrong("a_loss_for_each_parameter")
def more_losses(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    p, losses = dict(parameters), []
    v = {k: np.zeros(p[k].shape) for k in p}
    for x, y in batches:
        for k in p:
            loss, g = loss_and_gradients(p, x, y)
            losses.append(loss)
            p[k], v[k] = sgd_step(p[k], g[k], v[k], learning_rate, momentum)
    return p, losses


@wrong("settings_not_handed_on")
def defaults(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    p, losses = dict(parameters), []
    v = {k: np.zeros(p[k].shape) for k in p}
    for x, y in batches:
        loss, g = loss_and_gradients(p, x, y)
        losses.append(loss)
        for k in p:
            p[k], v[k] = sgd_step(p[k], g[k], v[k])
    return p, losses


@wrong("velocity_lost")
def plain(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    p, losses = dict(parameters), []
    for x, y in batches:
        loss, g = loss_and_gradients(p, x, y)
        losses.append(loss)
        for k in p:
            p[k] = p[k] - learning_rate * g[k]
    return p, losses


@wrong("parameters_only")
def no_losses(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    p = dict(parameters)
    v = {k: np.zeros(p[k].shape) for k in p}
    for x, y in batches:
        _, g = loss_and_gradients(p, x, y)
        for k in p:
            p[k], v[k] = sgd_step(p[k], g[k], v[k], learning_rate, momentum)
    return p


@wrong(says="KeyError")
def empty_velocities(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    p, v, losses = dict(parameters), {}, []
    for x, y in batches:
        loss, g = loss_and_gradients(p, x, y)
        losses.append(loss)
        for k in p:
            p[k], v[k] = sgd_step(p[k], g[k], v[k], learning_rate, momentum)
    return p, losses


@wrong(says="too many values|ValueError")
def unpacked_keys(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    p, losses = dict(parameters), []
    for x, y in batches:
        loss, g = loss_and_gradients(p, x, y)
        losses.append(loss)
        for name, w in p:
            p[name] = w - learning_rate * g[name]
    return p, losses


@wrong("returned_in_the_loop")
def early(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    p, losses = dict(parameters), []
    v = {k: np.zeros(p[k].shape) for k in p}
    for x, y in batches:
        loss, g = loss_and_gradients(p, x, y)
        losses.append(loss)
        for k in p:
            p[k], v[k] = sgd_step(p[k], g[k], v[k], learning_rate, momentum)
        return p, losses


@wrong("gradients_once_for_each_parameter", says="computed again for each parameter")
def gradients_inside_the_loop(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    params = parameters.copy()
    velocity = {key: np.zeros_like(value, dtype=float) for key, value in params.items()}
    losses = []
    for x, y in batches:
        losses.append(loss_and_gradients(params, x, y)[0])
        for key in params:
            gradient = loss_and_gradients(params, x, y)[1][key]
            velocity[key] = momentum * velocity[key] + gradient
            params[key] = params[key] - learning_rate * velocity[key]
    return params, losses


@wrong(says="The entry `weight` is not right")
def half_of_the_rate(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    params, losses = dict(parameters), []
    for x, y in batches:
        loss, gradients = loss_and_gradients(params, x, y)
        losses.append(loss)
        params = {key: params[key] - 0.37 * learning_rate * gradients[key] for key in params}
    return params, losses


@wrong(says="The function changes its argument", never="In \\d+ of the")
def arrays_changed_in_a_copied_dict(
    parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9
):
    params = dict(parameters)
    v = dict.fromkeys(params, 0.0)
    history = []
    for x, y in batches:
        loss, grads = loss_and_gradients(params, x, y)
        history.append(float(loss))
        for key in params:
            v[key] = momentum * v[key] + grads[key]
            params[key] -= learning_rate * v[key]
    return params, history


@wrong("losses_added_up")
def running_total(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    p = dict(parameters)
    v = {k: np.zeros_like(a, dtype=float) for k, a in p.items()}
    losses, total = [], 0.0
    for x, y in batches:
        l, g = loss_and_gradients(p, x, y)
        total += l
        losses.append(total)
        for k in p:
            p[k], v[k] = reference.sgd_step(p[k], g[k], v[k], learning_rate, momentum)
    return p, losses


@wrong("velocities_returned")
def returns_the_velocities_instead(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    p = dict(parameters)
    v = {k: np.zeros_like(a, dtype=float) for k, a in p.items()}
    losses = []
    for x, y in batches:
        l, g = loss_and_gradients(p, x, y)
        losses.append(l)
        for k in p:
            p[k], v[k] = reference.sgd_step(p[k], g[k], v[k], learning_rate, momentum)
    return v, losses


@wrong("batches_backwards")
def pops_from_the_end(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    p, left, losses = dict(parameters), list(batches), []
    v = {k: np.zeros(p[k].shape) for k in p}
    while left:
        loss, g = loss_and_gradients(p, *left.pop())
        losses.append(loss)
        for k in p:
            p[k], v[k] = sgd_step(p[k], g[k], v[k], learning_rate, momentum)
    return p, losses
