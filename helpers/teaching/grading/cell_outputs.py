"""What is shown of a notebook's run: the outputs of its cells, as much of them as is useful to a reader."""

from nbformat import NotebookNode, from_dict

_MOST_OF_A_CELL = 100_000  # characters
_MOST = 1_000_000  # characters of all cells of a notebook
_LEFT_OUT = "Further outputs were left out."


class CellOutputs:
    """The outputs of a notebook's cells, however much is claimed to have been printed."""

    def __init__(self) -> None:
        self.outputs: dict[int, list[NotebookNode]] = {}
        self._sizes: dict[int, int] = {}

    def keep(self, index: int, entries: list, error: tuple[str, str] | None, note: str = "") -> None:
        """Keep what a cell has printed, and the kind and message of its error, instead of what it had."""
        self._sizes.pop(index, None)
        left = _MOST - sum(self._sizes.values())
        kept, complete = _cut(entries, min(_MOST_OF_A_CELL, left))
        if error and left < _MOST_OF_A_CELL:
            error = error[0], error[1][:100]
        said = [note, "" if complete else _LEFT_OUT]
        self.outputs[index] = plain(kept, error, "\n".join(filter(None, said)))
        self._sizes[index] = sum(len(entry["text"]) for entry in kept) + sum(map(len, error or ()))


def plain(entries: list, error: tuple[str, str] | None, note: str = "") -> list[NotebookNode]:
    """The outputs of a learner's cell: plain text, whatever it tried to show."""
    made: list[dict] = []
    for entry in entries if isinstance(entries, list) else []:
        text = str(entry.get("text", ""))[:10_000] if isinstance(entry, dict) else ""
        name = "stderr" if isinstance(entry, dict) and entry.get("stream") == "stderr" else "stdout"
        made.append(
            {"output_type": "stream", "name": name, "text": text if text.endswith("\n") else f"{text}\n"}
        )
    if note:
        made.append({"output_type": "stream", "name": "stderr", "text": f"{note}\n"})
    if error:
        said = f"{error[0]}: {error[1]}"[:2000]
        made.append(
            {"output_type": "error", "ename": str(error[0])[:60], "evalue": said, "traceback": [said]}
        )
    return [from_dict(output) for output in made]


def _cut(entries: list, room: int) -> tuple[list[dict], bool]:
    """The first entries, as far as there is room, and whether these are all."""
    kept: list[dict] = []
    for entry in entries if isinstance(entries, list) else []:
        if room <= 0:
            return kept, False
        if isinstance(entry, dict) and isinstance(entry.get("text"), str):
            text = entry["text"][:room]
            kept.append({"stream": entry.get("stream"), "text": text})
            room -= len(text) + 50  # an empty one takes some room as well
    return kept, room > 0
