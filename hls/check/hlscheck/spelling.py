# SPDX-License-Identifier: Apache-2.0
"""Whether a pragma is one of Vitis HLS's, with options and values that it has."""

from hlscheck.directives import (BARE, DIRECTIVES, FLAG, INTEGER, INTERFACE_MODES, NUMBER,
                                 OPERATIONS, STORAGE)


def check(kernel, findings):
    for pragma in kernel.pragmas:
        if pragma.macro:
            findings.report("pragma-macro", pragma.location, "a macro holds a pragma")
        elif pragma.family != "HLS":
            findings.report("pragma-directive", pragma.location,
                            f"`#pragma {pragma.family}` is not `#pragma HLS`")
        elif pragma.directive not in DIRECTIVES:
            findings.report("pragma-directive", pragma.location,
                            f"there is no directive {pragma.directive.upper() or 'without a name'}")
        elif DIRECTIVES[pragma.directive].instead is not None:
            findings.report("pragma-directive", pragma.location,
                            f"{pragma.directive.upper()} is gone; "
                            f"{DIRECTIVES[pragma.directive].instead} took its place")
        else:
            _check_options(pragma, findings)
            _check_meaning(pragma, findings)


def mode_of(pragma):
    """The mode of an INTERFACE pragma, in lower case; None without a known one."""
    named = pragma.text("mode")
    if named is not None:
        return named.lower() if named.lower() in INTERFACE_MODES else None
    return next((each.name for each in pragma.options if each.name in INTERFACE_MODES), None)


def value_of(pragma, name):
    """The value of an option that may stand without its name, in lower case; None if absent."""
    named = pragma.text(name)
    if named is not None:
        return named.lower()
    values = DIRECTIVES[pragma.directive].options[name]
    return next((each.name for each in pragma.options if each.name in values), None)


def _check_options(pragma, findings):
    directive = DIRECTIVES[pragma.directive]
    allowed = directive.options
    bare = set()
    if pragma.directive == "interface":
        mode = mode_of(pragma)
        if mode is None:
            findings.report("pragma-value", pragma.location, "INTERFACE without one of the modes "
                            + ", ".join(sorted(INTERFACE_MODES)))
            return
        allowed = INTERFACE_MODES[mode]
        bare = set(INTERFACE_MODES)
    else:
        for name in BARE.get(pragma.directive, ()):
            bare.update(allowed[name])
    given = set()
    for option in pragma.options:
        if option.name in given:
            findings.report("pragma-option", option.location, f"{option.name} is given twice")
        given.add(option.name)
        if option.words is None and option.name in bare:
            given.update(name for name in BARE[pragma.directive]
                         if pragma.directive == "interface" or option.name in allowed[name])
        elif option.name not in allowed:
            findings.report("pragma-option", option.location,
                            f"{pragma.directive.upper()} has no option {option.name}")
        else:
            _check_value(option, allowed[option.name], findings)
    for name in directive.required:
        if name not in given:
            findings.report("pragma-option", pragma.location,
                            f"{pragma.directive.upper()} lacks {name}")


def _check_value(option, kind, findings):
    text = option.text()
    if kind == FLAG:
        if option.words is not None and text.lower() not in ("true", "false"):
            findings.report("pragma-value", option.location,
                            f"{option.name} is {text}, but takes none")
    elif not text:
        findings.report("pragma-value", option.location, f"{option.name} has no value")
    elif isinstance(kind, tuple) and text.lower() not in kind:
        findings.report("pragma-value", option.location,
                        f"{option.name} is {text}, not one of {', '.join(kind)}")
    elif kind in (INTEGER, NUMBER) and text[0].isdigit():
        kind = int if kind == INTEGER else float
        if number(text, kind) is None:
            findings.report("pragma-value", option.location,
                            f"{option.name} is {text}, no {kind.__name__}")


def number(text, kind):
    """The value of a literal of a kind, int or float; None for anything else."""
    try:
        return int(text, 0) if kind is int else float(text)
    except ValueError:
        return None


def _check_meaning(pragma, findings):
    def report(rule, what):
        findings.report(rule, pragma.location, what)

    if pragma.directive == "loop_tripcount":
        counts = [number(pragma.text(each, ""), int) for each in ("min", "avg", "max")]
        counts = [each for each in counts if each is not None]
        if counts != sorted(counts):
            report("pragma-value", "min, avg and max are not in this order: "
                   + ", ".join(str(each) for each in counts))
    elif pragma.directive in ("array_partition", "array_reshape"):
        if value_of(pragma, "type") in ("block", "cyclic") and pragma.option("factor") is None:
            report("pragma-option", f"{pragma.directive.upper()} in blocks or cycles lacks factor")
    elif pragma.directive == "bind_op":
        operation, implementation = pragma.text("op", "").lower(), pragma.text("impl", "").lower()
        known = {name: each for group in OPERATIONS.values() for name, each in group.items()}
        _check_pair(report, "op", operation, implementation, known)
    elif pragma.directive == "bind_storage":
        kind, implementation = pragma.text("type", "").lower(), pragma.text("impl", "").lower()
        _check_pair(report, "type", kind, implementation, STORAGE)


def _check_pair(report, name, value, implementation, known):
    if value not in known:
        report("pragma-binding", f"{name} is {value}, not one of {', '.join(sorted(known))}")
    elif implementation and implementation not in known[value]:
        report("pragma-binding", f"{name}={value} with impl={implementation}, not one of "
               + ", ".join(known[value]))
