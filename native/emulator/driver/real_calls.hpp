// SPDX-License-Identifier: Apache-2.0
#pragma once

// The calls that the linker's --wrap redirects, under the names that reach the C library. Code of
// the driver must use these: its own plain calls are redirected too.

#include <sys/select.h>
#include <sys/socket.h>
#include <sys/types.h>

#include <csignal>
#include <cstddef>

extern "C" {
void *__real_malloc(std::size_t size);
void *__real_realloc(void *block, std::size_t size);
pid_t __real_fork();
pid_t __real_waitpid(pid_t process, int *status, int options);
int __real_kill(pid_t process, int signal);
int __real_socket(int domain, int type, int protocol);
int __real_bind(int socket, const sockaddr *address, socklen_t length);
int __real_accept(int socket, sockaddr *address, socklen_t *length);
int __real_close(int descriptor);
ssize_t __real_read(int descriptor, void *to, std::size_t size);
ssize_t __real_write(int descriptor, const void *from, std::size_t size);
}
