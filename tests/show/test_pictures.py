"""Tests of the figures: what is drawn, that nothing overlaps or is cut off, and that it can be read."""

import base64
import io
import subprocess
import sys
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from numpy.testing import assert_allclose
from PIL import Image

from helpers import data, reference, show
from helpers.show.parts.labels import cell_texts, number_text

FEATURE_MAP = reference.filter_image(data.X, data.features["falling"])
BLUE, VERMILLION, ORANGE = (
    (0, 0x72 / 255, 0xB2 / 255),
    (0xD5 / 255, 0x5E / 255, 0),
    (0xE6 / 255, 0x9F / 255, 0),
)

shapes = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), min_size=1, max_size=9)
names = st.text(st.sampled_from("abcdefgh "), max_size=30)


def colours(picture, index=0):
    """The colours of a panel's pixels: (height, width, 3)."""
    return np.asarray(picture.figure.axes[index].images[0].get_array())


def texts(picture, index=0):
    """What is printed in a panel's cells."""
    return [text.get_text() for text in picture.figure.axes[index].texts]


def boxes(picture, artists):
    """Where texts or axes are, as left, bottom, right, top in inches."""
    renderer = picture.figure.canvas.get_renderer()
    return [artist.get_window_extent(renderer).extents / picture.figure.dpi for artist in artists]


def drawn(picture):
    """The picture, drawn, so that its parts can be measured."""
    FigureCanvasAgg(picture.figure).draw()
    return picture


def overlap(first, second):
    """Whether two boxes share more than a hair."""
    return (np.minimum(first[2:], second[2:]) - np.maximum(first[:2], second[:2]) > 0.01).all()


def contrast(first, second):
    """The contrast ratio of two colours, after WCAG 2."""
    luminances = []
    for colour in (first, second):
        colour = np.array(to_rgb(colour))
        linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
        luminances.append(linear @ [0.2126, 0.7152, 0.0722])
    return (max(luminances) + 0.05) / (min(luminances) + 0.05)


def test_a_picture_comes_as_png_with_its_text():
    picture = show.pictures([data.X, FEATURE_MAP], ["X", "feature map"], kind=["pixel", "signed"])
    content, metadata = picture._repr_mimebundle_()
    alt = "Two panels: X (9 x 9), 13 white and 68 black pixels; feature map (7 x 7), from -0.33 to 1.00."
    assert content["text/plain"] == alt
    assert metadata["image/png"]["alt"] == alt
    assert repr(picture) == alt
    image = Image.open(io.BytesIO(base64.b64decode(content["image/png"])))
    assert image.format == "PNG"
    assert image.width / 150 == pytest.approx(metadata["image/png"]["width"] / 96, abs=0.01)
    assert image.width <= 1500


def test_jupyterlab_gets_the_same_picture_as_a_page_with_its_text():
    """JupyterLab prefers HTML, and drops the text of bare images."""
    content, metadata = show.Picture(Figure(figsize=(2, 1)), alt='An "X" & <an O>')._repr_mimebundle_()
    (image,) = ElementTree.fromstring(f"<p>{content['text/html'].removesuffix('>')}/></p>")
    assert image.tag == "img"
    assert image.attrib == {
        "alt": 'An "X" & <an O>',
        "width": str(metadata["image/png"]["width"]),
        "src": f"data:image/png;base64,{content['image/png']}",
        "style": "max-width: 100%",  # so that it stays within a narrow page
    }


def test_the_same_picture_has_the_same_bytes_whatever_the_settings():
    def png():
        return show.pictures([data.X, FEATURE_MAP], "panel", kind=["pixel", "signed"]).png

    first = png()
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red", "savefig.dpi": 20}):
        assert png() == first
    assert "Software" not in Image.open(io.BytesIO(first)).info


def test_saving_writes_the_png(tmp_path):
    picture = show.pictures([data.X])
    picture.save(tmp_path / "x.png")
    assert (tmp_path / "x.png").read_bytes() == picture.png


def test_no_figure_stays_open():
    pyplot.close("all")
    drawn(show.pictures([data.X]))
    drawn(show.bars(["X"], [1]))
    figure, axes = pyplot.subplots()
    axes.plot([1, 2])
    assert drawn(show.Picture(figure, "A line.")).alt == "A line."
    assert pyplot.get_fignums() == []


def test_showing_does_not_load_pyplot():
    code = (
        "import sys, numpy; from helpers import show; show.pictures([numpy.eye(3)]).png; print(*sys.modules)"
    )
    modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "matplotlib.figure" in modules
    assert "matplotlib.pyplot" not in modules


@pytest.mark.parametrize("alt", ["", "  ", None])
def test_a_picture_needs_an_alternative_text(alt):
    with pytest.raises(ValueError, match="a picture needs an alternative text"):
        show.Picture(Figure(), alt)


def test_pixels_are_grey_between_black_and_white():
    picture = show.pictures([np.array([[-2, -1, 0], [0.5, 1, 3]])])
    assert_allclose(colours(picture)[:, :, 0], [[0, 0, 0.5], [0.75, 1, 1]])
    assert_allclose(colours(picture).std(axis=2), 0, atol=1e-12)


def test_signed_values_are_blue_white_and_vermillion():
    picture = show.pictures([np.array([[4.0, 0.0, -4.0]])], kind="signed")
    assert_allclose(colours(picture)[0], [BLUE, (1, 1, 1), VERMILLION], atol=0.005)


def test_signed_panels_share_their_limit_unless_it_is_given():
    arrays = [np.array([[4.0]]), np.array([[2.0]])]
    shared = show.pictures(arrays, kind="signed")
    assert_allclose(colours(shared, 1)[0, 0], (np.array(BLUE) + 1) / 2, atol=0.01)
    own = show.pictures(arrays, kind="signed", limit=[4, 2])
    assert_allclose(colours(own, 1)[0, 0], BLUE, atol=0.005)
    wide = show.pictures(arrays, kind="signed", limit=8.0)
    assert_allclose(colours(wide, 0)[0, 0], (np.array(BLUE) + 1) / 2, atol=0.01)


def test_pixels_do_not_change_the_limit_of_signed_panels():
    picture = show.pictures([np.array([[9.0]]), np.array([[0.1]])], kind=["pixel", "signed"])
    assert_allclose(colours(picture, 1)[0, 0], BLUE, atol=0.005)


@pytest.mark.parametrize("array", [np.zeros((2, 2)), np.full((2, 2), np.nan), np.full((1, 1), 1e-300)])
def test_signed_arrays_without_a_size_can_be_drawn(array):
    assert np.isfinite(colours(drawn(show.pictures([array], kind="signed")))).all()


def test_strange_values_are_drawn_and_named():
    picture = drawn(show.pictures([np.array([[np.nan, np.inf], [-np.inf, 2.0]])], kind="signed"))
    assert texts(picture) == ["nan", "inf", "-inf", "2"]
    assert_allclose(colours(picture)[0, 1], BLUE, atol=0.005)
    assert_allclose(colours(picture)[1, 0], VERMILLION, atol=0.005)
    assert picture.alt == "One panel: 2 x 2, all 2.00, 3 not finite."


def test_values_are_printed_up_to_nine_by_nine():
    assert texts(show.pictures([data.X])) == [f"{value:.0f}" for value in data.X.ravel()]
    assert texts(show.pictures([FEATURE_MAP], kind="signed")) == [
        f"{value:.2f}" for value in FEATURE_MAP.ravel()
    ]
    assert texts(show.pictures([np.ones((9, 10))])) == []
    assert texts(show.pictures([np.ones((10, 9))])) == []
    assert texts(show.pictures([data.X], values=False)) == []
    assert texts(show.pictures([np.ones((2, 12))], values=True)) == ["1"] * 24
    mixed = show.pictures([data.X, data.O], values=[False, None])
    assert [len(texts(mixed, index)) for index in range(2)] == [0, 81]


def test_signed_panels_on_one_scale_have_the_same_decimals():
    arrays = [np.array([[0.5, 1.0]]), np.zeros((1, 2)), np.array([[3, 4]])]
    picture = show.pictures(arrays, kind="signed")
    assert [texts(picture, index) for index in range(3)] == [["0.50", "1.00"], ["0.00", "0.00"], ["3", "4"]]
    assert texts(show.pictures(arrays, kind="signed", limit=[1, 2, 4]), 1) == ["0", "0"]


def test_panels_of_one_kind_are_printed_in_one_size():
    picture = show.pictures([np.ones((9, 9)), -np.ones((9, 9)), data.X], kind="signed")
    assert len({text.get_size() for axes in picture.figure.axes for text in axes.texts}) == 1


def test_texts_of_values():
    assert cell_texts(np.array([[3, -1]]), "signed").tolist() == [["3", "-1"]]
    assert cell_texts(np.array([[True, False]]), "pixel").tolist() == [["1", "0"]]
    assert cell_texts(np.array([[-0.0, -0.001, 9.994]]), "signed").tolist() == [["0.00", "0.00", "9.99"]]
    assert cell_texts(np.array([[12.34, -1.0]]), "signed").tolist() == [["12.3", "-1.0"]]
    assert cell_texts(np.array([[123.4, -1.0]]), "signed").tolist() == [["123", "-1"]]
    assert cell_texts(np.array([[-1.0, 0.55, -0.04]]), "pixel").tolist() == [["-1", "0.6", "0.0"]]
    assert number_text(1234567.0) == "1e+06"


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=9), st.sampled_from(["pixel", "signed"]))
@settings(max_examples=30)
def test_values_stand_out_from_their_cells(values, kind):
    picture = show.pictures([np.array([values])], kind=kind)
    for text, background in zip(picture.figure.axes[0].texts, colours(picture)[0], strict=True):
        assert contrast(text.get_color(), background) >= 4.5


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("scale", [1, 50, 5000])
def test_values_fit_into_their_cells(count, scale):
    picture = drawn(show.pictures([-scale * data.X] * count, kind="signed", values=True))
    for axes, panel in zip(picture.figure.axes, boxes(picture, picture.figure.axes), strict=True):
        cell = (panel[2] - panel[0]) / 9
        for left, bottom, right, top in boxes(picture, axes.texts):
            assert right - left < cell
            assert top - bottom < cell


@pytest.mark.slow
@given(shapes, st.data())
@settings(max_examples=40)
def test_panels_and_titles_keep_apart_and_on_the_sheet(sizes, choose):
    titles = choose.draw(st.lists(names, min_size=len(sizes), max_size=len(sizes)))
    picture = drawn(show.pictures([np.ones(shape) for shape in sizes], titles, values=False))
    width, height = picture.figure.get_size_inches()
    assert width <= 10.001
    everything = boxes(picture, [*picture.figure.axes, *picture.figure.texts])
    for index, box in enumerate(everything):
        assert box[:2].min() > 0
        assert box[2] < width
        assert box[3] < height
        for other in everything[:index]:
            assert not overlap(box, other)


def test_panels_in_a_row_share_the_cell_size():
    arrays = [data.X, data.features["falling"], FEATURE_MAP]
    picture = drawn(show.pictures(arrays, ["X", "feature", "feature map"]))
    cells = [
        (box[2:] - box[:2]) / array.shape[::-1]
        for box, array in zip(boxes(picture, picture.figure.axes), arrays, strict=True)
    ]
    assert_allclose(cells, cells[0][0])


def test_a_feature_beside_a_photograph_can_still_be_seen():
    picture = drawn(show.pictures([data.photograph(), data.features["falling"]]))
    left, _, right, _ = boxes(picture, picture.figure.axes)[1]
    assert right - left > 0.5
    assert len(texts(picture, 1)) == 9


def test_at_most_four_panels_stand_in_a_row():
    for count, rows in [(4, 1), (5, 2), (8, 2), (9, 3)]:
        picture = drawn(show.pictures([data.X] * count, values=False))
        assert len({round(box[1], 3) for box in boxes(picture, picture.figure.axes)}) == rows


def test_titles_are_name_and_shape():
    picture = show.pictures([data.X, np.ones((2, 3)), np.ones((4, 5, 3))], ["X", None, "photo"])
    assert [text.get_text() for text in picture.figure.texts] == ["X (9 x 9)", "2 x 3", "photo (4 x 5 x 3)"]


def test_stacks_and_lone_arrays_are_pictures_too():
    assert show.pictures(data.X, "X").alt == "One panel: X (9 x 9), 13 white and 68 black pixels."
    stack = show.pictures(np.stack([FEATURE_MAP, -FEATURE_MAP]), "feature map", kind="signed")
    assert [text.get_text() for text in stack.figure.texts] == [
        "feature map 0 (7 x 7)",
        "feature map 1 (7 x 7)",
    ]
    assert len(show.pictures(np.stack(list(data.features.values()))).figure.axes) == 3
    assert len(show.pictures(data.photograph(colour=True)).figure.axes) == 1


def test_pictures_in_colour():
    corner = data.photograph(colour=True)[:4, :5]
    picture = show.pictures([corner], ["photo"])
    assert_allclose(colours(picture), (corner + 1) / 2)
    assert texts(picture) == []
    assert picture.alt == "One panel: photo (4 x 5 x 3), in colour."
    eight_bits = np.array([[[255, 0, 51]]], dtype=np.uint8)
    assert_allclose(colours(show.pictures([eight_bits])), [[[1, 0, 0.2]]])


def test_windows_are_outlined_in_orange_on_black():
    windows = [(1, 2, 3, 4), [(0, 0, 1, 1), (4, 4, 2, 2)], None]
    picture = show.pictures([data.X] * 3, windows=windows)
    black, orange = picture.figure.axes[0].patches
    assert orange.get_bbox().bounds == black.get_bbox().bounds == (1.5, 0.5, 4, 3)
    assert orange.get_edgecolor()[:3] == pytest.approx(ORANGE)
    assert black.get_edgecolor()[:3] == (0, 0, 0)
    assert black.get_linewidth() > orange.get_linewidth()
    assert [len(axes.patches) for axes in picture.figure.axes] == [2, 4, 0]
    assert "a window of 3 x 4 at row 1, column 2" in picture.alt


def test_marks_sit_in_the_marked_cells():
    marks = data.X != data.O
    picture = show.pictures([data.X, data.X], marks=[None, marks])
    collections = [
        [item for item in axes.collections if isinstance(item, PolyCollection)]
        for axes in picture.figure.axes
    ]
    assert collections[0] == []
    (corners,) = collections[1]
    centres = [
        np.round(path.vertices.mean(axis=0)).astype(int)[::-1].tolist() for path in corners.get_paths()
    ]
    assert centres == np.argwhere(marks).tolist()
    assert picture.alt.endswith("21 pixels marked.")
    assert show.pictures([data.X], marks=[np.eye(9) * data.X > 8]).alt.endswith("0 pixels marked.")


def test_wrong_answers_are_named_and_framed():
    picture = show.pictures([data.X, data.O], ["answer: O", "answer: O"], wrong=[True, False], sizes=False)
    assert [text.get_text() for text in picture.figure.texts] == ["answer: O \N{BALLOT X} wrong", "answer: O"]
    assert [len(axes.patches) for axes in picture.figure.axes] == [1, 0]
    assert "answer: O \N{BALLOT X} wrong, 13 white" in picture.alt


@pytest.mark.parametrize("columns", [["X", "O"], ["a long name", "another name"]])
def test_names_of_rows_and_columns_keep_clear(columns):
    picture = drawn(
        show.pictures(
            [np.eye(2), np.eye(2)], "votes", rows=[None, ["feature 0", "b"]], columns=[None, columns]
        )
    )
    first, second = picture.figure.axes
    named = [text for text in second.texts if text.get_text() in ["feature 0", "b", *columns]]
    assert len(named) == 4
    panels = boxes(picture, [first, second])
    for box in boxes(picture, named):
        assert box.min() > 0
        assert not any(overlap(box, panel) for panel in panels)


def test_a_figure_lies_on_paper_with_round_corners():
    image = np.asarray(Image.open(io.BytesIO(show.pictures([data.X]).png)))
    assert image[0, 0, 3] == 0
    assert image[image.shape[0] // 2, 2].tolist() == [0xED, 0xED, 0xED, 255]
    assert contrast("#262626", "#EDEDED") > 4.5


def test_arguments_are_left_unchanged():
    array, marks = np.array([[0.5, -3.0]]), np.array([[True, False]])
    drawn(show.pictures([array], kind="signed", marks=[marks]))
    assert array.tolist() == [[0.5, -3.0]]
    assert marks.tolist() == [[True, False]]


def test_a_given_alternative_text_is_kept():
    assert show.pictures([data.X], alt="The letter X.").alt == "The letter X."


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"arrays": []}, "pictures needs an array, or a list of arrays"),
        ({"arrays": None}, "pictures needs an array, or a list of arrays"),
        ({"arrays": [None]}, "a picture is an array of numbers, not of object"),
        (
            {"arrays": [np.ones((1, 9, 9))]},
            "a picture has the shape (height, width) or (height, width, 3), not (1, 9, 9)",
        ),
        ({"arrays": [np.ones(3)]}, "a picture has the shape (height, width) or (height, width, 3), not (3,)"),
        ({"arrays": [np.ones((0, 3))]}, "a picture of the shape (0, 3) has no pixels"),
        ({"titles": ["X"]}, "titles needs one entry for each of the 2 pictures, but has 1"),
        ({"windows": (0, 0, 3, 3)}, "windows needs one entry for each of the 2 pictures, but has 4"),
        ({"marks": data.X > 0}, "marks needs one entry for each of the 2 pictures, but is not a list"),
        ({"kind": "colour"}, 'kind is "pixel" or "signed", not \'colour\''),
        ({"limit": 0}, "limit must be larger than 0, not 0"),
        ({"windows": [(0, 0, 3), None]}, "a window is (row, column, height, width), not (0, 0, 3)"),
        ({"windows": [(7, 0, 3, 3), None]}, "window (7, 0, 3, 3) does not lie within the picture (9, 9)"),
        ({"windows": [(0, -1, 3, 3), None]}, "window (0, -1, 3, 3) does not lie within the picture (9, 9)"),
        ({"marks": [data.X, None]}, "marks must be True or False for each pixel of the picture (9, 9)"),
        (
            {"marks": [np.ones((3, 3), bool), None]},
            "marks must be True or False for each pixel of the picture (9, 9)",
        ),
    ],
)
def test_bad_input_gets_one_clear_sentence(arguments, sentence):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
        show.pictures(**{"arrays": [data.X, data.O], **arguments})
    assert str(error.value) == sentence


def test_the_style_is_set_by_an_explicit_call():
    with mpl.rc_context():
        mpl.rcdefaults()
        assert mpl.rcParams["axes.spines.top"]
        show.use_style()
        assert not mpl.rcParams["axes.spines.top"]
