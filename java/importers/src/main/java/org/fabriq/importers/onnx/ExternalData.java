// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.fabriq.FileFormatException;
import org.fabriq.io.IoReason;

/**
 * Elements that lie in a file beside the model. Only regular files in the model's folder or below
 * are read, wherever links lead.
 */
final class ExternalData {
  private ExternalData() {}

  static ByteBuffer read(Path folder, TensorProto tensor) {
    Map<String, String> members = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      members.put(entry.getKey(), entry.getValue());
    }
    String location = members.getOrDefault("location", "");
    Path file = file(folder, location);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long offset = number(location, members, "offset", 0);
      long length = number(location, members, "length", channel.size() - offset);
      if (offset < 0
          || length < 0
          || length > OnnxFile.MAX_BYTES
          || offset > channel.size() - length) {
        throw new FileFormatException(
            file.toString(),
            "data of " + tensor.getName(),
            "%,d bytes from byte %,d on of %,d".formatted(length, offset, channel.size()),
            "a part of the file of at most %,d bytes".formatted(OnnxFile.MAX_BYTES),
            "export the model again");
      }
      ByteBuffer data = ByteBuffer.allocate((int) length);
      while (data.hasRemaining() && channel.read(data, offset + data.position()) >= 0) {
        // A read may give less than was asked for.
      }
      return data.flip();
    } catch (IOException e) {
      throw unreadable(location, e);
    }
  }

  private static Path file(Path folder, String location) {
    try {
      Path root = folder.toRealPath();
      Path file = root.resolve(location).toRealPath();
      if (!file.startsWith(root) || !Files.isRegularFile(file)) {
        throw new FileFormatException(
            location,
            "external data",
            file.startsWith(root) ? "no regular file" : "a file outside of the model's folder",
            "a file in " + root,
            "put it beside the model, or save the model as one file");
      }
      return file;
    } catch (IOException | InvalidPathException e) {
      throw unreadable(location, e);
    }
  }

  private static FileFormatException unreadable(String location, Exception e) {
    return new FileFormatException(
        "external data " + location,
        e instanceof IOException io ? "cannot be read: " + IoReason.of(io) : "no name of a file",
        "put the file beside the model, or save the model as one file",
        e);
  }

  private static long number(
      String location, Map<String, String> members, String name, long without) {
    String text = members.get(name);
    try {
      return text == null ? without : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new FileFormatException(
          location, "external data", name + " " + text, "a number", "export the model again");
    }
  }
}
