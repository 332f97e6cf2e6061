// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.xml.sax.Attributes;
import org.xml.sax.Locator;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Collects kernels, arguments and instances while the metadata is parsed, and checks that every
 * attribute is there that XRT cannot do without.
 */
final class KernelList extends DefaultHandler {
  /** XRT puts names into regular expressions and files. */
  static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  private static final String CORE = "/project/platform/device/core";
  private static final String KERNEL = CORE + "/kernel";
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NAME = 256;
  private static final int MAX_ELEMENTS = 1 << 16;
  private static final int POINTER = 1;

  /** A kernel as the metadata has it. */
  record Kernel(String name, List<XclbinContent.Argument> arguments, List<Instance> instances) {}

  /** An instance; the base is -1 if it has none. */
  record Instance(String name, long base) {}

  private final Region section;
  private final List<Kernel> kernels = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private String path = "";
  private int depth;
  private int elements;
  private String target;
  private Integer clockMhz;
  private Locator locator;

  KernelList(Region section) {
    this.section = section;
  }

  List<Kernel> kernels() {
    return List.copyOf(kernels);
  }

  /** The core's target, null if there is no core. */
  String target() {
    return target;
  }

  Integer clockMhz() {
    return clockMhz;
  }

  @Override
  public void setDocumentLocator(Locator documentLocator) {
    locator = documentLocator;
  }

  @Override
  public void startElement(String uri, String local, String element, Attributes attributes) {
    if (++depth > MAX_DEPTH) {
      throw error("elements nested deeper than " + MAX_DEPTH, "at most that");
    }
    if (element.length() > MAX_NAME) {
      throw error("an element's name of " + element.length(), "at most " + MAX_NAME);
    }
    path = path + "/" + element;
    if (path.startsWith(KERNEL) && ++elements > MAX_ELEMENTS) {
      throw error("more than " + MAX_ELEMENTS + " elements of kernels", "at most that");
    }
    switch (path) {
      case CORE -> target = attributes.getValue("target");
      case CORE + "/kernelClocks/clock" -> clock(attributes);
      case KERNEL -> kernel(attributes);
      case KERNEL + "/arg" -> last().arguments().add(argument(attributes));
      case KERNEL + "/port" -> port(attributes);
      case KERNEL + "/compileWorkGroupSize", KERNEL + "/maxWorkGroupSize" -> {
        number("x", attributes);
        number("y", attributes);
        number("z", attributes);
      }
      case KERNEL + "/instance" ->
          last().instances().add(new Instance(name("instance", attributes), -1));
      case KERNEL + "/instance/addrRemap" -> remap(attributes);
      default -> {}
    }
  }

  @Override
  public void endElement(String uri, String local, String element) {
    depth--;
    path = path.substring(0, path.lastIndexOf('/'));
  }

  private Kernel last() {
    return kernels.get(kernels.size() - 1);
  }

  private void clock(Attributes attributes) {
    String frequency = attributes.getValue("frequency");
    if ("KERNEL_CLK".equals(attributes.getValue("port"))
        && frequency != null
        && frequency.matches("\\d{1,5}(MHz)?")) {
      clockMhz = Integer.valueOf(frequency.replace("MHz", ""));
    }
  }

  private void kernel(Attributes attributes) {
    String name = name("kernel", attributes);
    if (!names.add(name)) {
      throw error("a second kernel " + name, "one of that name");
    }
    optionalNumber("workGroupSize", attributes);
    optionalNumber("countedAutoRestart", attributes);
    kernels.add(new Kernel(name, new ArrayList<>(), new ArrayList<>()));
  }

  private void port(Attributes attributes) {
    if (required("mode", attributes).equals("slave")) {
      number("range", attributes);
    }
    optionalNumber("dataWidth", attributes);
  }

  private XclbinContent.Argument argument(Attributes attributes) {
    String name = required("name", attributes);
    String id = required("id", attributes);
    number("hostSize", attributes);
    return new XclbinContent.Argument(
        id.isEmpty() ? null : index(id),
        name,
        number("addressQualifier", attributes) == POINTER,
        number("offset", attributes),
        number("size", attributes),
        attributes.getValue("port"));
  }

  private int index(String id) {
    long index = parse("id", id);
    if (index < 0 || index > Short.MAX_VALUE) {
      throw error("argument id " + id, "at most " + Short.MAX_VALUE);
    }
    return (int) index;
  }

  private void remap(Attributes attributes) {
    List<Instance> instances = last().instances();
    String base = required("base", attributes);
    Instance instance = instances.get(instances.size() - 1);
    instances.set(
        instances.size() - 1,
        new Instance(instance.name(), base.isEmpty() ? -1 : parse("base", base)));
  }

  private String name(String what, Attributes attributes) {
    String name = required("name", attributes);
    if (!NAME.matcher(name).matches()) {
      throw error(what + " '" + Region.shortened(name) + "'", "a C identifier");
    }
    return name;
  }

  private void optionalNumber(String attribute, Attributes attributes) {
    if (attributes.getValue(attribute) != null) {
      number(attribute, attributes);
    }
  }

  private long number(String attribute, Attributes attributes) {
    return parse(attribute, required(attribute, attributes));
  }

  /** As XRT reads numbers, nothing being 0, but no octal ones, and nothing may follow. */
  private long parse(String attribute, String value) {
    try {
      boolean hex = value.startsWith("0x") || value.startsWith("0X");
      if (value.isEmpty()) {
        return 0;
      }
      if (!hex && value.length() > 1 && value.startsWith("0")) {
        throw new NumberFormatException("octal");
      }
      return Long.parseUnsignedLong(hex ? value.substring(2) : value, hex ? 16 : 10);
    } catch (NumberFormatException e) {
      throw error(attribute + "=\"" + Region.shortened(value) + "\"", "a number, decimal or 0x");
    }
  }

  private String required(String attribute, Attributes attributes) {
    String value = attributes.getValue(attribute);
    if (value == null) {
      throw error("an element without " + attribute, "one with it");
    }
    return value;
  }

  private XclbinFormatException error(String found, String expected) {
    return section.error("line " + locator.getLineNumber() + ": " + found, expected, Region.REMEDY);
  }
}
