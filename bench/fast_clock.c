// SPDX-License-Identifier: Apache-2.0
//
// Lets a program's clocks run faster than real time, so that two days of an outage fit into an hour. It is loaded with
// LD_PRELOAD; every program of a trial gets the same FAST_CLOCK="rate base", where base is the real time, in nanoseconds
// since 1970, at which the fast clock and real time were equal.
//
// Debian's faketime does the same, but a Swift program never wakes under it: it hands the absolute deadlines of Dispatch's
// timers to the kernel without turning them back into real time.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define SECOND INT64_C(1000000000)
#define CLOCKS 16
#define FILES 65536

static double rate = 1;
static int64_t base[CLOCKS];  // by clock id: the real time at which fast and real time are equal
static unsigned char clock_of_file[FILES];

static int64_t nanoseconds(struct timespec time) { return time.tv_sec * SECOND + time.tv_nsec; }

static struct timespec timespec_of(int64_t time) {
    return (struct timespec){.tv_sec = time / SECOND, .tv_nsec = time % SECOND};
}

static int64_t real_now(clockid_t clock) {
    struct timespec now;
    syscall(SYS_clock_gettime, clock, &now);
    return nanoseconds(now);
}

// A process's clocks of used CPU time stay as they are.
static int is_fast(clockid_t clock) {
    return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC
        || clock == CLOCK_MONOTONIC_COARSE || clock == CLOCK_MONOTONIC_RAW || clock == CLOCK_BOOTTIME;
}

__attribute__((constructor)) static void begin(void) {
    const char *told = getenv("FAST_CLOCK");
    long long start;
    if (!told || sscanf(told, "%lf %lld", &rate, &start) != 2 || rate <= 0) {
        fprintf(stderr, "fast_clock: set FAST_CLOCK to a rate and a start, as in \"20 1795000000000000000\"\n");
        _exit(2);
    }
    int64_t passed = real_now(CLOCK_REALTIME) - start;
    for (clockid_t clock = 0; clock < CLOCKS; clock++)
        if (is_fast(clock)) base[clock] = real_now(clock) - passed;
}

static int64_t fast(clockid_t clock, int64_t real) { return base[clock] + (int64_t)((real - base[clock]) * rate); }

static int64_t real(clockid_t clock, int64_t fast) { return base[clock] + (int64_t)((fast - base[clock]) / rate); }

static int64_t real_length(int64_t fast) {
    int64_t length = (int64_t)(fast / rate);
    return fast > 0 && length < 1 ? 1 : length;
}

// Rounded up, as the kernel does: 0 would be "do not wait".
static int real_milliseconds(int fast) { return fast <= 0 ? fast : (int)((fast + rate - 1) / rate); }

// ---- What time is it

int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = syscall(SYS_clock_gettime, clock, time);
    if (result == 0 && is_fast(clock)) *time = timespec_of(fast(clock, nanoseconds(*time)));
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    (void)zone;
    struct timespec now = timespec_of(fast(CLOCK_REALTIME, real_now(CLOCK_REALTIME)));
    *time = (struct timeval){.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
    return 0;
}

time_t time(time_t *out) {
    time_t now = fast(CLOCK_REALTIME, real_now(CLOCK_REALTIME)) / SECOND;
    if (out) *out = now;
    return now;
}

// ---- Timers

int timerfd_create(int clock, int flags) {
    int file = syscall(SYS_timerfd_create, clock, flags);
    if (file >= 0 && file < FILES) clock_of_file[file] = clock;
    return file;
}

static struct timespec real_timer(clockid_t clock, int is_absolute, struct timespec value) {
    int64_t fast = nanoseconds(value);
    if (fast == 0) return value;  // disarms
    return timespec_of(is_absolute ? real(clock, fast) : real_length(fast));
}

int timerfd_settime(int file, int flags, const struct itimerspec *value, struct itimerspec *old) {
    clockid_t clock = clock_of_file[file];
    struct itimerspec slow = {
        .it_value = real_timer(clock, flags & TFD_TIMER_ABSTIME, value->it_value),
        .it_interval = real_timer(clock, 0, value->it_interval),
    };
    return syscall(SYS_timerfd_settime, file, flags, &slow, old);
}

// ---- Waits with a length

int epoll_wait(int epoll, struct epoll_event *events, int most, int timeout) {
    return syscall(SYS_epoll_pwait, epoll, events, most, real_milliseconds(timeout), NULL, 8);
}

int epoll_pwait(int epoll, struct epoll_event *events, int most, int timeout, const sigset_t *signals) {
    return syscall(SYS_epoll_pwait, epoll, events, most, real_milliseconds(timeout), signals, 8);
}

int poll(struct pollfd *files, nfds_t count, int timeout) {
    return syscall(SYS_poll, files, count, real_milliseconds(timeout));
}

int ppoll(struct pollfd *files, nfds_t count, const struct timespec *timeout, const sigset_t *signals) {
    struct timespec slow;
    if (timeout) slow = timespec_of(real_length(nanoseconds(*timeout)));
    return syscall(SYS_ppoll, files, count, timeout ? &slow : NULL, signals, 8);
}

int select(int count, fd_set *reading, fd_set *writing, fd_set *failing, struct timeval *timeout) {
    struct timespec slow;
    if (timeout) slow = timespec_of(real_length(timeout->tv_sec * SECOND + timeout->tv_usec * 1000));
    return syscall(SYS_pselect6, count, reading, writing, failing, timeout ? &slow : NULL, NULL);
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *wanted, struct timespec *left) {
    int64_t length = nanoseconds(*wanted);
    if (is_fast(clock)) length = flags & TIMER_ABSTIME ? real(clock, length) : real_length(length);
    struct timespec slow = timespec_of(length);
    return syscall(SYS_clock_nanosleep, clock, flags, &slow, left) == 0 ? 0 : errno;
}

int nanosleep(const struct timespec *wanted, struct timespec *left) {
    struct timespec slow = timespec_of(real_length(nanoseconds(*wanted)));
    return syscall(SYS_nanosleep, &slow, left);
}

int usleep(useconds_t length) {
    struct timespec wanted = timespec_of(length * INT64_C(1000));
    return nanosleep(&wanted, NULL);
}

unsigned sleep(unsigned length) {
    struct timespec wanted = {.tv_sec = length};
    nanosleep(&wanted, NULL);
    return 0;
}

// ---- Waits until a moment

int sem_clockwait(sem_t *semaphore, clockid_t clock, const struct timespec *until) {
    static int (*next)(sem_t *, clockid_t, const struct timespec *);
    if (!next) next = dlsym(RTLD_NEXT, "sem_clockwait");
    struct timespec slow = timespec_of(real(clock, nanoseconds(*until)));
    return next(semaphore, clock, &slow);
}

int sem_timedwait(sem_t *semaphore, const struct timespec *until) {
    return sem_clockwait(semaphore, CLOCK_REALTIME, until);
}

int pthread_cond_clockwait(
    pthread_cond_t *condition, pthread_mutex_t *mutex, clockid_t clock, const struct timespec *until) {
    static int (*next)(pthread_cond_t *, pthread_mutex_t *, clockid_t, const struct timespec *);
    if (!next) next = dlsym(RTLD_NEXT, "pthread_cond_clockwait");
    struct timespec slow = timespec_of(real(clock, nanoseconds(*until)));
    return next(condition, mutex, clock, &slow);
}

// A condition does not say by which clock it waits; moments of the monotonic clock are far smaller than those since 1970.
int pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex, const struct timespec *until) {
    clockid_t clock = until->tv_sec < 500000000 ? CLOCK_MONOTONIC : CLOCK_REALTIME;
    return pthread_cond_clockwait(condition, mutex, clock, until);
}
