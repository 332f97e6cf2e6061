// SPDX-License-Identifier: Apache-2.0
#ifndef FABRIQ_FABRIQ_H
#define FABRIQ_FABRIQ_H

/*
 * The C ABI of FabriQ: devices, resident weights and matrix multiplications C = A * B, and whole
 * networks, resident as programs.
 *
 * A is M x K activations, B is K x N weights, C is M x N; all row-major, dense, little-endian. What
 * the kernels compute, bit for bit, is docs/numerics.md. Programs are docs/overlay.md.
 *
 * Errors: every function that can fail returns a status; fabriq_last_error() then gives the calling
 * thread's text, which names the value, the limit and the remedy. No function throws or aborts.
 * Threads: every function may be called from any thread; a device may be shared. A handle must not
 * be used after the call that ends it.
 */

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define FABRIQ_API __attribute__((visibility("default")))

typedef int32_t fabriq_status;

enum {
  FABRIQ_OK = 0,
  FABRIQ_INVALID_ARGUMENT = 1, /* a value out of its limits; nothing was done */
  FABRIQ_UNKNOWN_DEVICE = 2,   /* no such device, or an option it does not have */
  FABRIQ_UNAVAILABLE = 3,      /* the device exists but something it needs is not installed */
  FABRIQ_TIMEOUT = 4,          /* the deadline passed; the device is poisoned until reset */
  FABRIQ_POISONED = 5,         /* an earlier run timed out or failed; call fabriq_device_reset */
  FABRIQ_BUSY = 6,          /* in use: runs are outstanding, or another process holds the board */
  FABRIQ_OUT_OF_MEMORY = 7, /* host or device memory */
  FABRIQ_DEVICE_FAILED = 8, /* the device or its driver reported a failure */
  FABRIQ_INTERNAL = 9       /* a defect of FabriQ */
};

/* Kernels; each is described by hls/kernels/<name>.json. */
enum { FABRIQ_MATMUL_F32F32 = 0, FABRIQ_MATMUL_F32I8 = 1, FABRIQ_MATMUL_I8I8 = 2 };

/* What the epilogue writes. The two fp32 kernels write FABRIQ_OUTPUT_F32 only. */
enum {
  FABRIQ_OUTPUT_F32 = 0,
  FABRIQ_OUTPUT_I8 = 1, /* requantized, zero point added, clamped */
  FABRIQ_OUTPUT_I32 = 2 /* the raw accumulator with its bias */
};

/* Indices into a timing array of FABRIQ_TIMING_COUNT values. Times are nanoseconds of the steady
 * clock. */
enum {
  FABRIQ_TIMING_PACK = 0,           /* packing A into device rows */
  FABRIQ_TIMING_HOST_TO_DEVICE = 1, /* transfer of A, or -1 where the device uses host memory */
  FABRIQ_TIMING_LAUNCH = 2,         /* from the start request until the kernel begins */
  FABRIQ_TIMING_KERNEL = 3,         /* the kernel's own time */
  FABRIQ_TIMING_DEVICE_TO_HOST = 4, /* transfer of C, and unpacking it */
  FABRIQ_TIMING_TOTAL = 5,          /* from entry to return */
  FABRIQ_TIMING_CYCLES = 6,         /* kernel clock cycles, or -1 where the device cannot tell */
  /* Cycles of the run, or -1: the array of multipliers takes operands; it waits for A, for B or
   * column parameters, for room for C. Of networks: it waits for images, is between layers, waits
   * for room for what they give. */
  FABRIQ_TIMING_COMPUTING_CYCLES = 7,
  FABRIQ_TIMING_CYCLES_STALLED_ON_A = 8,
  FABRIQ_TIMING_CYCLES_STALLED_ON_B = 9,
  FABRIQ_TIMING_CYCLES_STALLED_ON_C = 10,
  FABRIQ_TIMING_COUNT = 11
};

/* Four 32-bit words per output column, as the kernels read them (16 bytes, little-endian):
 *   word 0  bias: fp32 (-0.0f where there is none: x + -0 is x for every x), or int32 with
 *           -zA * sum_k b(k,n) + K * zA * zB(n) folded in (modulo 2^32)
 *   word 1  scale: fp32 factor (f32i8), or requantization m | s << 24 (i8i8), or 0 (f32f32)
 *   word 2  zero point of B's column, int32 in [-128, 127]; 0 for f32f32
 *   word 3  0
 */
#define FABRIQ_COLUMN_WORDS 4

typedef struct fabriq_device fabriq_device; /* an open device */
typedef struct fabriq_weights
    fabriq_weights; /* B and its column parameters, resident on a device */
typedef struct fabriq_network fabriq_network; /* a program of network_i8, resident on a device */
typedef struct fabriq_run fabriq_run; /* a multiplication or a network's run that was submitted */

/* The text of the calling thread's last error; valid until its next call. Never NULL. */
FABRIQ_API const char *fabriq_last_error(void);

/* "FabriQ 0.1.0 (abi 4)". */
FABRIQ_API const char *fabriq_version(void);

/*
 * Opens a device: "emulation", with options as "emulation?threads=2". The caller owns *device and
 * ends it with fabriq_device_close.
 */
FABRIQ_API fabriq_status fabriq_device_open(const char *uri, fabriq_device **device);

/* One line that says what the device is; owned by the device. */
FABRIQ_API const char *fabriq_device_description(const fabriq_device *device);

/*
 * Closes a device and frees it. FABRIQ_BUSY, with nothing done, while runs are outstanding or
 * weights or networks are not released.
 */
FABRIQ_API fabriq_status fabriq_device_close(fabriq_device *device);

/*
 * Makes a poisoned device usable again; resident weights and networks stay valid. Runs that were
 * abandoned never write to a caller's buffer. No effect on a healthy device.
 */
FABRIQ_API fabriq_status fabriq_device_reset(fabriq_device *device);

/* Crosses the ABI and does nothing: the floor of a dispatch's cost. */
FABRIQ_API fabriq_status fabriq_device_ping(fabriq_device *device);

/*
 * What the device's memory holds at this moment: buffers of weights, programs and runs, and buffers
 * that are kept to be used again. A process that goes round in circles reaches a constant count.
 */
FABRIQ_API fabriq_status fabriq_device_memory(fabriq_device *device, int64_t *buffers,
                                              int64_t *bytes);

/*
 * Copies B (K x N, dense) and its column parameters (N x FABRIQ_COLUMN_WORDS words) to the device.
 * b_bits is the width of an element of B: 32 for FABRIQ_MATMUL_F32F32 (fp32), else 8, 4 or 2, codes
 * in two's complement. Each row of codes starts at a whole byte, code i of a row in bits (i *
 * b_bits) mod 8 ... of byte i * b_bits / 8, the lowest bit first; unused bits at its end have no
 * effect. So b has K * ceil(N * b_bits / 8) bytes. b_bytes and columns_bytes must be the exact
 * sizes. zero_c, clamp_min and clamp_max serve FABRIQ_OUTPUT_I8 (-128 <= clamp_min <= clamp_max <=
 * 127) and must be 0 otherwise. The caller owns *weights; the buffers may be reused on return.
 */
FABRIQ_API fabriq_status fabriq_weights_prepare(fabriq_device *device, int32_t kernel, int32_t k,
                                                int32_t n, int32_t b_bits, const uint8_t *b,
                                                int64_t b_bytes, const uint8_t *columns,
                                                int64_t columns_bytes, int32_t output,
                                                int32_t zero_c, int32_t clamp_min,
                                                int32_t clamp_max, fabriq_weights **weights);

/*
 * What B takes on the device, in *bytes: K rows of ceil(N * b_bits / 8) bytes, each rounded up to
 * the kernel's row pitch. Column parameters and the rounding of buffers to pages come on top.
 */
FABRIQ_API fabriq_status fabriq_weights_device_bytes(fabriq_weights *weights, int64_t *bytes);

/* Frees the weights. FABRIQ_BUSY, with nothing done, while a run uses them. */
FABRIQ_API fabriq_status fabriq_weights_release(fabriq_weights *weights);

/*
 * C = A * B with the weights' epilogue; blocks until done or until timeout_ns (> 0) has passed.
 * a_bytes and c_bytes must be the exact sizes. C is written completely or, on any error, not at
 * all. timing is NULL or an array of FABRIQ_TIMING_COUNT values. Allocates nothing once as large a
 * call was made before.
 */
FABRIQ_API fabriq_status fabriq_multiply(fabriq_weights *weights, int32_t m, const uint8_t *a,
                                         int64_t a_bytes, uint8_t *c, int64_t c_bytes,
                                         int64_t timeout_ns, int64_t *timing);

/*
 * Starts a multiplication and returns; A is copied and may be reused. Blocks only while no run slot
 * is free, at most timeout_ns. The caller owns *run and ends it with fabriq_run_release.
 */
FABRIQ_API fabriq_status fabriq_submit(fabriq_weights *weights, int32_t m, const uint8_t *a,
                                       int64_t a_bytes, int64_t timeout_ns, fabriq_run **run);

/*
 * Copies a program to the device: an image of network_i8 as docs/overlay.md states, of exactly
 * program_bytes bytes. It is checked as the kernel would before anything is sent; how much of it
 * the kernel's stores hold, only the kernel knows. FABRIQ_UNAVAILABLE where the device has no
 * network_i8. The caller owns *network; the image may be reused on return.
 */
FABRIQ_API fabriq_status fabriq_network_prepare(fabriq_device *device, const uint8_t *program,
                                                int64_t program_bytes, fabriq_network **network);

/* Frees the program. FABRIQ_BUSY, with nothing done, while a run uses it. */
FABRIQ_API fabriq_status fabriq_network_release(fabriq_network *network);

/*
 * Runs the network's program for each of 1 to 65535 chunks, in one launch; blocks until done or
 * until timeout_ns (> 0) has passed. images are chunks rows of the 64-bit words of an image that
 * the program's header states, results the same of its results, both dense; the sizes must be
 * exact. results is written completely or, on any error, not at all. If the kernel ends with a
 * status other than 0, FABRIQ_DEVICE_FAILED says which and why, and the device stays usable. timing
 * is NULL or an array of FABRIQ_TIMING_COUNT values; its cycles are those of the kernel's report.
 * Allocates nothing once as large a call was made before.
 */
FABRIQ_API fabriq_status fabriq_network_run(fabriq_network *network, int32_t chunks,
                                            const uint8_t *images, int64_t images_bytes,
                                            uint8_t *results, int64_t results_bytes,
                                            int64_t timeout_ns, int64_t *timing);

/*
 * Starts a run and returns; the images are copied and may be reused. Blocks only while no run slot
 * is free, at most timeout_ns. The caller owns *run and ends it with fabriq_run_release.
 */
FABRIQ_API fabriq_status fabriq_network_submit(fabriq_network *network, int32_t chunks,
                                               const uint8_t *images, int64_t images_bytes,
                                               int64_t timeout_ns, fabriq_run **run);

/* Waits as fabriq_multiply or fabriq_network_run does, then writes C or the results.
 * FABRIQ_INVALID_ARGUMENT if the result was taken before. */
FABRIQ_API fabriq_status fabriq_run_wait(fabriq_run *run, uint8_t *c, int64_t c_bytes,
                                         int64_t timeout_ns, int64_t *timing);

/* Ends a run, finished or not: an unfinished one goes on in buffers of the device and is then
 * dropped. */
FABRIQ_API fabriq_status fabriq_run_release(fabriq_run *run);

#ifdef __cplusplus
}
#endif

#endif
