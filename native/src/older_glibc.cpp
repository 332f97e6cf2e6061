// SPDX-License-Identifier: Apache-2.0

// Lets files that are built with glibc 2.38 or later run with older ones, down to 2.34. Compiled
// there, strtol and its like are called by the names of their C23 forms, which only take binary
// numbers too, also inside the static C++ library. Here these names are given to the functions of
// before.

#include <cstdarg>
#include <cstdio>

extern "C" {

long before_strtol(const char *text, char **end, int base) __asm__("strtol");
unsigned long before_strtoul(const char *text, char **end, int base) __asm__("strtoul");
long long before_strtoll(const char *text, char **end, int base) __asm__("strtoll");
unsigned long long before_strtoull(const char *text, char **end, int base) __asm__("strtoull");
int before_vsscanf(const char *text, const char *format, std::va_list to) __asm__("vsscanf");
int before_vfscanf(std::FILE *file, const char *format, std::va_list to) __asm__("vfscanf");

long __isoc23_strtol(const char *text, char **end, int base) {
  return before_strtol(text, end, base);
}

unsigned long __isoc23_strtoul(const char *text, char **end, int base) {
  return before_strtoul(text, end, base);
}

long long __isoc23_strtoll(const char *text, char **end, int base) {
  return before_strtoll(text, end, base);
}

unsigned long long __isoc23_strtoull(const char *text, char **end, int base) {
  return before_strtoull(text, end, base);
}

int __isoc23_sscanf(const char *text, const char *format, ...) {
  std::va_list to;
  va_start(to, format);
  const int read = before_vsscanf(text, format, to);
  va_end(to);
  return read;
}

int __isoc23_fscanf(std::FILE *file, const char *format, ...) {
  std::va_list to;
  va_start(to, format);
  const int read = before_vfscanf(file, format, to);
  va_end(to);
  return read;
}

}  // extern "C"
