/* SPDX-License-Identifier: EUPL-1.2 */
/* Small helpers shared by the parts of the media core. */
#ifndef UTIL_H
#define UTIL_H
#include <stdint.h>
#include <time.h>
#include <string.h>
#include <stdlib.h>
#include <stdio.h>

static inline uint64_t mono_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}
/* CLOCK_REALTIME: the same clock as the kernel's receive time stamps. */
static inline uint64_t real_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}
static inline void put16(uint8_t *p, uint32_t v) { p[0] = v >> 8; p[1] = v; }
static inline void put24(uint8_t *p, uint32_t v) { p[0] = v >> 16; p[1] = v >> 8; p[2] = v; }
static inline void put32(uint8_t *p, uint32_t v) { p[0] = v >> 24; p[1] = v >> 16; p[2] = v >> 8; p[3] = v; }
static inline void put64(uint8_t *p, uint64_t v) { put32(p, v >> 32); put32(p + 4, (uint32_t)v); }
static inline uint32_t get16(const uint8_t *p) { return (uint32_t)p[0] << 8 | p[1]; }
static inline uint32_t get32(const uint8_t *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }
static inline uint64_t get64(const uint8_t *p) { return (uint64_t)get32(p) << 32 | get32(p + 4); }

void rnd_bytes(void *p, int n);
static inline uint32_t rnd32(void) { uint32_t v; rnd_bytes(&v, 4); return v; }

/* Latency histogram: 1 us bins below 65.536 ms, then one overflow bin. */
#define HIST_BINS 65536
struct hist { uint32_t bin[HIST_BINS + 1]; uint64_t n; uint64_t max_us; double sum_us; };
static inline void hist_add(struct hist *h, int64_t ns) {
    uint64_t us = ns < 0 ? 0 : (uint64_t)ns / 1000;
    h->bin[us < HIST_BINS ? us : HIST_BINS]++;
    h->n++; h->sum_us += ns < 0 ? 0 : ns / 1000.0;
    if (us > h->max_us) h->max_us = us;
}
static inline uint64_t hist_q(const struct hist *h, double q) {
    if (!h->n) return 0;
    uint64_t want = (uint64_t)(q * (double)h->n), acc = 0;
    if (want >= h->n) want = h->n - 1;
    for (int i = 0; i <= HIST_BINS; i++) { acc += h->bin[i]; if (acc > want) return i < HIST_BINS ? (uint64_t)i : h->max_us; }
    return h->max_us;
}
#endif
