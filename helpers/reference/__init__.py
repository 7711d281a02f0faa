"""The mathematics of the course, in NumPy and nothing else; each function is what one exercise asks for."""

from helpers.reference.activation import (
    collapse_two_filters,
    relu,
    relu_backward,
    sigmoid,
    tanh,
)
from helpers.reference.architecture import build_network, layer_shapes, parameter_table, receptive_field
from helpers.reference.attribution import class_activation
from helpers.reference.convolution import (
    conv2d,
    conv2d_backward,
    conv2d_filters_backward,
    conv_parameters,
    convolve_image,
    flip_kernel,
    output_size,
    true_convolution,
)
from helpers.reference.descriptions import conv_layer, describe_layers, fc_layer, pool_layer, relu_layer
from helpers.reference.famous import famous_plans
from helpers.reference.functions import network_functions
from helpers.reference.generalising import confusion_matrix, dropout
from helpers.reference.gradients import gradient_check, gradient_step, numerical_gradient
from helpers.reference.knobs import best_setting, design_network, trial
from helpers.reference.layer_notes import LayerNotes
from helpers.reference.layers import Conv2d, Dropout, Flatten, Linear, MaxPool2d, ReLU, he_weights
from helpers.reference.layouts import kernels_to_nchw, kernels_to_nhwc, to_nchw, to_nhwc
from helpers.reference.linear import flatten, linear, linear_backward, predict, softmax
from helpers.reference.loss import cross_entropy, cross_entropy_backward
from helpers.reference.matching import (
    agreement,
    best_match,
    count_white,
    filter_bank,
    filter_image,
    match,
    nearest_template,
)
from helpers.reference.neighbours import dtw_distances, euclidean_distances, nearest_neighbour
from helpers.reference.network import Network
from helpers.reference.normalising import initial_weights, standardise
from helpers.reference.pace import as_many_as_fit
from helpers.reference.patterns import parse_pattern
from helpers.reference.pooling import (
    avg_pool2d,
    avg_pool2d_backward,
    global_avg_pool,
    global_avg_pool_backward,
    global_max_pool,
    global_max_pool_backward,
    max_pool2d,
    max_pool2d_backward,
    max_pool_map,
    pooled_size,
)
from helpers.reference.pytorch import conv_out_features, to_torch, torch_network, votes_to_nchw
from helpers.reference.rivals import connected_network, filter_network, percent_right
from helpers.reference.scans import prepare_scan
from helpers.reference.sequences import conv1d, encode_text, shuffle_columns, spectrogram
from helpers.reference.sharing import hidden_pixel_error
from helpers.reference.solids import Conv3d, GlobalAvgPool, GlobalMaxPool, conv3d, conv3d_backward
from helpers.reference.training import accuracy, adam_step, fit, minibatches, sgd_step, train

__all__ = [
    "Conv2d",
    "Conv3d",
    "Dropout",
    "Flatten",
    "GlobalAvgPool",
    "GlobalMaxPool",
    "LayerNotes",
    "Linear",
    "MaxPool2d",
    "Network",
    "ReLU",
    "accuracy",
    "adam_step",
    "agreement",
    "as_many_as_fit",
    "avg_pool2d",
    "avg_pool2d_backward",
    "best_match",
    "best_setting",
    "build_network",
    "class_activation",
    "collapse_two_filters",
    "confusion_matrix",
    "connected_network",
    "conv1d",
    "conv2d",
    "conv2d_backward",
    "conv2d_filters_backward",
    "conv3d",
    "conv3d_backward",
    "conv_layer",
    "conv_out_features",
    "conv_parameters",
    "convolve_image",
    "count_white",
    "cross_entropy",
    "cross_entropy_backward",
    "describe_layers",
    "design_network",
    "dropout",
    "dtw_distances",
    "encode_text",
    "euclidean_distances",
    "famous_plans",
    "fc_layer",
    "filter_bank",
    "filter_image",
    "filter_network",
    "fit",
    "flatten",
    "flip_kernel",
    "global_avg_pool",
    "global_avg_pool_backward",
    "global_max_pool",
    "global_max_pool_backward",
    "gradient_check",
    "gradient_step",
    "he_weights",
    "hidden_pixel_error",
    "initial_weights",
    "kernels_to_nchw",
    "kernels_to_nhwc",
    "layer_shapes",
    "linear",
    "linear_backward",
    "match",
    "max_pool2d",
    "max_pool2d_backward",
    "max_pool_map",
    "minibatches",
    "nearest_neighbour",
    "nearest_template",
    "network_functions",
    "numerical_gradient",
    "output_size",
    "parameter_table",
    "parse_pattern",
    "percent_right",
    "pool_layer",
    "pooled_size",
    "predict",
    "prepare_scan",
    "receptive_field",
    "relu",
    "relu_backward",
    "relu_layer",
    "sgd_step",
    "shuffle_columns",
    "sigmoid",
    "softmax",
    "spectrogram",
    "standardise",
    "tanh",
    "to_nchw",
    "to_nhwc",
    "to_torch",
    "torch_network",
    "train",
    "trial",
    "true_convolution",
    "votes_to_nchw",
]
