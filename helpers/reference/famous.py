"""Plans of three networks that made history, as descriptions of layers."""

from helpers.reference.descriptions import conv_layer, fc_layer, pool_layer


def famous_plans():
    """LeNet-5, AlexNet and VGG-16, with max pooling, in one tower, and without their RELUs.

    Returns
    -------
    dict of str to (list of dict, tuple of int)
        By name, in the order of their years: the layers, and the (depth, height, width) of an image.

    Notes
    -----
    After LeCun et al., *Proc. IEEE* 86 (1998); Krizhevsky et al., *NIPS* 25 (2012), whose layers were split
    between two processors; Simonyan and Zisserman, arXiv 1409.1556 (2014).

    Examples
    --------
    >>> for name, (layers, shape) in famous_plans().items():
    ...     print(name, len(layers), shape)
    LeNet-5 7 (1, 32, 32)
    AlexNet 11 (3, 227, 227)
    VGG-16 21 (3, 224, 224)
    """
    return {
        "LeNet-5": (_lenet(), (1, 32, 32)),
        "AlexNet": (_alexnet(), (3, 227, 227)),
        "VGG-16": (_vgg(), (3, 224, 224)),
    }


def _lenet():
    """Two rounds of CONV and POOL, and three FC."""
    return [
        conv_layer(6, kernel=5),
        pool_layer(2),
        conv_layer(16, kernel=5),
        pool_layer(2),
        fc_layer(120),
        fc_layer(84),
        fc_layer(10),
    ]


def _alexnet():
    """Five CONV, with overlapping POOLs after the first two and the last, and three FC."""
    return [
        conv_layer(96, kernel=11, stride=4),
        pool_layer(3, stride=2),
        conv_layer(256, kernel=5, padding=2),
        pool_layer(3, stride=2),
        *[conv_layer(filters, kernel=3, padding=1) for filters in (384, 384, 256)],
        pool_layer(3, stride=2),
        *_thousand_classes(),
    ]


def _vgg():
    """Five blocks of two or three CONV with kernels of 3 and a POOL, and three FC."""
    blocks = [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]
    return [
        *[
            layer
            for filters, count in blocks
            for layer in [*[conv_layer(filters, kernel=3, padding=1)] * count, pool_layer(2)]
        ],
        *_thousand_classes(),
    ]


def _thousand_classes():
    """The three FC with which AlexNet and VGG-16 vote for ImageNet's classes."""
    return [fc_layer(4096), fc_layer(4096), fc_layer(1000)]
