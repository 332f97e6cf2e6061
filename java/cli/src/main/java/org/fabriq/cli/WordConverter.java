// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the words of options that choose among a few: in any case, and named in errors as help
 * spells them.
 *
 * @param type an enum
 */
record WordConverter(Class<?> type) implements ITypeConverter<Object> {
  /** Gives a command and all below it converters for the words of their options. */
  static void applyTo(CommandLine command) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      register(command, valueType(option));
    }
    command.getSubcommands().values().forEach(WordConverter::applyTo);
  }

  /** The type of one value, also of an option that takes several. */
  static Class<?> valueType(OptionSpec option) {
    return option.auxiliaryTypes().length > 0 ? option.auxiliaryTypes()[0] : option.type();
  }

  @SuppressWarnings("unchecked")
  private static void register(CommandLine command, Class<?> type) {
    if (type.isEnum()) {
      command.registerConverter((Class<Object>) type, new WordConverter(type));
    }
  }

  @Override
  public Object convert(String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word(constant).equalsIgnoreCase(text.replace('_', '-')))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'%s' is none of %s"
                        .formatted(
                            text,
                            Arrays.stream(type.getEnumConstants())
                                .map(WordConverter::word)
                                .collect(Collectors.joining(", ")))));
  }

  /** The word of a constant, as {@code bias-batch-norm}. */
  static String word(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
