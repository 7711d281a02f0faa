"""What a part of the learning has to say on the page of progress: a title and a few sentences."""

from dataclasses import dataclass

from helpers.learning.quiet import with_code


@dataclass(frozen=True)
class Section:
    """A title over sentences, in which `backticks` enclose code."""

    title: str
    lines: tuple[str, ...]

    def text(self) -> str:
        """The section as lines of text."""
        return "\n".join([f"{self.title}:", *(f"  {line}" for line in self.lines)])

    def html(self) -> str:
        """The section as HTML."""
        lines = "".join(f"<li>{with_code(line)}</li>" for line in self.lines)
        return f"<p style='margin: 8px 0 0 0'><b>{with_code(self.title)}</b></p><ul>{lines}</ul>"
