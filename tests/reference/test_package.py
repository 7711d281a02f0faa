"""What the package offers, and what it needs: notebooks rely on its names, and on NumPy being enough."""

import ast
import doctest
import sys
from pathlib import Path

import pytest

from helpers import reference

OFFERED = """
Conv2d Conv3d Dropout Flatten GlobalAvgPool GlobalMaxPool LayerNotes Linear MaxPool2d Network ReLU accuracy
adam_step agreement as_many_as_fit avg_pool2d avg_pool2d_backward best_match best_setting build_network
collapse_two_filters confusion_matrix conv1d conv2d conv2d_backward conv2d_filters_backward conv3d
conv3d_backward conv_layer
conv_out_features
conv_parameters convolve_image count_white cross_entropy cross_entropy_backward describe_layers
design_network dropout dtw_distances encode_text euclidean_distances famous_plans fc_layer filter_bank
filter_image fit flatten flip_kernel global_max_pool global_max_pool_backward gradient_check
gradient_step he_weights hidden_pixel_error initial_weights
kernels_to_nchw kernels_to_nhwc layer_shapes linear linear_backward match max_pool2d max_pool2d_backward
max_pool_map minibatches nearest_neighbour nearest_template network_functions numerical_gradient
output_size parameter_table parse_pattern pool_layer pooled_size predict prepare_scan receptive_field relu
relu_backward relu_layer sgd_step shuffle_columns sigmoid softmax spectrogram standardise tanh to_nchw
class_activation connected_network filter_network global_avg_pool global_avg_pool_backward percent_right
to_nhwc to_torch torch_network train trial true_convolution votes_to_nchw
"""
NAMES = set(OFFERED.split())
MODULES = sorted(Path(reference.__file__).parent.glob("*.py"))


def test_the_names_are_those_that_notebooks_use():
    assert set(reference.__all__) == NAMES
    assert all(callable(getattr(reference, name)) for name in NAMES)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_everything_offered_has_an_example_that_runs(name):
    tests = doctest.DocTestFinder(recurse=False).find(getattr(reference, name), name)
    assert any(test.examples for test in tests)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_imports_numpy_and_nothing_else(path):
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add(node.module)
    others = {name for name in imported if name.split(".")[0] not in {*sys.stdlib_module_names, "numpy"}}
    assert all(name.startswith("helpers.reference.") for name in others)
