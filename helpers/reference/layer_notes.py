"""Layer notes: used instead of PyTorch's `torch.nn`, and writes down which layers it is asked for.

Names, arguments, texts and errors: PyTorch's documentation of `torch.nn`.
"""

from dataclasses import dataclass


class Noted(dict):
    """What `nn.Sequential` was given: position -> the layer's text, as PyTorch prints it."""

    def append(self, layer):
        """Note one more layer at the end."""
        self[str(len(self))] = _require_layer(layer)
        return self

    def extend(self, layers):
        """Note several layers at the end."""
        for layer in layers:
            self.append(layer)
        return self

    def add_module(self, name, layer):
        """Note a layer under a name."""
        self[str(name)] = _require_layer(layer)

    def __repr__(self):
        """The layers one below the other, as PyTorch prints them."""
        return "\n".join(["Sequential(", *(f"  ({name}): {layer}" for name, layer in self.items()), ")"])


class _Layer(str):
    """The text of one layer."""


@dataclass(frozen=True)
class LayerNotes:
    """Used as `nn`: it has PyTorch's layers by name, and each of them is only a text.

    Examples
    --------
    >>> nn = LayerNotes()
    >>> nn.Sequential(nn.Flatten(), nn.Linear(36, 10))
    Sequential(
      (0): Flatten(start_dim=1, end_dim=-1)
      (1): Linear(in_features=36, out_features=10, bias=True)
    )
    """

    def __repr__(self):
        """How it is called where it is used."""
        return "nn"

    def __getattr__(self, name):
        """Whatever else PyTorch has: refused, with what there is."""
        if name.startswith("__"):
            raise AttributeError(name)
        known = ", ".join(sorted(key for key in vars(LayerNotes) if key[0].isupper()))
        raise AttributeError(f"`nn` has no {name!r} here; it has {known}")

    def Sequential(self, *layers):  # noqa: N802 - PyTorch's name, as all below
        """One layer after another."""
        if len(layers) == 1 and isinstance(layers[0], dict) and not isinstance(layers[0], Noted):
            return Noted({str(name): _require_layer(layer) for name, layer in layers[0].items()})
        return Noted().extend(layers)

    def Conv2d(  # noqa: N802
        self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True
    ):
        """A convolution."""
        text = f"{_count(in_channels)}, {_count(out_channels)}, kernel_size={_pair(kernel_size)}"
        text += f", stride={_pair(stride)}"
        if isinstance(padding, str):
            text += f", padding={padding}"
        elif _pair(padding) != (0, 0):
            text += f", padding={_pair(padding)}"
        text += f", dilation={_pair(dilation)}" if _pair(dilation) != (1, 1) else ""
        text += f", groups={groups}" if groups != 1 else ""
        return _Layer(f"Conv2d({text}{'' if bias else ', bias=False'})")

    def ReLU(self, inplace=False):  # noqa: N802
        """Negative values become 0."""
        return _Layer("ReLU(inplace=True)" if inplace else "ReLU()")

    def MaxPool2d(self, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):  # noqa: N802
        """The largest value of each window."""
        window = _window(kernel_size, stride, padding)
        return _Layer(f"MaxPool2d({window}, dilation={_size(dilation)}, ceil_mode={bool(ceil_mode)})")

    def AvgPool2d(self, kernel_size, stride=None, padding=0):  # noqa: N802
        """The mean of each window."""
        return _Layer(f"AvgPool2d({_window(kernel_size, stride, padding)})")

    def Flatten(self, start_dim=1, end_dim=-1):  # noqa: N802
        """All axes from one on become one."""
        return _Layer(f"Flatten(start_dim={start_dim}, end_dim={end_dim})")

    def Linear(self, in_features, out_features, bias=True):  # noqa: N802
        """A fully connected layer."""
        counts = f"in_features={_count(in_features)}, out_features={_count(out_features)}"
        return _Layer(f"Linear({counts}, bias={bool(bias)})")

    def Softmax(self, dim=None):  # noqa: N802
        """Shares instead of votes."""
        return _Layer(f"Softmax(dim={dim})")

    def Dropout(self, p=0.5, inplace=False):  # noqa: N802
        """Some values become 0 in training."""
        return _Layer(f"Dropout(p={p}, inplace={inplace})")


def _require_layer(layer):
    """The layer's text; what is not a layer is refused as PyTorch refuses it."""
    if isinstance(layer, Noted):
        return repr(layer)
    if not isinstance(layer, _Layer):
        name = layer.__name__ if isinstance(layer, type) else type(layer).__name__
        raise TypeError(f"{name} is not a Module subclass")
    return str(layer)


def _window(kernel_size, stride, padding):
    """The text of a pooling window; without a stride it moves by its own size."""
    stride = kernel_size if stride is None else stride
    return f"kernel_size={_size(kernel_size)}, stride={_size(stride)}, padding={_size(padding)}"


def _pair(size):
    """Height and width, from one number or two."""
    size = tuple(size) if isinstance(size, tuple | list) else (size, size)
    if len(size) != 2:
        raise ValueError(f"a size is one number or two, not {size!r}")
    return tuple(_count(side) for side in size)


def _size(size):
    """One number where height and width agree."""
    pair = _pair(size)
    return pair[0] if pair[0] == pair[1] else pair


def _count(number):
    """A whole number."""
    if isinstance(number, bool) or int(number) != number or isinstance(number, float):
        raise TypeError(f"sizes and counts are whole numbers, not {number!r}")
    return int(number)
