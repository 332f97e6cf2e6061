// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.fabriq.FileFormatException;

/**
 * An object of a JSON text (RFC 8259) whose members are read with their types checked: what is not
 * as it should be is a {@link FileFormatException} with the file and the place in it.
 */
public final class JsonObject {
  private static final String REPAIR = "repair the JSON, or write the file again";

  private final Map<?, ?> members;
  private final Location where;
  private final String place;
  private final TreeSet<String> read = new TreeSet<>();

  private JsonObject(Map<?, ?> members, Location where, String place) {
    this.members = members;
    this.where = where;
    this.place = place;
  }

  /**
   * Parses a text.
   *
   * @param name what errors are to call it
   * @throws FileFormatException if it is no JSON, or no object
   */
  public static JsonObject parse(String text, String name) {
    Location where = new Location(name, null);
    if (!(JsonReader.read(text, where) instanceof Map<?, ?> object)) {
      throw where.error("the text", "no object", "an object", "write the file again");
    }
    return new JsonObject(object, where, "");
  }

  Map<?, ?> members() {
    return members;
  }

  Location where() {
    return where;
  }

  /** Whether there is a member of this name. */
  public boolean has(String name) {
    read.add(name);
    return members.containsKey(name);
  }

  /** A string. */
  public String text(String name) {
    if (member(name) instanceof String text) {
      return text;
    }
    throw wrong(name, "a string");
  }

  /** A truth value. */
  public boolean flag(String name) {
    if (member(name) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name, "true or false");
  }

  /** A number; beyond the range of double infinite. */
  public double number(String name) {
    if (member(name) instanceof Double number) {
      return number;
    }
    throw wrong(name, "a number");
  }

  /** A number without a fraction, within int. */
  public int integer(String name) {
    double number = number(name);
    if (number != (int) number) {
      throw wrong(name, "an integer of 32 bits");
    }
    return (int) number;
  }

  /** A list of strings. */
  public List<String> texts(String name) {
    if (!(member(name) instanceof List<?> list)) {
      throw wrong(name, "a list of strings");
    }
    List<String> texts = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof String text)) {
        throw wrong(name, "a list of strings");
      }
      texts.add(text);
    }
    return texts;
  }

  /** A list of so many integers; of any number for a count of 0. */
  public int[] integers(String name, int count) {
    String expected = count == 0 ? "a list of integers" : "a list of %d integers".formatted(count);
    if (!(member(name) instanceof List<?> list) || count != 0 && list.size() != count) {
      throw wrong(name, expected);
    }
    int[] integers = new int[list.size()];
    for (int i = 0; i < integers.length; i++) {
      if (!(list.get(i) instanceof Double number) || number != number.intValue()) {
        throw wrong(name, expected);
      }
      integers[i] = number.intValue();
    }
    return integers;
  }

  /** An object. */
  public JsonObject object(String name) {
    if (member(name) instanceof Map<?, ?> object) {
      return new JsonObject(object, where, path(name));
    }
    throw wrong(name, "an object");
  }

  /** A list of objects. */
  public List<JsonObject> objects(String name) {
    if (!(member(name) instanceof List<?> list)) {
      throw wrong(name, "a list of objects");
    }
    List<JsonObject> objects = new ArrayList<>();
    for (Object element : list) {
      String index = path(name) + "[" + objects.size() + "]";
      if (!(element instanceof Map<?, ?> object)) {
        throw error(index, JsonText.inLine(element), "an object", REPAIR);
      }
      objects.add(new JsonObject(object, where, index));
    }
    return objects;
  }

  /**
   * Refuses members of other names.
   *
   * @throws FileFormatException that names the first one
   */
  public void checkNames(String... known) {
    TreeSet<Object> unknown = new TreeSet<>(members.keySet());
    Arrays.asList(known).forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      String expected = "one of " + Arrays.toString(known);
      throw error(path((String) unknown.first()), "a member", expected, REPAIR);
    }
  }

  /**
   * Refuses members that nothing has read or asked for until now.
   *
   * @throws FileFormatException that names the first one
   */
  public void checkAllRead() {
    checkNames(read.toArray(String[]::new));
  }

  private Object member(String name) {
    read.add(name);
    return members.get(name);
  }

  /** An error about a member, for the caller to throw. */
  public FileFormatException wrong(String name, String expected) {
    return wrong(name, expected, REPAIR);
  }

  /** An error about a member with a remedy of its own, for the caller to throw. */
  public FileFormatException wrong(String name, String expected, String remedy) {
    String found = members.containsKey(name) ? JsonText.inLine(members.get(name)) : "nothing";
    String cut = found.length() > 200 ? found.substring(0, 200) + "..." : found;
    return error(path(name), cut, expected, remedy);
  }

  /** An error about parts that do not go together, for the caller to throw. */
  public FileFormatException inconsistent(String reason) {
    String at = place.isEmpty() ? where.file() : where.file() + ", " + place;
    return new FileFormatException(at, reason, REPAIR, null);
  }

  private FileFormatException error(String at, String found, String expected, String remedy) {
    return where.error(at, found, expected, remedy);
  }

  private String path(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }
}
