# SPDX-License-Identifier: Apache-2.0
"""The top function's ports: that each parameter has its INTERFACE pragmas, and that names, order,
types and register offsets are those of the descriptor."""

from hlscheck.findings import location_of
from hlscheck.scope import REFERENCES, Type
from hlscheck.spelling import mode_of, number

FIRST_OFFSET = 0x10
CONTROLS = ("ap_ctrl_chain", "ap_ctrl_hs", "ap_ctrl_none")
POINTERS = {Type.POINTER, Type.INCOMPLETEARRAY, Type.CONSTANTARRAY, *REFERENCES}
REQUIRED = ("bundle", "depth", "offset")


def check(kernel, binding, findings):
    ports = {}
    names = [each.spelling for each in kernel.top.get_arguments()] + ["return"]
    for pragma, function, _ in binding.bound:
        if pragma.directive != "interface" or function.cursor != kernel.top:
            continue
        mode = mode_of(pragma)
        option = pragma.option("port")
        for name in option.items() if option else ():
            if name not in names:
                findings.report("interface-port", option.location,
                                f"{name} is no parameter of {kernel.top.spelling}()")
            elif (name, mode) in ports:
                findings.report("interface-port", option.location, f"{name} is {mode} twice")
            ports[name, mode] = pragma
    for parameter in kernel.top.get_arguments():
        _check_parameter(parameter, ports, findings)
    _check_control(kernel, ports, findings)
    _check_top(kernel.top, findings)
    _check_descriptor(kernel, ports, findings)


def is_pointer(parameter):
    return parameter.type.get_canonical().kind in POINTERS


def _check_parameter(parameter, ports, findings):
    name = parameter.spelling
    where = location_of(parameter)
    if (name, "s_axilite") not in ports:
        findings.report("interface-missing", where, f"{name} has no s_axilite port")
    memory = ports.get((name, "m_axi"))
    if not is_pointer(parameter):
        if memory is not None:
            findings.report("interface-port", memory.location, f"{name} is m_axi, but no pointer")
    elif memory is None:
        findings.report("interface-missing", where, f"the pointer {name} has no m_axi port")
    else:
        for option in REQUIRED:
            if memory.option(option) is None:
                findings.report("interface-missing", memory.location,
                                f"the m_axi port {name} has no {option}")
        if memory.text("offset", "slave").lower() != "slave":
            findings.report("interface-missing", memory.option("offset").location,
                            f"the m_axi port {name} has offset={memory.text('offset')}, not slave")


def _check_control(kernel, ports, findings):
    where = location_of(kernel.top)
    if ("return", "s_axilite") not in ports:
        findings.report("interface-missing", where, "return has no s_axilite port")
    controls = [mode for name, mode in ports if name == "return" and mode in CONTROLS]
    if len(controls) != 1 or controls[0] == "ap_ctrl_none":
        findings.report("interface-control", where,
                        f"return has {' and '.join(controls) or 'no control protocol'}")
    lite = {name: each for (name, mode), each in ports.items() if mode == "s_axilite"}
    if len({each.text("bundle") for each in lite.values()}) > 1:
        findings.report("interface-control", where, "the s_axilite ports have several bundles")
    for name, pragma in lite.items():
        if pragma.option("offset") is not None:
            findings.report("interface-control", pragma.option("offset").location,
                            f"the s_axilite port {name} has an offset, which v++ chooses")
    expected = kernel.descriptor["control"]
    if len(controls) == 1 and controls[0] != expected:
        findings.report("descriptor", ports["return", controls[0]].location,
                        f"the control protocol is {controls[0]}, by the descriptor {expected}")


def _check_top(top, findings):
    if top.mangled_name != top.spelling:
        findings.report("top-function", location_of(top),
                        f"{top.spelling}() has the C++ name {top.mangled_name}")
    if top.result_type.get_canonical().kind != Type.VOID:
        findings.report("top-function", location_of(top),
                        f"{top.spelling}() returns {top.result_type.spelling}")


def _register_bytes(parameter):
    """What Vitis HLS reserves: the value in words of 4 bytes, an address in two, and one more."""
    size = 8 if is_pointer(parameter) else parameter.type.get_canonical().get_size()
    return 4 * ((size + 3) // 4 + 1)


def _check_descriptor(kernel, ports, findings):
    described = kernel.descriptor["arguments"]
    parameters = list(kernel.top.get_arguments())
    where = location_of(kernel.top)
    if len(described) != len(parameters):
        findings.report("descriptor", where, f"{kernel.top.spelling}() has {len(parameters)} "
                        f"parameters, the descriptor {len(described)}")
    offset = FIRST_OFFSET
    for parameter, argument in zip(parameters, described):
        memory = ports.get((parameter.spelling, "m_axi"))
        found = {"name": parameter.spelling, "type": parameter.type.spelling,
                 "kind": "pointer" if is_pointer(parameter) else "scalar",
                 "bundle": memory.text("bundle") if memory else None, "offset": f"0x{offset:02x}"}
        for key, value in found.items():
            if argument.get(key) != value:
                findings.report("descriptor", location_of(parameter),
                                f"the {key} of {parameter.spelling} is {value}, by the descriptor "
                                f"{argument.get(key)}")
        offset += _register_bytes(parameter)
    counters = kernel.descriptor.get("cycle_counters")
    if counters is not None and (number(str(counters), int) or 0) < offset:
        findings.report("descriptor", where, f"the registers end at 0x{offset:02x}, behind the "
                        f"cycle_counters of the descriptor at {counters}")

