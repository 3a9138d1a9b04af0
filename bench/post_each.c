// SPDX-License-Identifier: Apache-2.0
// Posts each line of a file as one call of its own, over a number of connections that stay open, each with one call under
// way. usage: post_each PORT HOST FILE CLIENTS; prints one JSON line: calls, refused, seconds.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct call {
    int socket;
    char answer[65536];
    size_t length;
};

static char *text, *place, *end;
static const char *host;
static long done, refused;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

// Sends the next line; 0 when there is none.
static int next(struct call *call) {
    if (place >= end) return 0;
    char *stop = memchr(place, '\n', end - place);
    if (!stop) stop = end;
    static char request[1 << 20];
    size_t body = stop - place;
    int head = snprintf(request, sizeof request,
                        "POST /api/v1/transactions HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"
                        "Content-Length: %zu\r\n\r\n", host, body);
    memcpy(request + head, place, body);
    place = stop + 1;
    size_t sent = 0, size = head + body;
    while (sent < size) {
        ssize_t some = write(call->socket, request + sent, size - sent);
        if (some < 0) fail("write");
        sent += some;
    }
    call->length = 0;
    return 1;
}

// Reads what has come; 1 when the answer is whole.
static int answered(struct call *call) {
    ssize_t some = read(call->socket, call->answer + call->length, sizeof call->answer - 1 - call->length);
    if (some <= 0) fail("read");
    call->length += some;
    call->answer[call->length] = 0;
    char *body = strstr(call->answer, "\r\n\r\n");
    if (!body) return 0;
    char *length = strcasestr(call->answer, "\r\ncontent-length:");
    if (!length) fail("an answer without a length");
    if (call->answer + call->length < body + 4 + atol(length + 17)) return 0;
    done++;
    if (strncmp(call->answer, "HTTP/1.1 201", 12) != 0 && refused++ == 0) fprintf(stderr, "%s\n", call->answer);
    return 1;
}

int main(int count, char **arguments) {
    if (count != 5) return 2;
    host = arguments[2];
    FILE *file = fopen(arguments[3], "rb");
    if (!file) fail(arguments[3]);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    text = place = malloc(size);
    if (fread(text, 1, size, file) != (size_t)size) fail("read");
    end = text + size;
    int clients = atoi(arguments[4]), queue = epoll_create1(0), open = 0;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[1])),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct call *calls = calloc(clients, sizeof *calls);
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int i = 0; i < clients; i++) {
        calls[i].socket = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(calls[i].socket, (struct sockaddr *)&address, sizeof address) < 0) fail("connect");
        setsockopt(calls[i].socket, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &calls[i]};
        epoll_ctl(queue, EPOLL_CTL_ADD, calls[i].socket, &event);
        open += next(&calls[i]);
    }
    while (open > 0) {
        struct epoll_event events[64];
        int ready = epoll_wait(queue, events, 64, -1);
        for (int i = 0; i < ready; i++)
            if (answered(events[i].data.ptr) && !next(events[i].data.ptr)) open--;
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("{\"calls\": %ld, \"refused\": %ld, \"seconds\": %.4f}\n", done, refused,
           to.tv_sec - from.tv_sec + (to.tv_nsec - from.tv_nsec) / 1e9);
    return refused > 0;
}
