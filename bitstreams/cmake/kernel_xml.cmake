# SPDX-License-Identifier: Apache-2.0

# kernel_xml(VARIABLE KERNEL DATA_WIDTH): the kernel.xml of an RTL kernel (UG1393, "RTL Kernel XML
# File"), every offset from the kernel's descriptor.
function(kernel_xml variable kernel data_width)
  set(json "${descriptor_${kernel}}")
  string(JSON control GET "${json}" control)
  set(ports "")
  set(arguments "")
  string(JSON count LENGTH "${json}" arguments)
  math(EXPR last "${count} - 1")
  foreach(i RANGE ${last})
    foreach(member name bundle offset)
      json_get(${member} "${json}" arguments ${i} ${member})
    endforeach()
    if(bundle)
      set(port m_axi_${bundle})
      set(bytes 0x8)
      set(qualifier 1)
      set(type "void*")
      list(APPEND ports "      <port name=\"${port}\" mode=\"master\" range=\"0xFFFFFFFFFFFFFFFF\" \
dataWidth=\"${data_width}\" portType=\"addressable\" base=\"0x0\"/>\n")
    else()
      set(port s_axi_control)
      set(bytes 0x4)
      set(qualifier 0)
      set(type "int")
    endif()
    string(APPEND arguments "      <arg name=\"${name}\" addressQualifier=\"${qualifier}\" \
id=\"${i}\" port=\"${port}\" size=\"${bytes}\" offset=\"${offset}\" type=\"${type}\" \
hostOffset=\"0x0\" hostSize=\"${bytes}\"/>\n")
  endforeach()
  list(REMOVE_DUPLICATES ports)
  list(JOIN ports "" ports)
  set(${variable} "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<root versionMajor=\"1\" versionMinor=\"6\">
  <kernel name=\"${kernel}\" language=\"ip_c\" vlnv=\"fabriq:kernel:${kernel}:1.0\" \
attributes=\"\" preferredWorkGroupSizeMultiple=\"0\" workGroupSize=\"1\" interrupt=\"true\" \
hwControlProtocol=\"${control}\">
    <ports>
      <port name=\"s_axi_control\" mode=\"slave\" range=\"0x1000\" dataWidth=\"32\" \
portType=\"addressable\" base=\"0x0\"/>
${ports}    </ports>
    <args>
${arguments}    </args>
  </kernel>
</root>
" PARENT_SCOPE)
endfunction()
