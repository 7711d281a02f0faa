# %% [markdown]
# # Run, predict, write, check
#
# ![cover]
#
# You see at once which of these is the X. A computer sees only a grid of numbers, one for each little square, or
# **pixel**. In this course you build a program that learns to tell them apart.
#
# - **You will build** a function that counts white pixels.
# - **You will learn** how a lesson works, from the first cell to your marks.
# - **You need** a little Python: functions and loops.
# - **It takes** about 30 minutes.

# %% cover="An X and an O, white on black, 9 by 9 pixels; next to them the same X and O with a number in each pixel."
titles = ["you see an X", "you see an O", "a computer sees", "a computer sees"]
show.pictures([data.X, data.O, data.X, data.O], titles, values=[False, False, True, True])

# %% [markdown]
# ## Run
#
# This page is a **notebook**: a column of **cells**, some with text, some with code. To run a code cell, click in it
# and press **Shift+Enter**. Try it on the next cell. It shows nothing, but the brackets to its left change from `[ ]`
# to `[1]`: it is the first cell you have run.

# %%
import numpy as np

from helpers import came_out, check, data, hint, predict, progress, puzzle, show, yours

# %% [markdown]
# Every lesson begins with a cell like this one: it loads the tools that the lesson needs. One of them is **NumPy**, a
# library for working with grids of numbers, which everybody calls `np`.

# %% [markdown]
# Once a cell has given something a name, every cell you run after it can use that name. And if the last line of a
# cell has a value, the value appears below the cell. Run the next two cells: how many pixels are there in 9 rows
# of 9?

# %% id="kernel"
side = 9

# %%
side * side

# %% [markdown]
# You may change any cell and run it again. Change the 9 above to 32, run that cell, and then the one below it. While
# a cell is running, its brackets show `[*]`.
#
# You can also add cells of your own. Click on this text, then on the **+** in the toolbar: an empty cell opens below. Type
# `side + 1` into it, and run it. To delete it, press **Esc**, then **D** twice.

# %% [markdown]
# ## When a name is not defined
#
# The next cell fails, on purpose. Run it, and read the **last** line of the red text first: that is where Python
# gives the reason.

# %% id="name_error" tags=["raises-exception"]
area = rows * side

# %% [markdown]
# `name 'rows' is not defined`: the cell that defines `rows` has not been run yet. It comes next. Run it, then go back
# and run the red cell once more. This time there is no error.

# %%
rows = 4

# %% [markdown]
# > **Careful.** What you see on the page may be left over from yesterday. When you open a notebook, Python has
# > forgotten all names, things to click may be missing, and the first cell you run may complain. The cure: **Run All Above Selected Cell**, in the
# > menu **Run**.
#
# The names are kept by the *kernel*, the Python program that runs your cells. (From lesson 03 on, the word means
# something else.) If you get stuck, look here:

# %% [markdown]
# | you want to | in JupyterLab |
# |---|---|
# | run a cell | Shift+Enter |
# | add a cell below the one you are in | the **+** in the toolbar, or Esc and then B |
# | run all cells up to where you are | menu *Run*, then *Run All Above Selected Cell* |
# | run everything | menu *Run*, then *Run All Cells* |
# | stop a cell that never ends | menu *Kernel*, then *Interrupt Kernel* (on the course's website: *Restart Kernel*) |
# | start again (your text and code stay) | menu *Kernel*, then *Restart Kernel* |
# | save | Ctrl+S, or Cmd+S on a Mac |

# %% [markdown]
# ## Predict
#
# Here is an image with so few pixels that you can count them by hand. Look at the number in each: white is +1, black
# is -1.
#
# `np.array` makes the grid from a list of rows. NumPy's word for such a grid is **array**.

# %% id="tiny"
tiny = np.array([[1, -1], [-1, -1]])
show.pictures([tiny], titles=["tiny"])

# %% [markdown]
# One pixel is white. How could a program find that out? It can compare every pixel with 1. What will that give?
# **Decide before you run it.** Run the next cell, click an answer (or press Shift+Tab, then its number), and say how sure you are. A
# prediction that turns out wrong is worth more than one that comes true: it shows you where to look again. It costs no
# marks, and you may skip it.

# %% predict="compare"
predict(
    "compare",
    "What will `tiny == 1` show?",
    {"one answer": 1, "two answers, one for each row": 2, "four answers, one for each pixel": 4},
)

# %% [markdown]
# Now find out. The line with `came_out` sets your guess next to what came out.

# %% id="compare"
came_out("compare", np.size(tiny == 1))
tiny == 1

# %% [markdown]
# How do you turn the answers into a number? In a sum, Python counts True as 1 and False as 0. So what do they add up to?

# %%
True + False + False + False

# %% [markdown]
# For a whole array, NumPy has `np.sum`: it adds up everything in the array. Try it on the answers, and on `tiny` itself.

# %% predict="sums"
predict("sums", "What are `np.sum(tiny == 1)` and `np.sum(tiny)`?", [(1, 4), (1, 1), (1, -2), (4, -2)])

# %% id="sums"
print(np.sum(tiny == 1), np.sum(tiny))
came_out("sums", (np.sum(tiny == 1), np.sum(tiny)))

# %% [markdown] break="10"
# > **A good place to stop.** You can run cells, and you know what to do when a name is missing. When you come back,
# > click here and choose *Run All Above Selected Cell*.

# %% [markdown]
# ## Check
#
# Soon you will write a function, and a check will try it. First see what a check says when something is wrong. The
# attempt below adds up the pixels themselves, not the answers. What does it give for `tiny`?


# %%
def attempt(image):
    return np.sum(image)


# %% id="wrong_attempt" tags=["raises-exception"]
check("count_white", attempt)

# %% [markdown]
# The sum is 1 - 1 - 1 - 1 = -2. Read the panel from top to bottom. It shows the first **case** that failed, with what
# the function was given; the **expected** result next to **yours**; what went wrong, if the check recognises the
# mistake; and a **hint**. A failed check costs nothing: check as often as you like.

# %% [markdown]
# ## Write
#
# Your turn. Count the pixels that are exactly +1, in an image of any size. Two loops will do, and so will a single
# line. Replace the three dots with your own lines, indented the same way. Run the cell, then the check below it.
#
# The text in triple quotes says what goes in, what comes out, and gives an example after `>>>`. (`ndarray` is NumPy's
# full name for an array.)


# %% exercise="count_white"
def count_white(image):
    """The number of white pixels, those that are exactly +1.

    Parameters
    ----------
    image : ndarray of shape (height, width)

    Returns
    -------
    int

    Examples
    --------
    >>> count_white(np.array([[1, -1], [-1, -1]]))
    1
    """
    ### BEGIN SOLUTION
    return int(np.sum(image == 1))
    ### END SOLUTION


# %% test="count_white" points=1
check("count_white", count_white)

# %% [markdown]
# > **Careful.** If your own cell turns red (`SyntaxError`, `IndentationError`), Python could not read your function,
# > and the check will say so, or that its name is not defined. Fix the line it shows (often a space or a colon is missing),
# > and run both cells again.

# %% [markdown]
# Stuck? Ask for a hint. The first one is only a nudge. Each time you run the cell you see one more; the last one works
# through a small case by hand. After that, `puzzle` gives you a solution's lines in disorder. In later lessons, add a
# cell and call `hint` with the name of the exercise, in quotes.

# %% id="hint" tags=["nbval-ignore-output"]
hint("count_white")

# %% [markdown]
# ## See it
#
# Now let your function look at the X and the O from the top of this page.

# %% predict="more_white"
predict("more_white", "Which has more white pixels?", {"the X": 1, "the O": -1, "both have as many": 0})

# %% id="count_letters"
count = yours("count_white", count_white)
print("X:", count(data.X), " O:", count(data.O))
came_out("more_white", np.sign(count(data.X) - count(data.O)))

# %% [markdown]
# Here `yours` picks your function if it has passed its check; until then it uses the course's
# own. So you may skip an exercise: nothing later depends on it.
#
# Now play. Run the next cell, change the `weight` in it, which is the width of the stroke in pixels, and run it
# again. (A pixel that the stroke covers only in part is grey, and does not count.)

# %% id="play"
bold = data.draw_letter("X", weight=3)
show.pictures([data.X, bold], titles=["the X", f"a bold X with {count(bold)} white pixels"], values=False)

# %% [markdown]
# One question to take with you: if two images have the same number of white pixels, are they the same image?
#
# <details><summary>Think first, then click here.</summary>
#
# No. Move a white pixel somewhere else: the image changes, but the count stays the same. To compare two images we
# must ask *where* they are white, not only how many there are. That is lesson 01.
#
# </details>

# %% [markdown]
# ## Marks and help
#
# Your marks come from the same checks, run again with new random images. A few questions ask for words instead, and a
# person reads what you write. Save the notebook before you hand it in.
#
# Still stuck? Put a question mark after a name, as in `data.draw_letter?`, and run it: its description
# appears. The [glossary](../GLOSSARY.md) explains the words of the course.

# %% [markdown]
# The next cell shows how far you have come, and how many of the guesses that you were sure of were right:

# %% id="progress" tags=["nbval-ignore-output"]
progress.show()

# %% [markdown]
# ## In this lesson we
#
# - **ran** cells, from top to bottom, and dealt with a name that was not defined,
# - **predicted** what a cell shows before running it,
# - **wrote** `count_white`, which compares every pixel with 1 and adds up what is true,
# - **checked** it, and read what a check says when something is wrong.

# %% [markdown]
# | what | shape |
# |---|---|
# | the tiny image | (2, 2): rows, columns |
# | the X, the O | (9, 9) |
#
# **Next:** a count cannot tell an X from an O with the same number of white pixels. Can a comparison, pixel by pixel?
#
# **Sources.** JupyterLab, *User guide* (cells, kernels, menus) · NumPy, *The absolute basics for beginners* (comparing
# and adding up arrays) · Brandon Rohrer, *How convolutional neural networks work* (the X and the O).
