// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.fabriq.InvalidArgumentException;

/**
 * A parsed device address: {@code SCHEME[:INSTANCE][?NAME=VALUE[&NAME=VALUE]...]}, for instance
 * {@code emulation?threads=2&timeout=500ms}.
 *
 * @param scheme the kind of device
 * @param instance which one of its kind, empty where there is one only
 * @param options the device's own options, in order, without {@code timeout}
 * @param timeout the default deadline of a run: option {@code timeout}, else {@link
 *     #DEFAULT_TIMEOUT}
 */
public record DeviceAddress(
    String scheme, String instance, Map<String, String> options, Duration timeout) {

  /** The deadline of a run when the address names none. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** The longest deadline that can be asked for. */
  public static final Duration MAX_TIMEOUT = Duration.ofHours(24);

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(us|ms|s|min)");

  /** Checks the deadline and copies the options. */
  public DeviceAddress {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    checkTimeout(timeout);
  }

  /**
   * Parses an address.
   *
   * @throws UnknownDeviceException if it does not follow the form above
   */
  public static DeviceAddress parse(String text) {
    int question = text.indexOf('?');
    String name = question < 0 ? text : text.substring(0, question);
    int colon = name.indexOf(':');
    String scheme = colon < 0 ? name : name.substring(0, colon);
    String instance = colon < 0 ? "" : name.substring(colon + 1);
    if (scheme.isEmpty() || (colon >= 0 && instance.isEmpty())) {
      throw malformed(text, "no name");
    }
    Map<String, String> options = new LinkedHashMap<>();
    Duration timeout = DEFAULT_TIMEOUT;
    if (question >= 0) {
      for (String option : text.substring(question + 1).split("&", -1)) {
        int equals = option.indexOf('=');
        if (equals < 1 || equals == option.length() - 1) {
          throw malformed(text, "option '" + option + "'");
        }
        String key = option.substring(0, equals);
        String value = option.substring(equals + 1);
        if (key.equals("timeout")) {
          timeout = parseTimeout(value);
        } else if (options.put(key, value) != null) {
          throw malformed(text, "option '" + key + "' given twice");
        }
      }
    }
    return new DeviceAddress(scheme, instance, options, timeout);
  }

  /** The address without {@code timeout}: what identifies the device to its provider. */
  public String deviceText() {
    String name = instance.isEmpty() ? scheme : scheme + ":" + instance;
    return options.isEmpty()
        ? name
        : options.entrySet().stream()
            .map(option -> option.getKey() + "=" + option.getValue())
            .collect(Collectors.joining("&", name + "?", ""));
  }

  /** Refuses instance and options; for devices that have none. */
  void requirePlain() {
    if (!instance.isEmpty() || !options.isEmpty()) {
      throw new UnknownDeviceException(
          "Device '%s' takes no instance and no option but timeout; use '%s'"
              .formatted(deviceText(), scheme));
    }
  }

  /**
   * Returns the nanoseconds of a deadline.
   *
   * @throws InvalidArgumentException if it is not in (0, 24 h]
   */
  static long checkTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
      throw new InvalidArgumentException(
          "timeout %s is outside (0, %s]; give for instance timeout=5s"
              .formatted(timeout, MAX_TIMEOUT));
    }
    return timeout.toNanos();
  }

  private static Duration parseTimeout(String value) {
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      throw new UnknownDeviceException(
          "timeout '%s' is not a number with us, ms, s or min; give for instance timeout=5s"
              .formatted(value));
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "us" -> Duration.ofNanos(number * 1000);
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofMinutes(number);
    };
  }

  private static UnknownDeviceException malformed(String text, String what) {
    return new UnknownDeviceException(
        ("Device address '%s' has %s; the form is NAME[:INSTANCE][?OPTION=VALUE&...], 'fabriq"
                + " devices' lists the names")
            .formatted(text, what));
  }
}
