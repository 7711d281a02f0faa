"""Answers to adam_step."""

import numpy as np

from tests.bank import right, wrong


@right
def textbook(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    m = mean * beta1 + gradient * (1 - beta1)
    v = square * beta2 + np.square(gradient) * (1 - beta2)
    m_hat = m / (1 - beta1**step)
    v_hat = v / (1 - beta2**step)
    return weights - learning_rate * m_hat / (v_hat**0.5 + epsilon), m, v


@right
def loops_of_powers(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    m = mean * beta1 + gradient * (1 - beta1)
    v = square * beta2 + np.square(gradient) * (1 - beta2)
    b1 = b2 = 1.0
    for _ in range(step):
        b1 *= beta1
        b2 *= beta2
    update = (m / (1 - b1)) / (epsilon + np.sqrt(v / (1 - b2)))
    return weights - update * learning_rate, m, v


@right
def differences(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    m = mean - (1 - beta1) * (mean - gradient)
    v = square - (1 - beta2) * (square - gradient * gradient)
    m_hat = m / (1 - beta1**step)
    v_hat = v / (1 - beta2**step)
    return (weights - learning_rate * np.divide(m_hat, np.sqrt(v_hat) + epsilon), m, v)


@wrong("without_correction")
def no_hats(weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m = mean * beta1 + gradient * (1 - beta1)
    v = square * beta2 + np.square(gradient) * (1 - beta2)
    return weights - learning_rate * m / (np.sqrt(v) + epsilon), m, v


@wrong("returns_corrected")
def hats_kept(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    m = mean * beta1 + gradient * (1 - beta1)
    v = square * beta2 + np.square(gradient) * (1 - beta2)
    m = m / (1 - beta1**step)
    v = v / (1 - beta2**step)
    return weights - learning_rate * m / (np.sqrt(v) + epsilon), m, v


@wrong("epsilon_under_the_root")
def inside(weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m = mean * beta1 + gradient * (1 - beta1)
    v = square * beta2 + np.square(gradient) * (1 - beta2)
    m_hat = m / (1 - beta1**step)
    v_hat = v / (1 - beta2**step)
    return weights - learning_rate * m_hat / np.sqrt(v_hat + epsilon), m, v


@wrong("correction_multiplied")
def multiplied(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    m = mean * beta1 + gradient * (1 - beta1)
    v = square * beta2 + np.square(gradient) * (1 - beta2)
    m_hat = m * (1 - beta1**step)
    v_hat = v * (1 - beta2**step)
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v


@wrong("power_of_the_rest")
def power(weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m, v = beta1 * mean + (1 - beta1) * gradient, beta2 * square + (1 - beta2) * gradient**2
    m_hat, v_hat = m / (1 - beta1) ** step, v / (1 - beta2) ** step
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v


@wrong("variance")
def variance(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    m = mean * beta1 + gradient * (1 - beta1)
    v = square * beta2 + np.square(gradient - m) * (1 - beta2)
    m_hat = m / (1 - beta1**step)
    v_hat = v / (1 - beta2**step)
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v


@wrong("epsilon_before_the_correction")
def folded(weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m = mean * beta1 + gradient * (1 - beta1)
    v = square * beta2 + np.square(gradient) * (1 - beta2)
    rate = learning_rate * np.sqrt(1 - beta2**step) / (1 - beta1**step)
    return weights - rate * m / (np.sqrt(v) + epsilon), m, v


@wrong("returns_the_corrected_mean")
def mean_kept(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    m = mean * beta1 + gradient * (1 - beta1)
    v = square * beta2 + np.square(gradient) * (1 - beta2)
    m = m / (1 - beta1**step)
    v_hat = v / (1 - beta2**step)
    return weights - learning_rate * m / (np.sqrt(v_hat) + epsilon), m, v


@wrong("gradient_as_direction")
def rmsprop(weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m = mean * beta1 + gradient * (1 - beta1)
    v = square * beta2 + np.square(gradient) * (1 - beta2)
    v_hat = v / (1 - beta2**step)
    return weights - learning_rate * gradient / (np.sqrt(v_hat) + epsilon), m, v


@wrong("without_epsilon")
def zero(weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m = mean * beta1 + gradient * (1 - beta1)
    v = square * beta2 + np.square(gradient) * (1 - beta2)
    m_hat = m / (1 - beta1**step)
    v_hat = v / (1 - beta2**step)
    return weights - learning_rate * m_hat / np.sqrt(v_hat), m, v


@wrong("changes_the_averages", says="chang|UFunc|cast")
def in_place(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean *= beta1
    mean += (1 - beta1) * gradient
    square *= beta2
    square += (1 - beta2) * gradient**2
    m_hat, v_hat = mean / (1 - beta1**step), square / (1 - beta2**step)
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), mean, square


@wrong("weights_only")
def alone(weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m = mean * beta1 + gradient * (1 - beta1)
    v = square * beta2 + np.square(gradient) * (1 - beta2)
    m_hat = m / (1 - beta1**step)
    v_hat = v / (1 - beta2**step)
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)


@wrong(says="NameError.*sqrt")
def no_import(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    m = mean * beta1 + gradient * (1 - beta1)
    v = square * beta2 + np.square(gradient) * (1 - beta2)
    m_hat = m / (1 - beta1**step)
    v_hat = v / (1 - beta2**step)
    return weights - learning_rate * m_hat / (sqrt(v_hat) + epsilon), m, v  # noqa: F821


@wrong("correction_without_its_root")
def single_bias_correction_combined_wrong(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    m = beta1 * mean + (1 - beta1) * gradient
    s = beta2 * square + (1 - beta2) * gradient**2
    lr = learning_rate * (1 - beta2**step) / (1 - beta1**step)
    return weights - lr * m / (np.sqrt(s) + epsilon), m, s


@wrong("corrections_with_swapped_betas")
def betas_mixed_up(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean = beta1 * mean + (1 - beta1) * gradient
    square = beta2 * square + (1 - beta2) * gradient**2
    m_hat = mean / (1 - beta2**step)
    v_hat = square / (1 - beta1**step)
    return weights - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), mean, square


@wrong("rate_times_the_share")
def share_in_the_rate(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    m = beta1 * mean + (1 - beta1) * gradient
    v = beta2 * square + (1 - beta2) * gradient**2
    rate = learning_rate * (1 - beta1)
    return weights - rate * (m / (1 - beta1**step)) / (np.sqrt(v / (1 - beta2**step)) + epsilon), m, v


@wrong("epsilon_as_a_floor")
def larger_of_both(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    m = beta1 * mean + (1 - beta1) * gradient
    v = beta2 * square + (1 - beta2) * gradient**2
    root = np.sqrt(v / (1 - beta2**step))
    root[root < epsilon] = epsilon
    return weights - learning_rate * m / (1 - beta1**step) / root, m, v
