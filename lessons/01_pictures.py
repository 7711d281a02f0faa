# %% [markdown]
# # Compare two images pixel by pixel
#
# ![cover]
#
# Three of these are X's, and you see it at once. Suppose a program compares each of them with a perfect X and a perfect
# O, pixel by pixel. Which ones will it call an X?
#
# - **You will build** such a program: `agreement` and `nearest_template`.
# - **You will learn** what a computer sees, and which changes fool a comparison.
# - **You need** lesson 00.
# - **It takes** about 40 minutes.

# %% cover="Four images, white on black: an X; an X moved two columns to the right; an X turned by 30 degrees; an O."
moved, turned = crisp(data.draw_letter("X", shift=(0, 2))), crisp(data.draw_letter("X", rotation=30))
show.pictures([data.X, moved, turned, data.O], ["one", "two", "three", "four"], values=False)

# %%
import numpy as np

from helpers import came_out, check, data, hint, predict, puzzle, show, yours

# %% [markdown]
# ## What a computer sees
#
# You see an X and an O. All a computer gets is the numbers. Look at them: which ones make up the strokes, and which
# the background?

# %% id="pixels"
print(data.X.shape, data.X.size)
show.pictures([data.X, data.O], ["the X", "the O"])

# %% [markdown]
# White pixels are +1, black ones -1, and there is nothing else: no line, no ring, no X. Such an array is called an
# **image**. Its **shape** is (height, width): 9 rows and 9 columns, 81 pixels.
#
# To ask for a pixel, name the row first, then the column. Both are counted from 0, starting at the top left. Put a
# finger on `data.X[1, 6]`. Is it white or black? **Decide before you run.**

# %% id="rows_first"
print(data.X[1, 6])
show.pictures([data.X, data.X], ["[1, 6]", "[6, 1]"], windows=[(1, 6, 1, 1), (6, 1, 1, 1)], values=False)

# %% [markdown]
# Black; the white end of the stroke is one column further on, at `[1, 7]`. If you had named the column first, you
# would have landed on the pixel outlined on the right, and seen black as well: the X stays the same when rows and
# columns change places.
#
# > **Careful.** So on the X you would never notice that you had mixed up rows and columns. The checks will: they use
# > images that are not square.

# %% [markdown]
# ## How alike are two images?
#
# Compare the X and the O above, pixel by pixel.

# %% predict="x_and_o"
predict(
    "x_and_o",
    "What share of the 81 pixels has the same value in both, from 0 for none to 1 for all?",
    [0.16, 0.42, 0.74, 0.95],
)

# %% [markdown]
# Counting 81 by hand is tedious, so begin with two images of four pixels. Where are `a` and `b` equal?

# %% id="agreement_by_hand"
a, b = np.array([[1, -1], [-1, 1]]), np.array([[1, -1], [-1, -1]])
print(a == b)
show.pictures([a, b], ["a", "b"])

# %% [markdown]
# Equal, equal, equal, different. Count 1 for each equal pair and 0 for the one that differs, add up, and divide by
# the number of pixels: (1 + 1 + 1 + 0) / 4 = 0.75. This share is called the **agreement** of two images. (`a.size` is
# the number of pixels of `a`, here 4.) Write a function that finds it for any two images of the same shape.


# %% exercise="agreement"
def agreement(a, b):
    """The share of pixels that are equal in both images, from 0 (none) to 1 (all).

    Parameters
    ----------
    a, b : ndarray of shape (height, width)
        Two images of the same shape.

    Returns
    -------
    float

    Examples
    --------
    Three pixels of four are equal:

    >>> agreement(np.array([[1, -1], [-1, 1]]), np.array([[1, -1], [-1, -1]]))
    0.75
    """
    ### BEGIN SOLUTION
    return np.sum(a == b) / a.size
    ### END SOLUTION


# %% test="agreement" points=2
check("agreement", agreement)

# %% [markdown]
# Here is the same as a formula, in which $[\,\ldots\,]$ is 1 if the statement inside is true, and 0 if not:
#
# $$
# \text{agreement}(a, b) = \frac{1}{H \, W} \, \sum_{r=0}^{H-1} \; \sum_{c=0}^{W-1} \, [\, a_{r,c} = b_{r,c} \,]
# $$
#
# In words: go through all rows and columns, count 1 where the pixels are equal, and divide by height times width.
#
# Now for your guess about the X and the O. In the next picture, orange corners mark the pixels that **differ**. (In
# the code, `~` swaps True and False, and `&` means *and*.)

# %% id="x_against_o"
share, equal = yours("agreement", agreement), data.X == data.O
print(f"agreement of the X with the O: {share(data.X, data.O):.2f}")
print(f"{np.sum(equal)} equal, {np.sum(equal & (data.X == 1))} of them white; {np.sum(~equal)} different")
came_out("x_and_o", round(share(data.X, data.O), 2))
show.pictures([data.X, data.O], ["the X", "the O"], marks=[~equal, ~equal], values=False)

# %% [markdown]
# Two letters that nobody would confuse agree in three pixels out of four. But look at the pixels without a
# corner: of the 60 equal pixels only 4 belong to strokes. The other 56 are background, and every letter has plenty of
# that.

# %% [markdown]
# ## Four ways to write the same X
#
# Nobody writes an X the same way twice. It sits somewhere else, or is larger, or leans, or comes from a thicker pen.
# These changes are called **translation**, **scaling**, **rotation** and **weight**. Where a stroke covers only part
# of a pixel, the pixel is grey; `crisp` makes it white if it is above 0, and black otherwise. (`**change` hands the
# entries of a dictionary to a function as its arguments.)


# %%
def crisp(image):
    return np.where(image > 0, 1.0, -1.0)


changes = {
    "translation": {"shift": (0, 2)},
    "scaling": {"scale": 0.6},
    "rotation": {"rotation": 30},
    "weight": {"weight": 3},
}

# %% id="tricky_cases"
tricky = {name: crisp(data.draw_letter("X", **change)) for name, change in changes.items()}
show.pictures(list(tricky.values()), list(tricky), values=False)

# %% [markdown]
# Your eye says: four X's.

# %% predict="least_like_x"
predict(
    "least_like_x",
    "Which of these agrees least with the X you know?",
    ["translation", "scaling", "rotation", "weight"],
)

# %% predict="taken_for_o"
predict("taken_for_o", "How many of the four agree more with the O than with the X?", int)

# %% id="tricky_measured"
templates = {"X": data.X, "O": data.O}
with_x = [share(image, data.X) for image in tricky.values()]
with_o = [share(image, data.O) for image in tricky.values()]
fooled = {"the O": np.greater(with_o, with_x)}
came_out("least_like_x", list(tricky)[np.argmin(with_x)])
came_out("taken_for_o", np.sum(fooled["the O"]))
show.bars(tricky, {"the X": with_x, "the O": with_o}, "agreement of a changed X with", wrong=fooled)

# %% [markdown]
# <details><summary>What you find</summary>
#
# The bold X agrees least with the X: 0.36. Scaling does little harm here. But look at translation and rotation: there
# the bar for the O is longer. **Moved by two columns, an X is nearer to the O than to the X.** How can that be? Look
# at the corners.
#
# </details>

# %% id="moved_disagreement"
moved = tricky["translation"]
marks = {letter: moved != template for letter, template in templates.items()}
titles = [f"{np.sum(marks[letter])} pixels differ from the {letter}" for letter in marks]
show.pictures([moved, moved], titles, marks=list(marks.values()), values=False)

# %% [markdown]
# On the left, nearly every white pixel of the stroke counts twice: once where it is now, and once where it should be.
# On the right, 19 pixels differ instead of 20, and that one pixel decides.
#
# To be fair, two ends of this X have left the image. After a single step to the right all 13 white pixels are still
# there. How well does it agree with the X then?

# %% id="shift_measured"
steps = [crisp(data.draw_letter("X", shift=(0, step))) for step in range(4)]
near_x, near_o = ([share(image, template) for image in steps] for template in (data.X, data.O))
moves = [f"{step} step" + "s" * (step != 1) for step in range(4)]
lost = {"the O": np.greater(near_o, near_x)}
show.bars(moves, {"the X": near_x, "the O": near_o}, "agreement of a moved X with", wrong=lost)

# %% [markdown]
# One step, and the agreement falls from 1.00 to 0.68. Even the O agrees better with the X than that: 0.74. After two
# steps the O is ahead.

# %% [markdown] break="15"
# > **A good place to stop.** You can measure how alike two images are, and you have seen when the number misleads. Next, a
# > program uses it to decide.

# %% [markdown]
# ## Decide: X or O?
#
# Let a program decide. It keeps a perfect image of each letter, a **template**, and answers with the name of the one
# that agrees most. It calls the moved X an O. That is wrong, and yet the program has followed its rule.
#
# Write the rule as a function; on a tie the first template wins. Call your `agreement`, or `share` if you skipped it.
# (`templates` is a dictionary: `for label, template in templates.items()` goes through its pairs.)


# %% exercise="nearest_template"
def nearest_template(image, templates):
    """The label of the template that agrees with the image in most pixels; the first of them on a tie.

    Parameters
    ----------
    image : ndarray of shape (height, width)
    templates : dict
        Label -> ndarray of shape (height, width).

    Returns
    -------
    str
        One of the keys of `templates`.

    Examples
    --------
    >>> templates = {"falling": np.array([[1, -1], [-1, 1]]), "rising": np.array([[-1, 1], [1, -1]])}
    >>> nearest_template(np.array([[1, -1], [-1, -1]]), templates)
    'falling'
    """
    ### BEGIN SOLUTION
    best_label, best_share = None, -1
    for label, template in templates.items():
        if agreement(image, template) > best_share:
            best_label, best_share = label, agreement(image, template)
    return best_label
    ### END SOLUTION


# %% test="nearest_template" points=3
check("nearest_template", nearest_template)

# %% [markdown]
# See it at work: four X's above, four O's below, with the same four changes. Which answers are wrong?

# %% id="eight_decisions"
nearest = yours("nearest_template", nearest_template)
eight = [crisp(data.draw_letter(letter, **change)) for letter in "XO" for change in changes.values()]
answers = [nearest(image, templates) for image in eight]
wrong = [answer != letter for answer, letter in zip(answers, "XXXXOOOO", strict=True)]
show.pictures(eight, [f"answer: {answer}" for answer in answers], values=False, wrong=wrong, sizes=False)

# %% [markdown]
# Four of the eight are wrong, and two of them are X's from the top of the page: the moved one and the turned one.

# %% [markdown]
# But eight hand-picked images prove little. The next cells draw 500 random letters for each change, half of them X's:
# moved by up to 2 pixels in each direction; 0.6 to 1.4 times as large; turned by up to 30 degrees; drawn with strokes
# 0.5 to 3 pixels wide.

# %% predict="worst_change"
predict("worst_change", "Which change hurts most?", ["translation", "scaling", "rotation", "weight"])


# %%
def named_right(change):
    rng = np.random.default_rng(1)  # random numbers, but the same ones in every run
    images, labels = data.sample_letters(500, rng, **change)
    answers = np.array([nearest(crisp(image[0]), templates) for image in images])
    return answers == np.array(data.LETTERS)[labels], labels


limits = {
    "translation": {"shift": 2},
    "scaling": {"scale": (0.6, 1.4)},
    "rotation": {"rotation": 30},
    "weight": {"weight": (0.5, 3)},
}

# %% id="share_right"
results = {name: named_right(change) for name, change in limits.items()}
rates = [np.mean(right) for right, labels in results.values()]
came_out("worst_change", list(results)[np.argmin(rates)])
show.bars([*results, "always say X"], [*rates, 0.5], "share of 500 random letters named correctly")

# %% [markdown]
# <details><summary>What you find</summary>
#
# On moved letters the program does little better than guessing. Of the scaled letters it gets more than one in four
# wrong; of the turned ones, about one in seven. And weight? Not one mistake: a bold X loses agreement with both
# templates, but stays nearer to its own.
#
# </details>
#
# Do X's and O's suffer equally? Turn an O in your mind before you run this.

# %% id="share_right_by_letter"
by_letter = {
    f"{letter}'s": [np.mean(right[labels == label]) for right, labels in results.values()]
    for label, letter in enumerate(data.LETTERS)
}
show.bars(results, by_letter, "share named correctly")

# %% [markdown]
# A turned O is still the same O. But most of the moved or scaled O's are taken for an X. The X has fewer white
# pixels, 13 against 16, so an image whose strokes miss those of both templates agrees a little more with the X.

# %% [markdown]
# Now draw for yourself. Shift the X with the arrows. Then draw an X that looks right to you but that the program
# takes for an O. And what does it call an empty page? **Guess** before you press *clear*.

# %% id="draw_pad" tags=["nbval-ignore-output"]
show.widgets.DrawPad(templates, share, image=data.X)

# %% [markdown]
# <details><summary>What you find</summary>
#
# After two steps to the right the answer is O. An empty page is called an X, with 0.84 against 0.80: all its pixels
# are black, so it differs from a template only where the template is white: in 13 pixels for the X, in 16 for the O.
# The program has no way to say "neither".
#
# </details>

# %% [markdown]
# ## Colour: three layers deep
#
# An X in black and white is one flat array. And a photograph? The next cell outlines a piece of 32 by 32 pixels: sky,
# the green edge of a roof, orange tiles. (`photo[75:107, 130:162]` cuts it out: rows 75 to 106, columns 130 to 161.)

# %% id="photograph"
photo = data.photograph(colour=True)
piece = photo[75:107, 130:162]
print("the piece:", piece.shape, " numbers:", piece.size)
show.pictures([photo], ["a photograph"], windows=[(75, 130, 32, 32)])

# %% [markdown]
# Height, width, and 3: every pixel holds three numbers, for red, green and blue light. That makes 32 · 32 · 3 = 3072
# numbers. Which of the three is the largest in the sky? Which in the tiles? (`piece[:, :, 0]` is all
# rows and all columns of layer 0, the red one.)

# %% id="channels"
print("sky:", piece[2, 2].round(2), " tiles:", piece[30, 28].round(2), " (red, green, blue)")
layers = [piece[:, :, channel] for channel in range(3)]
show.pictures([piece, *layers], ["the piece", "red", "green", "blue"])

# %% [markdown]
# In the sky blue is the largest; in the tiles red is high and blue is low. Each of these layers is called a
# **channel**, and the number of channels is the **depth**: 3 here, 1 for the X. A **neural network**, the kind of program
# that you build in this course, is given exactly such a block of numbers, 32 by 32 by 3, for a small colour photograph.

# %% [markdown]
# ## Reflect
#
# The X that moved by two columns looked more like an O to the program, and yet you never doubt that it is an X. What
# does your eye compare that the agreement does not? Name one piece that both X's have in common.
#
# Double-click the cell below, and write two or three sentences in place of its text.

# %% [markdown] answer="what_the_eye_compares" points=1
# The agreement compares each pixel with the one at the very same place, so a moved stroke is compared with background
# and counts as different. The eye looks for pieces and for how they are put together, wherever they are. Both X's
# have the same pieces: a falling stroke, a rising stroke, and the place where the two cross. A better comparison
# would look for such small pieces anywhere in the image.

# %% [markdown]
# ## In this lesson we
#
# - **read** an image as an array, row first, then column,
# - **wrote** `agreement`, equal pixels divided by all pixels, and `nearest_template`, the label with the highest
#   agreement,
# - **measured** four changes: translation hurts most, then scaling, then rotation; weight changed no answer,
# - **took** a photograph **apart** into its three channels.
#
# | what | shape | numbers |
# |---|---|---|
# | the X, the O | (9, 9) | 81 |
# | the piece of the photograph | (32, 32, 3) | 3072 |

# %% [markdown]
# **Next:** a moved X is made of the same small pieces, only somewhere else. How do you find a piece, wherever it is?
#
# **Sources.** Brandon Rohrer, *How convolutional neural networks work* (X, O and four ways to change them; why a
# literal comparison fails) · Stanford CS231n, *Convolutional networks* (images with a depth; 32 x 32 x 3) · Alex
# Krizhevsky, *Learning multiple layers of features from tiny images*, 2009 (those small photographs) · scikit-learn,
# `load_sample_image` (our photograph).
