"""Answers to parse_pattern."""

import re

from tests.bank import right, wrong

GROUP = r"\[([^\[\]]*)\]\s*\*\s*(\d+)"


@right
def with_sub(text, optional=True):
    while "[" in text:
        text = re.sub(GROUP, lambda m: "->".join([m.group(1)] * int(m.group(2))), text)
    out = []
    for name in text.split("->"):
        name = name.strip()
        if not name or (name.endswith("?") and not optional):
            continue
        out.append(name.replace("?", ""))
    return out


@right
def slices(text, optional=True):
    m = re.search(GROUP, text)
    while m is not None:
        text = text[: m.start()] + "->".join(int(m[2]) * [m[1]]) + text[m.end() :]
        m = re.search(GROUP, text)
    names = re.findall(r"[A-Z]+\??", text)
    return [n.strip("?") for n in names if optional or "?" not in n]


@right
def recursive(text, optional=True):
    found = re.search(GROUP, text)
    if found:
        written = "->".join([found[1]] * int(found[2]))
        return recursive(text.replace(found[0], written, 1), optional)
    names = [part.strip() for part in text.split("->") if part.strip()]
    return [n[:-1] if n[-1] == "?" else n for n in names if optional or n[-1] != "?"]


@wrong("only_one_group", says="one group|lacks|Two things|names")
def single_if(text, optional=True):
    m = re.search(GROUP, text)
    if m:
        text = text.replace(m[0], " -> ".join([m[1]] * int(m[2])), 1)
    names = [n.strip() for n in text.split("->")]
    return [n.rstrip("?") for n in names if n and (optional or not n.endswith("?"))]


@wrong("optional_ignored")
def ignores_optional(text, optional=True):
    while m := re.search(GROUP, text):
        text = text.replace(m[0], " -> ".join([m[1]] * int(m[2])), 1)
    return [n.strip().rstrip("?") for n in text.split("->") if n.strip()]


@wrong("question_mark_stays")
def keeps_marks(text, optional=True):
    while m := re.search(GROUP, text):
        text = text.replace(m[0], " -> ".join([m[1]] * int(m[2])), 1)
    names = [n.strip() for n in text.split("->") if n.strip()]
    return names if optional else [n for n in names if "?" not in n]


@wrong("number_as_a_text", says="TypeError")
def times_a_text(text, optional=True):
    while m := re.search(GROUP, text):
        text = text.replace(m[0], " -> ".join([m[1]] * m[2]), 1)
    return [n.strip().rstrip("?") for n in text.split("->") if n.strip()]


@wrong("copies_without_an_arrow")
def glued(text, optional=True):
    while m := re.search(GROUP, text):
        text = text.replace(m[0], m[1] * int(m[2]), 1)
    names = [n.strip() for n in text.split("->")]
    return [n.rstrip("?") for n in names if n and (optional or not n.endswith("?"))]


@wrong("empty_names_stay")
def keeps_empty(text, optional=True):
    while m := re.search(GROUP, text):
        text = text.replace(m[0], " -> ".join([m[1]] * int(m[2])), 1)
    names = [n.strip() for n in text.split("->")]
    if not optional:
        names = [n for n in names if not n.endswith("?")]
    return [n.replace("?", "") for n in names]


@wrong("spaces_stay", says="In 3 of the 4 wrong cases")
def never_ends(text, optional=True):
    while re.search(GROUP, text):
        pass
    return text.split("->")


@wrong("one_text", says="text")
def as_text(text, optional=True):
    while m := re.search(GROUP, text):
        text = text.replace(m[0], " -> ".join([m[1]] * int(m[2])), 1)
    names = [n.strip() for n in text.split("->")]
    return " -> ".join(n.rstrip("?") for n in names if n and (optional or not n.endswith("?")))


@wrong("only_one_kind_of_group", says="only the first group")
def one_group_replaced_everywhere(text, optional=True):
    match = re.search(r"\[([^\[\]]*)\]\s*\*\s*(\d+)", text)
    if match:
        text = text.replace(match.group(0), " -> ".join([match.group(1)] * int(match.group(2))))
    layers = [layer.strip() for layer in text.split("->") if layer.strip()]
    if not optional:
        layers = [layer for layer in layers if not layer.endswith("?")]
    return [layer.replace("?", "") for layer in layers]


@wrong("empty_name_for_the_optional", says="empty name")
def pool_cut_out_of_the_text(text, optional=True):
    if not optional:
        text = text.replace("POOL?", "")
    match = re.search(r"\[([^\[\]]*)\]\s*\*\s*(\d+)", text)
    while match:
        copies = " -> ".join([match.group(1)] * int(match.group(2)))
        text = text[: match.start()] + copies + text[match.end() :]
        match = re.search(r"\[([^\[\]]*)\]\s*\*\s*(\d+)", text)
    return [layer.strip().rstrip("?") for layer in text.split("->")]


GROUP = r"\[([^\[\]]*)\]\s*\*\s*(\d+)"


@wrong("looked_for_once")
def substituted_once(text, optional=True):
    text = re.sub(GROUP, lambda m: " -> ".join([m.group(1)] * int(m.group(2))), text)
    names = [part.strip() for part in text.split("->") if part.strip()]
    if not optional:
        names = [n for n in names if "?" not in n]
    return [n.replace("?", "") for n in names]


GROUP = r"\[([^\[\]]*)\]\s*\*\s*(\d+)"


@wrong("only_pool_may_go")
def only_pool_replaced(text, optional=True):
    text = text.replace("POOL?", "POOL" if optional else "")
    while "[" in text:
        m = re.search(GROUP, text)
        text = text[: m.start()] + "->".join([m[1]] * int(m[2])) + text[m.end() :]
    return [name.strip() for name in text.split("->") if name.strip()]


@wrong("optional_ignored")
def mark_taken_off_too_early(text, optional=True):
    while "[" in text:
        m = re.search(r"\[([^\[\]]*)\]\s*\*\s*(\d+)", text)
        text = text[: m.start()] + "->".join([m[1]] * int(m[2])) + text[m.end() :]
    names = [n.strip().replace("?", "") for n in text.split("->")]
    if not optional:
        names = [n for n in names if "?" not in n]
    return [n for n in names if n]


@wrong("numbers_ignored")
def number_not_read(text, optional=True):
    while "[" in text:
        m = re.search(r"\[([^\[\]]*)\]\s*\*\s*(\d+)", text)
        text = text[: m.start()] + m[1] + " -> " + text[m.end() :]
    names = [n.strip() for n in text.split("->") if n.strip()]
    return [n.rstrip("?") for n in names if optional or not n.endswith("?")]
