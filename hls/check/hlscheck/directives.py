# SPDX-License-Identifier: Apache-2.0
"""The HLS directives, their options and values: UG1399, chapter HLS Pragmas, and the tables of
the vendor's front end (github.com/Xilinx/hls-llvm-project, XlxPragmaOption.td)."""

from collections import namedtuple

# What a value may be; a tuple is a list of names to choose from.
FLAG, INTEGER, NUMBER, NAME, VARIABLE = "flag", "integer", "number", "name", "variable"

# Where a pragma may stand.
ANYWHERE, LOOP, LOOP_OR_FUNCTION, FOR_OR_FUNCTION, REGION, FUNCTION, TOP = (
    "a function", "a loop's body", "a loop's or function's body", "a for loop's or function's body",
    "a region inside a function", "a function's body", "the top function's body")

# instead: what took the place of a directive that Vitis HLS no longer has.
Directive = namedtuple("Directive", "place options required instead", defaults=((), None))

ARRAY = {"variable": VARIABLE, "factor": INTEGER, "dim": INTEGER,
         "type": ("block", "cyclic", "complete"), "off": FLAG}

DIRECTIVES = {
    "aggregate": Directive(ANYWHERE, {"variable": VARIABLE,
                                      "compact": ("bit", "byte", "none", "auto")}, ("variable",)),
    "alias": Directive(TOP, {"ports": VARIABLE, "offset": NAME, "distance": NAME}, ("ports",)),
    "allocation": Directive(ANYWHERE, {"instances": NAME, "limit": INTEGER,
                                       "type": ("function", "operation")}, ("instances", "limit")),
    "array_partition": Directive(ANYWHERE, ARRAY, ("variable",)),
    "array_reshape": Directive(ANYWHERE, {**ARRAY, "object": FLAG}, ("variable",)),
    "array_stencil": Directive(ANYWHERE, {"variable": VARIABLE, "off": FLAG}, ("variable",)),
    "bind_op": Directive(ANYWHERE, {"variable": VARIABLE, "op": NAME, "impl": NAME,
                                    "latency": INTEGER}, ("variable", "op")),
    "bind_storage": Directive(ANYWHERE, {"variable": VARIABLE, "type": NAME, "impl": NAME,
                                         "latency": INTEGER}, ("variable", "type")),
    "cache": Directive(TOP, {"port": VARIABLE, "lines": INTEGER, "depth": INTEGER, "ways": INTEGER,
                             "users": INTEGER}, ("port",)),
    "dataflow": Directive(FOR_OR_FUNCTION, {"disable_start_propagation": FLAG}),
    "dependence": Directive(ANYWHERE, {
        "variable": VARIABLE, "class": ("array", "pointer"), "type": ("intra", "inter"),
        "direction": ("raw", "war", "waw"), "distance": INTEGER, "dependent": ("true", "false")}),
    "disaggregate": Directive(ANYWHERE, {"variable": VARIABLE}, ("variable",)),
    "expression_balance": Directive(ANYWHERE, {"off": FLAG}),
    "function_instantiate": Directive(FUNCTION, {"variable": VARIABLE}, ("variable",)),
    "inline": Directive(ANYWHERE, {"off": FLAG, "recursive": FLAG}),
    "interface": Directive(TOP, {"mode": NAME, "port": VARIABLE}, ("mode", "port")),
    "latency": Directive(ANYWHERE, {"min": INTEGER, "max": INTEGER}),
    "loop_flatten": Directive(LOOP, {"off": FLAG}),
    "loop_merge": Directive(ANYWHERE, {"force": FLAG}),
    "loop_tripcount": Directive(LOOP, {"min": INTEGER, "max": INTEGER, "avg": INTEGER}, ("max",)),
    "occurrence": Directive(REGION, {"cycle": INTEGER, "off": FLAG}),
    "performance": Directive(LOOP_OR_FUNCTION, {"target_ti": NUMBER, "target_tl": NUMBER,
                                                "unit": ("cycle", "sec")}),
    "pipeline": Directive(LOOP_OR_FUNCTION, {"ii": INTEGER, "style": ("stp", "flp", "frp"),
                                             "rewind": FLAG, "off": FLAG}),
    "protocol": Directive(ANYWHERE, {"mode": ("floating", "fixed")}),
    "reset": Directive(ANYWHERE, {"variable": VARIABLE, "off": FLAG}, ("variable",)),
    "stable": Directive(ANYWHERE, {"variable": VARIABLE}, ("variable",)),
    "stream": Directive(ANYWHERE, {"variable": VARIABLE, "depth": INTEGER,
                                   "type": ("fifo", "pipo", "shared", "unsync")}, ("variable",)),
    "top": Directive(FUNCTION, {"name": NAME}),
    "unroll": Directive(LOOP, {"factor": INTEGER, "skip_exit_check": FLAG, "off": FLAG}),

    "array_map": Directive(ANYWHERE, {}, (), "nothing"),
    "clock": Directive(ANYWHERE, {}, (), "create_clock"),
    "data_pack": Directive(ANYWHERE, {}, (), "AGGREGATE"),
    "resource": Directive(ANYWHERE, {}, (), "BIND_OP or BIND_STORAGE"),
    "shared": Directive(ANYWHERE, {}, (), "STREAM with type=shared"),
}

# The options whose values may stand alone: `cyclic` is `type=cyclic`.
BARE = {"aggregate": ("compact",), "allocation": ("type",), "array_partition": ("type",),
        "array_reshape": ("type",), "interface": ("mode",), "protocol": ("mode",),
        "dependence": ("class", "type", "direction", "dependent")}

_PORT = {"mode": NAME, "port": VARIABLE, "name": NAME}
_SCALAR = {**_PORT, "register": FLAG, "depth": INTEGER, "latency": INTEGER}
_HANDSHAKE = {**_SCALAR, "interrupt": INTEGER}
_MEMORY = {**_PORT, "depth": INTEGER, "latency": INTEGER, "storage_type": NAME,
           "storage_impl": NAME, "direct_io": FLAG}

# The options of INTERFACE, by mode.
INTERFACE_MODES = {
    "m_axi": {**_PORT, "bundle": NAME, "depth": INTEGER, "offset": ("slave", "direct", "off"),
              "num_read_outstanding": INTEGER, "num_write_outstanding": INTEGER,
              "max_read_burst_length": INTEGER, "max_write_burst_length": INTEGER,
              "latency": INTEGER, "max_widen_bitwidth": INTEGER, "channel": NAME},
    "s_axilite": {**_PORT, "bundle": NAME, "offset": INTEGER, "clock": NAME, "register": FLAG,
                  "storage_impl": NAME, "interrupt": INTEGER},
    "axis": {**_PORT, "bundle": NAME, "register": FLAG, "depth": INTEGER,
             "register_mode": ("forward", "reverse", "off", "both")},
    "ap_memory": _MEMORY, "bram": _MEMORY,
    "ap_none": _SCALAR, "ap_fifo": _SCALAR, "ap_ack": _SCALAR, "ap_vld": _HANDSHAKE,
    "ap_stable": _SCALAR, "ap_hs": _HANDSHAKE, "ap_ovld": _HANDSHAKE,
    "ap_ctrl_none": _PORT, "ap_ctrl_hs": _PORT, "ap_ctrl_chain": _PORT,
}

_DIVIDED = ("fabric", "meddsp", "fulldsp")
_FADD = ("fabric", "fulldsp", "primitivedsp")

# The implementations of each operation of BIND_OP, and what type its operands have.
OPERATIONS = {
    "integer": {"add": ("fabric", "dsp"), "sub": ("fabric", "dsp"), "mul": ("fabric", "dsp")},
    "float": {"fadd": _FADD, "fsub": _FADD, "fdiv": ("fabric",), "fexp": _DIVIDED, "flog": _DIVIDED,
              "fmul": ("fabric", "meddsp", "fulldsp", "maxdsp", "primitivedsp"),
              "fsqrt": ("fabric",), "frsqrt": ("fabric", "fulldsp"),
              "frecip": ("fabric", "fulldsp")},
    "double": {"dadd": ("fabric", "fulldsp"), "dsub": ("fabric", "fulldsp"), "ddiv": ("fabric",),
               "dexp": _DIVIDED, "dlog": _DIVIDED, "dsqrt": ("fabric",), "drsqrt": ("fulldsp",),
               "drecip": ("fulldsp",), "dmul": ("fabric", "meddsp", "fulldsp", "maxdsp")},
    "half": {"hadd": _DIVIDED, "hsub": _DIVIDED, "hdiv": ("fabric",), "hsqrt": ("fabric",),
             "hmul": ("fabric", "fulldsp", "maxdsp")},
}

_MEMORIES = ("auto", "bram", "lutram", "uram")

# The implementations of each type of BIND_STORAGE.
STORAGE = {
    "fifo": ("bram", "lutram", "memory", "srl", "uram"),
    "ram_1p": _MEMORIES, "ram_1wnr": _MEMORIES, "ram_2p": _MEMORIES,
    "ram_s2p": ("bram", "bram_ecc", "lutram", "uram", "uram_ecc"), "ram_t2p": ("bram", "uram"),
    "rom_1p": ("auto", "bram", "lutram"), "rom_2p": ("auto", "bram", "lutram"),
    "rom_np": ("bram", "lutram"),
}
