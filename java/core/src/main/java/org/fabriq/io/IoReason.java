// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;

/** Says in plain words why a file could not be read or written. */
public final class IoReason {
  private IoReason() {}

  /** The reason, as {@code this user has no right to} or {@code No space left on device}. */
  public static String of(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (cause instanceof AccessDeniedException) {
      return "this user has no right to";
    }
    if (cause instanceof ZipException || cause instanceof EOFException) {
      return "its content is damaged or cut short";
    }
    boolean known = cause instanceof FileSystemException system && system.getReason() != null;
    String text = known ? ((FileSystemException) cause).getReason() : cause.getMessage();
    return text == null ? "the system does not say why" : text.replaceAll("\\s+", " ");
  }
}
