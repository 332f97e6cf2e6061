# SPDX-License-Identifier: Apache-2.0
"""What a kernel calls: functions that call themselves, the heap, the operating system, or nothing
that is there."""

from hlscheck.findings import location_of
from hlscheck.libclang import cindex
from hlscheck.nodes import Kind

ALLOCATE = {"malloc", "calloc", "realloc", "free", "alloca", "aligned_alloc", "posix_memalign",
            "memalign", "valloc", "strdup", "operator new", "operator new[]", "operator delete",
            "operator delete[]", "__builtin_alloca", "__builtin_operator_new",
            "__builtin_operator_delete"}

# What Vitis HLS ignores, as it only shows something.
IGNORED = {"printf", "fprintf", "puts", "putchar", "__assert_fail"}

# The functions of the C library that have a synthesized form, those of <cmath> without suffix.
SYNTHESIZED = {
    "abs", "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "ceil", "copysign",
    "cos", "cosh", "erf", "erfc", "exp", "exp2", "expm1", "fabs", "fdim", "floor", "fma", "fmax",
    "fmin", "fmod", "frexp", "hypot", "ilogb", "ldexp", "lgamma", "llrint", "llround", "log",
    "log10", "log1p", "log2", "logb", "lrint", "lround", "modf", "nan", "nearbyint", "nextafter",
    "pow", "remainder", "remquo", "rint", "round", "scalbn", "sin", "sinh", "sqrt", "tan", "tanh",
    "tgamma", "trunc", "isfinite", "isinf", "isnan", "signbit", "isnormal", "labs", "llabs",
    "memcpy", "memset",
}


def check(kernel, findings):
    _check_recursion(kernel, findings)
    for function in kernel.reached.functions.values():
        for node, cursor in function.outside:
            _check_outside(kernel, function, node, cursor, findings)


def _check_outside(kernel, function, node, cursor, findings):
    name = cursor.spelling
    where = function.where(node)
    file = cursor.location.file
    plain = name[:-1] if name[-1:] in ("f", "l") else name
    known = name in SYNTHESIZED or plain in SYNTHESIZED or name in IGNORED
    if name in ALLOCATE:
        findings.report("dynamic-memory", where, f"{name}() takes or gives back memory")
    elif name.startswith("__throw_"):
        findings.report("exceptions", where, f"{name}() throws")
    elif name.startswith("__builtin_") or cursor.is_default_method() or \
            cursor.is_pure_virtual_method():
        return
    elif file is None or kernel.sources.own(file.name):
        findings.report("undefined-function", where, f"{name}() is declared, but not defined")
    elif not known and not kernel.sources.vendors(file.name):
        findings.report("system-call", where, f"{name}() belongs to the host's libraries")


def _check_recursion(kernel, findings):
    """Reports each call that leads back to the function it is in, unless it or every way to it is
    evaluated by the compiler."""
    functions = kernel.reached.functions
    live = _live(kernel)
    for key in live:
        reached = set()
        pending = [callee for node, callee in functions[key].calls]
        while pending:
            callee = pending.pop()
            if callee not in reached:
                reached.add(callee)
                pending.extend(each for _, each in functions[callee].calls)
        if key in reached:
            function = functions[key]
            findings.report("recursion", function.site or location_of(function.cursor),
                            f"{function.name}() calls itself, directly or through others")


def _live(kernel):
    """The functions that are called at run time: those only named in constants do not remain."""
    functions = kernel.reached.functions
    live = set()
    pending = [next(iter(functions))]
    while pending:
        key = pending.pop()
        if key not in live:
            live.add(key)
            function = functions[key]
            pending.extend(callee for node, callee in function.calls
                           if not _in_constant(kernel, function, node))
    return live


def _in_constant(kernel, function, node):
    """True inside of a constexpr variable's initializer or a static assertion."""
    for each in node.ancestors():
        if each.kind == Kind.STATIC_ASSERT:
            return True
        if each.kind == Kind.VAR_DECL and function.own:
            statement = each.parent
            words = kernel.tokens(function).between(statement.start, each.end)
            return any(word.kind == cindex.TokenKind.KEYWORD and word.spelling == "constexpr"
                       for word in words)
    return False
