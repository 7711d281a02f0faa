"""Which variant a student gets is known outside during grading."""


def use(**chosen: str) -> None:
    """Nothing: what a notebook says about itself does not count."""
