"""Whether a function has been written yet."""

import dis
import types


def is_blank(function: object) -> bool:
    """Whether a function does nothing but return None or `...`: the stub as it was handed out."""
    code = getattr(function, "__code__", None)
    if not isinstance(code, types.CodeType):
        return False
    steps = [step for step in dis.get_instructions(code) if step.opname not in {"RESUME", "NOP", "CACHE"}]
    names = {step.opname for step in steps}
    loads = {repr(step.argval) for step in steps if step.opname in {"LOAD_CONST", "RETURN_CONST"}}
    return names <= {"LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"} and loads <= {"None", "Ellipsis"}
