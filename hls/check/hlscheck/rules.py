# SPDX-License-Identifier: Apache-2.0
"""The rules: what Vitis HLS does about each, and the remedy. Sources: ../README.md."""

from collections import namedtuple

Rule = namedtuple("Rule", "why remedy")

RULES = {
    "compiler": Rule(
        "Vitis HLS compiles with clang, which says so.",
        "Make it compile without warnings with -std=c++14 and -D__SYNTHESIS__."),

    # The language.
    "dynamic-memory": Rule(
        "Hardware has no heap: synthesis fails.",
        "Use an array of fixed size, static if it must outlive the call."),
    "recursion": Rule(
        "Hardware has no stack: synthesis of recursive functions fails.",
        "Use a loop, templates, or a constexpr variable where the value is constant."),
    "std-library": Rule(
        "Classes of the standard library allocate and recurse, and are not synthesized.",
        "Use arrays, structs and hls::stream."),
    "exceptions": Rule(
        "Exceptions are not synthesized.",
        "Let the host check the arguments before the call."),
    "run-time-types": Rule(
        "Run-time type information is not synthesized.",
        "Use templates."),
    "virtual-function": Rule(
        "Vitis HLS reports virtual functions as not supported.",
        "Use templates."),
    "function-pointer": Rule(
        "Pointers to functions are not supported.",
        "Pass a functor's type as a template argument."),
    "pointer-to-pointer": Rule(
        "Pointers to pointers are not supported.",
        "Use an array of arrays, or an index."),
    "pointer-cast": Rule(
        "Only casts between pointers to native types are supported.",
        "Convert values, or use a union."),
    "system-call": Rule(
        "Calls of the operating system cannot be synthesized.",
        "Keep them in the testbench, or under #ifndef __SYNTHESIS__."),
    "undefined-function": Rule(
        "The design must hold all of its functions: synthesis fails.",
        "Include the definition."),
    "inline-assembly": Rule(
        "Assembly is not synthesized.",
        "Keep it under #ifndef __SYNTHESIS__."),

    # What costs.
    "division": Rule(
        "A divider makes one bit per cycle; pipelined, it is as many subtractors.",
        "Divide by constant powers of two; mask or shift where a variable is one."),
    "double-precision": Rule(
        "A binary64 operator takes several times the DSPs and LUTs of a binary32 one.",
        "Use float, and literals with f."),

    # Loops.
    "loop-tripcount": Rule(
        "The latency of a loop with variable bounds is reported as `?`, and so is that of all "
        "around it.",
        "Put `#pragma HLS LOOP_TRIPCOUNT min = ... max = ...` first in its body."),
    "unroll-bound": Rule(
        "Such a loop is not unrolled completely (message 200-936).",
        "Give it constant bounds and a condition inside, or a factor."),
    "pipeline-bound": Rule(
        "Pipelining unrolls all loops inside; as this one cannot be, nothing is pipelined.",
        "Give the inner loop constant bounds, or pipeline that one."),

    # Pragmas.
    "pragma-directive": Rule(
        "Vitis HLS ignores unknown pragmas with a warning.",
        "Spell it as in UG1399, chapter HLS Pragmas."),
    "pragma-option": Rule(
        "Vitis HLS ignores a pragma with an option that it does not expect.",
        "Spell it as in UG1399, chapter HLS Pragmas."),
    "pragma-value": Rule(
        "Vitis HLS ignores the pragma, or stops.",
        "Give a value of UG1399, chapter HLS Pragmas; for numbers a constant in scope."),
    "pragma-place": Rule(
        "Vitis HLS ignores a pragma in the wrong scope; outside of functions it stops.",
        "Move it into the body that it is about."),
    "pragma-variable": Rule(
        "Vitis HLS ignores a pragma about a variable that is not in scope or of the wrong kind.",
        "Name a variable declared before it."),
    "pragma-dimension": Rule(
        "Vitis HLS ignores the pragma: the array stays in one memory and limits the loop.",
        "Dimensions count from 1 at the left; 0 is all of them."),
    "pragma-binding": Rule(
        "Vitis HLS stops: it has no such implementation.",
        "Take a pair from the tables of BIND_OP and BIND_STORAGE in UG1399."),
    "pragma-macro": Rule(
        "What a macro expands to cannot be checked here.",
        "Write the pragma where it belongs."),

    # Task-level pipelining.
    "dataflow-loop": Rule(
        "Vitis HLS warns that the DATAFLOW loop is not canonical and may run it in sequence.",
        "Write for (T i = 0; i < bound; ++i), bound a constant or a parameter of the function."),
    "dataflow-body": Rule(
        "Vitis HLS warns that the DATAFLOW region is not canonical and may run it in sequence.",
        "Only declare variables and call void functions with these, parameters and constants."),
    "dataflow-channel": Rule(
        "A channel takes one process that writes and a later one that reads; else the region "
        "runs in sequence, or deadlocks.",
        "Give each pair of processes a stream of its own."),

    # The kernel's interface.
    "top-function": Rule(
        "v++ finds a kernel by its C name.",
        "Declare it extern \"C\" void."),
    "interface-port": Rule(
        "Vitis HLS ignores an INTERFACE pragma whose port is no parameter, or takes one of two.",
        "Give every parameter its own."),
    "interface-missing": Rule(
        "Vitis HLS chooses a default, which the host's register map need not match.",
        "Pointers: m_axi with bundle, depth, offset=slave, and s_axilite. Scalars and return: "
        "s_axilite."),
    "interface-control": Rule(
        "XRT starts kernels through one s_axilite interface with one protocol.",
        "Give return one of ap_ctrl_chain and ap_ctrl_hs, and s_axilite one bundle, no offsets."),
    "descriptor": Rule(
        "The host writes the registers of the descriptor, Vitis HLS makes those of the source.",
        "Make source and descriptor agree."),
}
