// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithoutDefaultDelegates;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.TfLiteTensor;

/** TensorFlow Lite itself, with its own kernels, one sample at a time. */
final class TfliteRuntime implements AutoCloseable {
  private final BytePointer file;
  private final FlatBufferModel flat;
  private final BuiltinOpResolverWithoutDefaultDelegates resolver;
  private final Interpreter interpreter;
  private final boolean real;

  TfliteRuntime(byte[] content) {
    TfliteModel model = TfliteReader.read("model", content);
    this.real = model.tensor(model.inputs()[0]).isFloat();
    this.file = new BytePointer(content);
    this.flat = FlatBufferModel.BuildFromBuffer(file, content.length);
    this.resolver = new BuiltinOpResolverWithoutDefaultDelegates();
    this.interpreter = new Interpreter((Pointer) null);
    try (InterpreterBuilder builder = new InterpreterBuilder(flat, resolver)) {
      check("build", builder.apply(interpreter));
    }
    check("threads", interpreter.SetNumThreads(1));
    check("allocation", interpreter.AllocateTensors());
  }

  /** Whether its natives are of this machine. */
  static boolean available() {
    return Map.of("Linux", "amd64")
        .getOrDefault(System.getProperty("os.name"), "")
        .equals(System.getProperty("os.arch"));
  }

  private static void check(String what, int status) {
    if (status != 0) {
      throw new IllegalStateException(what + " of TensorFlow Lite failed with " + status);
    }
  }

  double[] run(double[] input) {
    TfLiteTensor in = interpreter.input_tensor(0);
    if (real) {
      FloatPointer floats = in.data().f().capacity(input.length);
      for (int i = 0; i < input.length; i++) {
        floats.put(i, (float) input[i]);
      }
    } else {
      BytePointer codes = new BytePointer(in.data().data()).capacity(input.length);
      for (int i = 0; i < input.length; i++) {
        codes.put(i, (byte) input[i]);
      }
    }
    check("run", interpreter.Invoke());
    TfLiteTensor out = interpreter.output_tensor(0);
    double[] values = new double[(int) (real ? out.bytes() / 4 : out.bytes())];
    for (int i = 0; i < values.length; i++) {
      values[i] = real ? out.data().f().get(i) : new BytePointer(out.data().data()).get(i);
    }
    return values;
  }

  @Override
  public void close() {
    interpreter.close();
    resolver.close();
    flat.close();
    file.close();
  }
}
