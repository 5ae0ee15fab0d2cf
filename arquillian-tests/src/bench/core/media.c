/* SPDX-License-Identifier: EUPL-1.2 */
/* Synthetic RTP, receive statistics, RTCP. */
#include "mcore.h"

struct totals tot, tot0;
struct hist *lat[K_N];
int measuring, sample_every = 8;

#define MAGIC 0x504c4e4d42454e43ull          /* ends every payload: magic, send time, counter */
#define TRAILER 20

struct track *media_add(struct pc *p) {
    if (p->ntr == MAX_TRACK) return NULL;
    struct track *t = &p->tr[p->ntr++];
    memset(t, 0, sizeof *t);
    t->seq = rnd32() & 0x3fff; t->ts = rnd32(); t->pic_id = rnd32() & 0x7fff;
    return t;
}

void media_play(struct pc *p, int on, uint64_t now) {
    for (int i = 0; i < p->ntr; i++) {
        struct track *t = &p->tr[i];
        t->on = on;
        t->period_ns = 1000000000ull / t->fps;
        t->ts_step = (t->kind == K_VIDEO ? 90000 : 48000) / t->fps;
        t->next_frame = now + rnd32() % t->period_ns;
        t->left = 0; t->want_key = 1; t->frames = 0;
    }
}

static int put_ext(struct track *t, struct pc *p, uint8_t *b) {
    uint8_t e[64]; int n = 0, k;
    struct xmap *x = &t->x;
    if (x->mid && (k = (int)strlen(t->mid))) { e[n++] = x->mid << 4 | (k - 1); memcpy(e + n, t->mid, k); n += k; }
    if (x->rid && (k = (int)strlen(t->rid))) { e[n++] = x->rid << 4 | (k - 1); memcpy(e + n, t->rid, k); n += k; }
    if (x->level && t->kind == K_AUDIO) { e[n++] = x->level << 4; e[n++] = 0x80 | (20 + (rnd32() & 15)); }
    if (x->abs) { uint64_t ns = mono_ns(); e[n++] = x->abs << 4 | 2; put24(e + n, (uint32_t)(((ns % 64000000000ull) << 18) / 1000000000ull)); n += 3; }
    if (x->twcc) { e[n++] = x->twcc << 4 | 1; put16(e + n, p->tw_out++); n += 2; }
    if (!n) return 0;
    while (n & 3) e[n++] = 0;
    put16(b, 0xBEDE); put16(b + 2, n / 4); memcpy(b + 4, e, n);
    return 4 + n;
}

static void send_one(struct pc *p, struct track *t) {
    uint8_t b[PKT_MAX]; int n = 12, key = 0;
    int last = t->kind == K_AUDIO || t->left == 1;
    memset(b, 0, 12);
    b[0] = 0x80; b[1] = (t->kind == K_VIDEO && last ? 0x80 : 0) | t->pt;
    put16(b + 2, t->seq); put32(b + 4, t->ts); put32(b + 8, t->ssrc);
    int x = put_ext(t, p, b + 12);
    if (x) { b[0] |= 0x10; n += x; }
    int start = n;
    if (t->kind == K_VIDEO) {
        key = t->want_key == 2;
        b[n++] = 0x80 | (t->first ? 0x10 : 0);          /* X, S */
        b[n++] = 0xE0;                                  /* I, L, T */
        put16(b + n, 0x8000 | t->pic_id); n += 2;       /* 15 bit picture id */
        b[n++] = t->tl0;
        b[n++] = 0x00;                                  /* temporal layer 0 */
        if (t->first) {                                 /* VP8 frame tag, and the key frame's start code and size */
            b[n++] = (key ? 0 : 1) | 0x10; b[n++] = 0x40; b[n++] = 0x01;
            if (key) { b[n++] = 0x9d; b[n++] = 0x01; b[n++] = 0x2a; b[n++] = 0x00; b[n++] = 0x05; b[n++] = 0xd0; b[n++] = 0x02; }
        }
    } else b[n++] = 0xfc;
    int end = start + t->size;
    for (int i = n; i < end - TRAILER; i++) b[i] = (uint8_t)(i * 7 + t->seq);
    put64(b + end - 20, MAGIC); put64(b + end - 12, real_ns()); put32(b + end - 4, t->ctr++);
    uint32_t roc = srtp_guess(&t->idx, t->seq, 1);
    n = srtp_protect(&p->tx, roc, b, end);
    pc_send(p, b, n);
    t->seq++; t->sent++; t->sent_bytes += end; t->first = 0;
    t->last_rtp_ts = t->ts; t->last_real = real_ns();
}

static void track_tick(struct pc *p, struct track *t, uint64_t now) {
    while (t->on) {
        if (!t->left) {
            if (now < t->next_frame) return;
            t->ts += t->ts_step;
            t->next_burst = t->next_frame;
            t->next_frame += t->period_ns;
            if (now > t->next_frame + 200000000ull) t->next_frame = now;   /* we were stopped: do not catch up */
            if (t->kind == K_VIDEO) {
                t->pk_acc += (double)t->pps / t->fps;
                t->left = (int)t->pk_acc; t->pk_acc -= t->left;
                if (t->left < 1) t->left = 1;
                t->first = 1; t->pic_id++; t->tl0++; t->frames++;
                t->want_key = t->want_key ? 2 : 0;
            } else t->left = 1;
        }
        while (t->left && now >= t->next_burst) {
            for (int i = 0; i < t->burst && t->left; i++) { send_one(p, t); t->left--; }
            t->next_burst += t->gap_ns;
        }
        if (t->left) return;
        if (t->want_key == 2) t->want_key = t->frames < 3;                 /* key frames until it settles */
    }
}

/* ---------------- receiving ---------------- */
static struct rx *rx_of(struct pc *p, uint32_t ssrc, int kind, int add) {
    if (p->nrx && p->rx[p->last_rx].ssrc == ssrc) return &p->rx[p->last_rx];
    uint32_t h = (ssrc * 2654435761u) >> 23;
    for (;; h = (h + 1) & 511) {
        uint16_t i = p->hash[h];
        if (i == 0xffff) break;
        if (p->rx[i].ssrc == ssrc) { p->last_rx = i; return &p->rx[i]; }
    }
    if (!add) return NULL;
    if (p->nrx == MAX_RX) { tot.unknown_ssrc_over++; return NULL; }
    struct rx *r = &p->rx[p->nrx];
    memset(r, 0, sizeof *r);
    r->ssrc = ssrc; r->kind = kind; r->hi = -1;
    p->hash[h] = (uint16_t)p->nrx; p->last_rx = p->nrx++;
    return r;
}

void media_rtp_in(struct pc *p, uint8_t *b, int n, int64_t at) {
    if (n < 12) return;
    int kind = p->ptkind[b[1] & 127], seq = get16(b + 2), h;
    tot.rtp[kind]++; tot.rtp_bytes[kind] += n;
    if (p->x_twcc && (b[0] & 0x10) && n > 16 && get16(b + 12) == 0xBEDE) {
        int end = 16 + 4 * (int)get16(b + 14), q = 16;
        while (q < end && q < n) {
            int id = b[q] >> 4, l = (b[q] & 15) + 1;
            if (!id) { q++; continue; }
            if (id == p->x_twcc && p->ntw < 2048) { p->tw[p->ntw].seq = get16(b + q + 1); p->tw[p->ntw++].at = at; }
            q += 1 + l;
        }
    }
    if (kind == K_OTHER) return;
    uint32_t ssrc = get32(b + 8);
    struct rx *r = rx_of(p, ssrc, kind, 1);
    if (!r) return;
    uint32_t roc = srtp_guess(&r->idx, seq, 1);
    int64_t ext = (int64_t)roc << 16 | seq;
    if (r->hi < 0) { r->base = ext; r->rr_hi = ext - 1; r->hi0 = ext - 1; }
    if (ext > r->hi) r->hi = ext;
    r->got++;
    {   /* interarrival jitter */
        int clock = kind == K_AUDIO ? 48000 : 90000;
        int64_t tr = (int64_t)((double)(at % 1000000000000ll) * clock / 1e9) - (int64_t)get32(b + 4);
        int64_t d = tr - r->jit_last; if (d < 0) d = -d;
        if (r->jit_last && d < clock) r->jitter += ((double)d - r->jitter) / 16;
        r->jit_last = tr;
    }
    if (kind == K_RTX || ++p->cnt % (uint32_t)sample_every) return;
    n = srtp_unprotect(&p->rxd, roc, b, n);
    tot.sampled++;
    if (n < 0) { tot.bad_auth++; return; }
    h = rtp_hdrlen(b, n);
    if (b[0] & 0x20) { int pad = b[n - 1]; n -= pad; if (n <= h) { tot.pad_only++; return; } }
    if (n - h < TRAILER || get64(b + n - 20) != MAGIC) { tot.bad_trailer++; return; }
    if (measuring) hist_add(lat[kind], at - (int64_t)get64(b + n - 12));
}

void media_rtcp_in(struct pc *p, uint8_t *b, int n) {
    n = srtcp_unprotect(&p->rxd, b, n);
    if (n < 0) { tot.bad_auth++; return; }
    tot.rtcp_in++;
    for (int at = 0; at + 8 <= n; ) {
        uint8_t *q = b + at; int len = 4 * ((int)get16(q + 2) + 1), fmt = q[0] & 31;
        if (at + len > n) return;
        if (q[1] == 200 && len >= 28) {
            struct rx *r = rx_of(p, get32(q + 4), 0, 0);
            if (r) { r->lsr = get32(q + 8) << 16 | get32(q + 12) >> 16; r->lsr_at = mono_ns(); }
        } else if (q[1] == 206 && (fmt == 1 || fmt == 4)) {
            tot.pli++;
            for (int i = 0; i < p->ntr; i++) if (p->tr[i].kind == K_VIDEO && !p->tr[i].want_key) p->tr[i].want_key = 1;
        } else if (q[1] == 205 && fmt == 1) tot.nack++;
        else if (q[1] == 205 && fmt == 15) tot.fb_in++;
        at += len;
    }
}

/* ---------------- RTCP out ---------------- */
static int sdes(uint8_t *b, uint32_t ssrc) {
    uint8_t *s = b;
    s[0] = 0x81; s[1] = 202; put16(s + 2, 3); put32(s + 4, ssrc);
    s[8] = 1; s[9] = 5; memcpy(s + 10, "bench", 5); s[15] = 0;
    return 16;
}
static void report_blocks(struct pc *p, uint8_t *b, int from, int cnt, uint64_t now) {
    for (int i = 0; i < cnt; i++, b += 24) {
        struct rx *r = &p->rx[from + i];
        int64_t exp = r->hi - r->rr_hi, got = (int64_t)(r->got - r->rr_got), lost = exp - got;
        if (lost < 0) lost = 0;
        r->lost_total += (uint32_t)lost;
        put32(b, r->ssrc);
        b[4] = exp > 0 ? (uint8_t)(lost * 256 / (exp ? exp : 1) > 255 ? 255 : lost * 256 / exp) : 0;
        put24(b + 5, r->lost_total); put32(b + 8, (uint32_t)r->hi); put32(b + 12, (uint32_t)r->jitter);
        put32(b + 16, r->lsr);
        put32(b + 20, r->lsr ? (uint32_t)((now - r->lsr_at) * 65536 / 1000000000ull) : 0);
        r->rr_hi = r->hi; r->rr_got = r->got;
    }
}
static int remb(struct pc *p, uint8_t *b) {
    int n = 0;
    for (int i = 0; i < p->nrx && n < 60; i++) if (p->rx[i].kind == K_VIDEO) { put32(b + 20 + 4 * n, p->rx[i].ssrc); n++; }
    int e = 0; uint32_t m = (uint32_t)p->remb;
    while (m >= 1u << 18) { m >>= 1; e++; }
    b[0] = 0x80 | 15; b[1] = 206; put16(b + 2, 4 + n);
    put32(b + 4, p->my_ssrc); put32(b + 8, 0); memcpy(b + 12, "REMB", 4);
    b[16] = n; b[17] = e << 2 | m >> 16; put16(b + 18, m & 0xffff);
    return 20 + 4 * n;
}
static void periodic(struct pc *p, uint64_t now) {
    uint8_t b[1400]; int n = 0, done = 0, any = 0;
    for (int i = 0; i < p->ntr; i++) {
        struct track *t = &p->tr[i];
        if (!t->on || !t->sent) continue;
        uint64_t r = real_ns();
        uint64_t sec = r / 1000000000ull + 2208988800ull, frac = ((r % 1000000000ull) << 32) / 1000000000ull;
        int clock = t->kind == K_VIDEO ? 90000 : 48000;
        n = 0;
        b[0] = 0x80; b[1] = 200; put16(b + 2, 6); put32(b + 4, t->ssrc);
        put32(b + 8, (uint32_t)sec); put32(b + 12, (uint32_t)frac);
        put32(b + 16, (uint32_t)t->last_rtp_ts + (uint32_t)((double)(r - t->last_real) * clock / 1e9));
        put32(b + 20, (uint32_t)t->sent); put32(b + 24, (uint32_t)t->sent_bytes);
        n = 28; n += sdes(b + n, t->ssrc);
        pc_send_rtcp(p, b, n);
        p->my_ssrc = p->tr[0].ssrc; any = 1;
    }
    while (done < p->nrx || (!any && !done)) {
        int k = p->nrx - done; if (k > 31) k = 31;
        n = 0;
        b[0] = 0x80 | k; b[1] = 201; put16(b + 2, 1 + 6 * k); put32(b + 4, p->my_ssrc);
        report_blocks(p, b + 8, done, k, now);
        n = 8 + 24 * k;
        n += sdes(b + n, p->my_ssrc);
        done += k;
        if (p->remb && done >= p->nrx) n += remb(p, b + n);
        pc_send_rtcp(p, b, n);
        if (!k) break;
    }
}

static int twcmp(const void *a, const void *b) { return *(const uint16_t *)a < *(const uint16_t *)b ? -1 : 1; }
static void feedback(struct pc *p) {
    if (!p->ntw) return;
    uint8_t b[1400], del[1024]; int nd = 0, n = 20;
    /* order by sequence number relative to the first seen */
    uint16_t first = p->tw[0].seq;
    for (int i = 1; i < p->ntw; i++) if ((int16_t)(p->tw[i].seq - first) < 0) first = p->tw[i].seq;
    for (int i = 0; i < p->ntw; i++) p->tw[i].seq -= first;
    qsort(p->tw, p->ntw, sizeof p->tw[0], twcmp);
    int last = p->tw[p->ntw - 1].seq; if (last > 480) last = 480;
    if (!p->tw_epoch) p->tw_epoch = p->tw[0].at - 64000000ll;
    int64_t ref = (p->tw[0].at - p->tw_epoch) / 64000000ll, cur = p->tw_epoch + ref * 64000000ll;
    int cnt = last + 1, j = 0, sym[512];
    for (int s = 0; s < cnt; s++) {
        while (j < p->ntw && p->tw[j].seq < s) j++;
        if (j >= p->ntw || p->tw[j].seq != s) { sym[s] = 0; continue; }
        int64_t d = (p->tw[j].at - cur) / 250000;
        if (d < 0 && p->tw[j].at < cur) d = (p->tw[j].at - cur - 249999) / 250000;
        if (d < -32768 || d > 32767 || nd > 1000) { sym[s] = 0; continue; }
        if (d >= 0 && d < 256) { sym[s] = 1; del[nd++] = (uint8_t)d; } else { sym[s] = 2; put16(del + nd, (uint16_t)d); nd += 2; }
        cur += d * 250000;
    }
    for (int s = 0; s < cnt; s += 7) {
        uint32_t c = 0xC000;
        for (int i = 0; i < 7; i++) if (s + i < cnt) c |= (uint32_t)sym[s + i] << (12 - 2 * i);
        put16(b + n, c); n += 2;
    }
    memcpy(b + n, del, nd); n += nd;
    while (n & 3) b[n++] = 0;
    uint32_t media = p->nrx ? p->rx[0].ssrc : 0;
    for (int i = 0; i < p->nrx; i++) if (p->rx[i].kind == K_VIDEO) { media = p->rx[i].ssrc; break; }
    b[0] = 0x8F; b[1] = 205; put16(b + 2, n / 4 - 1);
    put32(b + 4, p->my_ssrc); put32(b + 8, media);
    put16(b + 12, first); put16(b + 14, cnt); put24(b + 16, (uint32_t)ref); b[19] = p->fb_count++;
    pc_send_rtcp(p, b, n);
    p->ntw = 0;
}

void media_tick(struct pc *p, uint64_t now) {
    for (int i = 0; i < p->ntr; i++) if (p->tr[i].on) track_tick(p, &p->tr[i], now);
    if (now >= p->next_rr) { periodic(p, now); p->next_rr = now + 1000000000ull; }
    if (p->twcc_fb && now >= p->next_fb) { feedback(p); p->next_fb = now + 100000000ull; }
}

/* ---------------- measuring ---------------- */
void media_begin(void) {
    for (int k = 0; k < K_N; k++) memset(lat[k], 0, sizeof *lat[k]);
    tot0 = tot;
    for (int i = 0; i < MAX_PC; i++) if (pcs[i]) {
        for (int j = 0; j < pcs[i]->ntr; j++) { pcs[i]->tr[j].sent0 = pcs[i]->tr[j].sent; pcs[i]->tr[j].bytes0 = pcs[i]->tr[j].sent_bytes; }
        for (int j = 0; j < pcs[i]->nrx; j++) { struct rx *r = &pcs[i]->rx[j]; r->got0 = r->got; r->hi0 = r->hi; }
    }
    measuring = 1;
}

void media_report(FILE *f) {
    static const char *kn[K_N] = { "audio", "video", "rtx", "other" };
    measuring = 0;
    uint64_t sent[K_N] = {0}, active[K_N] = {0}, min_got = ~0ull, max_got = 0; int64_t expect[K_N] = {0}, lost[K_N] = {0};
    for (int i = 0; i < MAX_PC; i++) if (pcs[i]) {
        struct pc *p = pcs[i]; uint64_t mine = 0; int has = 0;
        for (int j = 0; j < p->ntr; j++) sent[p->tr[j].kind] += p->tr[j].sent - p->tr[j].sent0;
        for (int j = 0; j < p->nrx; j++) {
            struct rx *r = &p->rx[j];
            int64_t e = r->hi - r->hi0, g = (int64_t)(r->got - r->got0);
            mine += g;
            if (r->kind == K_RTX) continue;
            has = 1;
            if (g) active[r->kind]++;
            expect[r->kind] += e; if (e > g) lost[r->kind] += e - g;
        }
        if (has) { if (mine < min_got) min_got = mine; if (mine > max_got) max_got = mine; }
    }
    fprintf(f, "result");
    for (int k = 0; k < K_N; k++) {
        fprintf(f, " %s.recv=%llu %s.bytes=%llu", kn[k], (unsigned long long)(tot.rtp[k] - tot0.rtp[k]), kn[k], (unsigned long long)(tot.rtp_bytes[k] - tot0.rtp_bytes[k]));
        if (k > K_VIDEO) continue;
        struct hist *h = lat[k];
        fprintf(f, " %s.sent=%llu %s.streams=%llu %s.expect=%lld %s.lost=%lld %s.lat_n=%llu %s.lat_mean=%.1f %s.p50=%llu %s.p90=%llu %s.p99=%llu %s.p999=%llu %s.max=%llu",
                kn[k], (unsigned long long)sent[k], kn[k], (unsigned long long)active[k], kn[k], (long long)expect[k], kn[k], (long long)lost[k],
                kn[k], (unsigned long long)h->n, kn[k], h->n ? h->sum_us / (double)h->n : 0, kn[k], (unsigned long long)hist_q(h, .5), kn[k], (unsigned long long)hist_q(h, .9),
                kn[k], (unsigned long long)hist_q(h, .99), kn[k], (unsigned long long)hist_q(h, .999), kn[k], (unsigned long long)h->max_us);
    }
#define D(x) fprintf(f, " " #x "=%llu", (unsigned long long)(tot.x - tot0.x))
    D(rtcp_in); D(rtcp_out); D(stun_in); D(pli); D(nack); D(fb_in); D(bad_auth); D(bad_trailer); D(sampled); D(recv_calls); D(pad_only); D(unknown_ssrc_over);
    fprintf(f, " pc_min=%llu pc_max=%llu\n", (unsigned long long)(min_got == ~0ull ? 0 : min_got), (unsigned long long)max_got);
    fflush(f);
}
