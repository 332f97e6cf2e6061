# SPDX-License-Identifier: Apache-2.0
"""Whether the variables of a pragma are in scope, and of the kind and shape that it needs."""

from hlscheck.directives import DIRECTIVES, INTEGER, OPERATIONS, VARIABLE
from hlscheck.libclang import constant
from hlscheck.nodes import Kind
from hlscheck.scope import Type, is_stream, resolve, template_constants, visible
from hlscheck.spelling import number, value_of

TYPES = {Type.FLOAT: "float", Type.DOUBLE: "double", Type.HALF: "half"}


def check(kernel, binding, findings):
    names = kernel.globals()
    for pragma, function, compound in binding.bound:
        directive = DIRECTIVES.get(pragma.directive)
        if directive is None or directive.instead is not None:
            continue
        variables = visible(function, compound, pragma.offset, names)
        for option in pragma.options:
            kind = directive.options.get(option.name)
            if kind == VARIABLE and pragma.directive != "interface" and option.words:
                for name in option.items():
                    _check_variable(pragma, option, name, variables, findings)
            elif (kind == INTEGER or option.name in ("depth", "latency")) and option.words:
                _check_number(option, variables, function, findings)
        if pragma.directive == "allocation" and value_of(pragma, "type") != "operation":
            _check_instances(kernel, pragma, function, findings)


def _check_number(option, variables, function, findings):
    """A name in a number's place must stand for a constant; expressions are taken as they are."""
    text = option.text()
    if not text.isidentifier() or text in template_constants(function):
        return
    found = variables.get(text)
    initial = [each for each in found.get_children() if each.kind.is_expression()] if found else []
    if not initial or constant(initial[-1]) is None:
        findings.report("pragma-value", option.location,
                        f"{option.name} is {text}, no constant in scope")


def _check_variable(pragma, option, name, variables, findings):
    found = resolve(name, variables)
    title = pragma.directive.upper()
    if found is None:
        findings.report("pragma-variable", option.location, f"{title} names {name}, not in scope")
        return

    def need(condition, kind):
        if not condition:
            findings.report("pragma-variable", option.location, f"{title} needs {kind}, {name} is "
                            f"{found.cursor.type.spelling}")

    stream = is_stream(found.element)
    if pragma.directive in ("array_partition", "array_reshape"):
        need(found.dimensions, "an array")
        _check_dimension(pragma, name, found, findings)
    elif pragma.directive == "stream":
        need(found.dimensions or stream, "an hls::stream or an array")
    elif pragma.directive == "bind_storage":
        need(found.dimensions or stream, "an array or a stream")
        need(not stream or value_of(pragma, "type") == "fifo", "an array, or type=fifo")
    elif pragma.directive in ("aggregate", "disaggregate"):
        need(found.element.kind == Type.RECORD, "a struct or an array of structs")
    elif pragma.directive == "bind_op":
        operation = pragma.text("op", "").lower()
        kind = next((each for each, group in OPERATIONS.items() if operation in group), None)
        need(kind is None or TYPES.get(found.element.kind, "integer") == kind, f"a {kind} variable")
    elif pragma.directive == "function_instantiate":
        need(found.cursor.kind == Kind.PARM_DECL, "a parameter")


def _check_dimension(pragma, name, found, findings):
    dimension = number(pragma.text("dim", "1"), int)
    factor = number(pragma.text("factor", "1"), int)
    if dimension is None or not found.dimensions:
        return
    place = (pragma.option("dim") or pragma.option("factor") or pragma).location
    if not 0 <= dimension <= len(found.dimensions):
        findings.report("pragma-dimension", place, f"dim is {dimension}, but {name} has "
                        f"{len(found.dimensions)}")
        return
    sizes = found.dimensions if dimension == 0 else [found.dimensions[dimension - 1]]
    for size in sizes:
        if size is not None and factor is not None and not 1 <= factor <= size:
            findings.report("pragma-dimension", place, f"factor is {factor}, but this dimension of "
                            f"{name} has {size} elements")


def _check_instances(kernel, pragma, function, findings):
    called = {kernel.reached.functions[callee].name for _, callee in function.calls}
    option = pragma.option("instances")
    for name in option.items() if option else ():
        if name.split("<")[0].split("::")[-1] not in called:
            findings.report("pragma-variable", option.location,
                            f"ALLOCATION limits {name}(), which {function.name}() does not call")
