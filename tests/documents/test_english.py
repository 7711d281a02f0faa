"""Phrases that make English read like a translation are kept out of code, lessons and documents."""

import functools
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRITTEN = {".py", ".md", ".js", ".css", ".toml", ".yml", ".yaml", ".cff"}
GENERATED = ("solutions/", "notebooks/", "docs/attacks.md")
NOUNS = (
    "array|bias|digit|edit|error|figure|file|function|generator|image|integer|lesson|list|mistake|multiple|name|"
    "notebook|number|pixel|problem|reason|script|slip|string|text|whole"
)
PHRASES = {
    "is no number (is not a number)": rf"(?<![Tt]here )\b(is|are|was|were|be|been) no ({NOUNS})s?\b",
    "is_no_number (is_not_a_number)": r"(?<!there)_(is|are)_no_(?!longer|more|wider|better)",
    "has not four (does not have four)": r"\b(has|have) not (a|an|any|the|two|three|four|five|its|\d+)\b",
    "whoever (if you, those who)": r"\b[Ww]hoever\b",
    "hangs on (depends on)": r"\bhang(s|ing)? on\b",
    "belongs into (belongs in)": r"\bbelongs? into\b",
    "to be had (available)": r"\bto be had\b",
    "stands in for (is used instead of)": r"\b(stand|stands|stood) in for\b",
    "so many numbers (values)": r"\b[Ss]o many (numbers|values|images)\b",
    "how many they are (how many there are)": r"\bhow many they are\b",
    "there and back (in both directions)": r"\b(there|once) and (once )?back\b",
    "upon (after)": r"\bupon\b",
    "quite other (entirely different)": r"\bquite other\b",
    "lies in wait (there is a trap)": r"\b(lie|lies) in wait\b",
    "near by it holds (for small)": r"\bNear by\b",
    "foretold (predicted)": r"\bforet(old|ell)",
    "swings a second (hertz)": r"\bswings? a second\b",
    "errs (makes errors)": r"\berrs\b",
    "heaps (sets)": r"\b[Hh]eaps\b",
    "of 100 (percent)": r"\b(share|right|wrong|errors?|answers) of 100\b",
    "a help, no must": r"\bno must\b",
    "your rights (your permissions)": r"\byour rights\b",
    "a world of one's own": r"\bworld of (one's|its|your) own\b",
    "one's own (your own)": r"\bof one's own\b",
    "has not got (does not have)": r"\b(has|have) not (yet )?got\b",
    "save that (except that)": r", save (that|a|an|for)\b",
    "said of (said about)": r"\b(say|says|said) of (it|them|that|this|each|some|a|an|the)\b",
    "knows of (knows about)": r"\bknows of (a|an|the|its)\b",
    "as it must (as it should)": r"\bas (it|they) must\b(?! be\b)",
    "marks are given (during grading)": r"\bmarks are given\b",
    "in small letters (in lower case)": r"\bin small letters\b",
    "shall become (should become)": r"\bshall (be|become|end|go|have)\b",
    "where it stands (where it is)": (
        r"\b[Ww]here(ver)? (it|they|everything|(the|a) (?!class )(\w+ )?\w+) stands?\b"
    ),
    "stands in the row (is in the row)": r"\b(stands?|stood) (in|at|under|on|below|beside) (the|a|its|one)\b",
    "beside the map (next to the map)": r"\b[Bb]eside (it|its|them|what|those|yours|the|an?|old)\b",
    "as far indented (indented the same way)": r"\bas far indented\b",
    "met by a learner (seen)": r"\bas (a|the) learners? meets?\b",
    "commas too many (too many commas)": r"\b(commas|brackets|parentheses|blanks) too (many|few)\b",
    "values within values (nested values)": r"\bvalues within values\b",
}


@functools.cache
def written_lines():
    """Every line that people write, as git knows them: the file's name, the line's number, and its text."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    lines = []
    for name in listed.split():
        if Path(name).suffix in WRITTEN and not name.startswith(GENERATED) and ROOT / name != Path(__file__):
            lines += [(name, *one) for one in enumerate((ROOT / name).read_text("utf-8").splitlines(), 1)]
    return lines


@pytest.mark.parametrize("phrase", PHRASES)
def test_no_text_reads_like_a_translation(phrase):
    pattern = re.compile(PHRASES[phrase])
    found = [
        f"{name}:{number}: {line.strip()}" for name, number, line in written_lines() if pattern.search(line)
    ]
    assert not found, "\n".join(found)
