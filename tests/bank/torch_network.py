"""Answers to torch_network."""

from tests.bank import right, wrong


@right
def blocks(nn, input_shape, classes):
    d, h, w = input_shape
    h, w = (h - 2) // 2, (w - 2) // 2
    features = [
        nn.Conv2d(d, 16, kernel_size=3, padding=1),
        nn.ReLU(),
        nn.Conv2d(16, 32, kernel_size=3),
        nn.ReLU(),
    ]
    votes = [nn.Flatten(), nn.Linear(32 * h * w, 128), nn.ReLU(), nn.Linear(128, classes)]
    return nn.Sequential(*features, nn.MaxPool2d(kernel_size=2), *votes)


@right
def ordered(nn, input_shape, classes):
    c, h, w = input_shape
    layers = {
        "0": nn.Conv2d(c, 16, 3, 1, 1),
        "1": nn.ReLU(),
        "2": nn.Conv2d(16, 32, 3, 1, 0),
        "3": nn.ReLU(),
        "4": nn.MaxPool2d((2, 2), stride=(2, 2)),
        "5": nn.Flatten(),
        "6": nn.Linear(32 * (h // 2 - 1) * (w // 2 - 1), 128),
        "7": nn.ReLU(),
        "8": nn.Linear(128, classes),
    }
    return nn.Sequential(layers)


@right
def appended(nn, input_shape, classes):
    net = nn.Sequential(nn.Conv2d(input_shape[0], 16, 3, padding=1), nn.ReLU())
    net.append(nn.Conv2d(16, 32, 3))
    net.append(nn.ReLU())
    net.append(nn.MaxPool2d(2))
    net.append(nn.Flatten())
    net.append(nn.Linear(32 * int((input_shape[1] - 2) / 2) * int((input_shape[2] - 2) / 2), 128))
    net.append(nn.ReLU())
    net.append(nn.Linear(128, classes))
    return net


@wrong("always_288")
def only_for_eight(nn, input_shape, classes):
    return nn.Sequential(
        nn.Conv2d(input_shape[0], 16, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(16, 32, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(288, 128),
        nn.ReLU(),
        nn.Linear(128, classes),
    )


@wrong(says="AttributeError.*Module")
def a_class(nn, input_shape, classes):
    class Net(nn.Module):
        pass

    return Net()


@wrong("a_list_within", says="TypeError.*not a Module subclass")
def a_list(nn, input_shape, classes):
    c, h, w = input_shape
    layers = [nn.Conv2d(c, 16, 3, padding=1), nn.ReLU(), nn.Conv2d(16, 32, 3), nn.ReLU(), nn.MaxPool2d(2)]
    layers += [nn.Flatten(), nn.Linear(32 * ((h - 2) // 2) * ((w - 2) // 2), 128), nn.ReLU()]
    return nn.Sequential([*layers, nn.Linear(128, classes)])


@wrong(says="TypeError.*whole numbers")
def a_float(nn, input_shape, classes):
    c, h, w = input_shape
    return nn.Sequential(
        nn.Conv2d(c, 16, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(16, 32, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(32 * (h - 2) / 2 * (w - 2) / 2, 128),
        nn.ReLU(),
        nn.Linear(128, classes),
    )


@wrong("second_relu_forgotten")
def eight_layers(nn, input_shape, classes):
    c, h, w = input_shape
    layers = [nn.Conv2d(c, 16, 3, padding=1), nn.ReLU(), nn.Conv2d(16, 32, 3), nn.MaxPool2d(2), nn.Flatten()]
    layers += [nn.Linear(32 * ((h - 2) // 2) * ((w - 2) // 2), 128), nn.ReLU(), nn.Linear(128, classes)]
    return nn.Sequential(*layers)


@wrong(says="entry `4`")
def pooled_by_three(nn, input_shape, classes):
    c, h, w = input_shape
    layers = [nn.Conv2d(c, 16, 3, padding=1), nn.ReLU(), nn.Conv2d(16, 32, 3), nn.ReLU(), nn.MaxPool2d(3)]
    layers += [nn.Flatten(), nn.Linear(32 * ((h - 2) // 3) * ((w - 2) // 3), 128), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(128, classes))
