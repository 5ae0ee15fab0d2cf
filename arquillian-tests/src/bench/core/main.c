/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Media core: reads commands (one per line, key=value) on stdin, answers on stdout.
 * A driver does the signalling of the SFU under test and knows all SDP; this
 * program knows only addresses, ICE passwords, fingerprints, SSRCs and payload types.
 *
 *   pc id=N [bind=IP] [port=N] [srtp=any|gcm|cm80]       -> pc id=N ip= port= ufrag= pwd=
 *   send id=N kind=video|audio ssrc= pt= [pps= fps= size= burst= gap_us=] [mid= rid= x_mid= x_rid= x_level= x_abs= x_twcc=]
 *   recv id=N pt=P kind=audio|video|rtx ;  recv id=N x_twcc=E twcc=1 remb=BPS
 *   start id=N ip= port= ufrag= pwd= [fp=] dtls=client|server ice=controlling|controlled
 *   play id=N | pause id=N | begin | end | close id=N | state | quit
 */
#define _GNU_SOURCE
#include "mcore.h"
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/prctl.h>
#include <arpa/inet.h>
#include <unistd.h>
#include <fcntl.h>
#include <errno.h>

int g_tick_us = 1000;
void pc_set_profile(struct pc *p, int which);
static int ep, quit;

static const char *arg(const char *line, const char *key) {
    static char v[8][512]; static int r;
    int kl = (int)strlen(key);
    for (const char *s = line; (s = strstr(s, key)); s += kl) {
        if (s == line || s[-1] != ' ' || s[kl] != '=') continue;
        char *o = v[r = (r + 1) & 7]; int n = 0;
        for (s += kl + 1; *s && *s != ' ' && n < 511; s++) o[n++] = *s;
        o[n] = 0;
        return o;
    }
    return NULL;
}
static long num(const char *l, const char *k, long d) { const char *v = arg(l, k); return v ? strtol(v, NULL, 0) : d; }
static int kind_of(const char *k) { return !k ? K_OTHER : !strcmp(k, "audio") ? K_AUDIO : !strcmp(k, "video") ? K_VIDEO : !strcmp(k, "rtx") ? K_RTX : K_OTHER; }

static void command(char *l) {
    char cmd[32] = "";
    sscanf(l, "%31s", cmd);
    long id = num(l, "id", -1);
    struct pc *p = id >= 0 && id < MAX_PC ? pcs[id] : NULL;
    if (!strcmp(cmd, "pc")) {
        const char *ip = arg(l, "bind"), *s = arg(l, "srtp");
        if (!ip) ip = "127.0.0.1";
        if (id < 0 || id >= MAX_PC || p || !(p = pc_new((int)id, ip, (int)num(l, "port", 0)))) { event("err cmd=pc id=%ld", id); return; }
        pc_set_profile(p, s && !strcmp(s, "gcm") ? 1 : s && !strcmp(s, "cm80") ? 2 : 0);
        struct epoll_event e = { .events = EPOLLIN, .data.ptr = p };
        epoll_ctl(ep, EPOLL_CTL_ADD, p->fd, &e);
        struct sockaddr_in a; socklen_t n = sizeof a;
        getsockname(p->fd, (void *)&a, &n);
        event("pc id=%ld ip=%s port=%d ufrag=%s pwd=%s", id, ip, ntohs(a.sin_port), p->ufrag, p->pwd);
    } else if (!strcmp(cmd, "begin")) { media_begin(); event("ok begin"); }
    else if (!strcmp(cmd, "end")) media_report(stdout);
    else if (!strcmp(cmd, "state")) {
        int up = 0, all = 0, bad = 0;
        for (int i = 0; i < MAX_PC; i++) if (pcs[i]) { all++; up += pcs[i]->up; bad += pcs[i]->failed; }
        event("state all=%d up=%d failed=%d audio=%llu video=%llu rtx=%llu other=%llu", all, up, bad, (unsigned long long)tot.rtp[K_AUDIO], (unsigned long long)tot.rtp[K_VIDEO], (unsigned long long)tot.rtp[K_RTX], (unsigned long long)tot.rtp[K_OTHER]);
    } else if (!strcmp(cmd, "quit")) quit = 1;
    else if (!p) event("err cmd=%s id=%ld", cmd, id);
    else if (!strcmp(cmd, "send")) {
        struct track *t = media_add(p);
        if (!t) { event("err cmd=send id=%ld", id); return; }
        t->kind = kind_of(arg(l, "kind"));
        t->ssrc = (uint32_t)strtoul(arg(l, "ssrc") ? arg(l, "ssrc") : "0", NULL, 0);
        t->pt = (int)num(l, "pt", t->kind == K_VIDEO ? 96 : 111);
        t->fps = (int)num(l, "fps", t->kind == K_VIDEO ? 30 : 50);
        t->pps = (int)num(l, "pps", t->kind == K_VIDEO ? 160 : 50);
        t->size = (int)num(l, "size", t->kind == K_VIDEO ? 1150 : 100);
        t->burst = (int)num(l, "burst", 2);
        t->gap_ns = (uint64_t)num(l, "gap_us", 5000) * 1000;
        if (t->size < 48) t->size = 48;
        if (t->size > 1400) t->size = 1400;
        if (arg(l, "mid")) snprintf(t->mid, sizeof t->mid, "%s", arg(l, "mid"));
        if (arg(l, "rid")) snprintf(t->rid, sizeof t->rid, "%s", arg(l, "rid"));
        t->x = (struct xmap){ (int)num(l, "x_mid", 0), (int)num(l, "x_level", 0), (int)num(l, "x_abs", 0), (int)num(l, "x_twcc", 0), (int)num(l, "x_rid", 0) };
    } else if (!strcmp(cmd, "recv")) {
        if (arg(l, "pt")) p->ptkind[num(l, "pt", 0) & 127] = (uint8_t)kind_of(arg(l, "kind"));
        if (arg(l, "x_twcc")) p->x_twcc = (int)num(l, "x_twcc", 0);
        if (arg(l, "twcc")) p->twcc_fb = (int)num(l, "twcc", 0);
        if (arg(l, "remb")) p->remb = (int)num(l, "remb", 0);
    } else if (!strcmp(cmd, "start")) {
        const char *ip = arg(l, "ip"), *u = arg(l, "ufrag"), *w = arg(l, "pwd"), *fp = arg(l, "fp"), *d = arg(l, "dtls"), *c = arg(l, "ice");
        if (!ip || !u || !w) { event("err cmd=start id=%ld", id); return; }
        p->remote.sin_family = AF_INET;
        p->remote.sin_port = htons((uint16_t)num(l, "port", 0));
        inet_pton(AF_INET, ip, &p->remote.sin_addr);
        snprintf(p->r_ufrag, sizeof p->r_ufrag, "%s", u);
        snprintf(p->r_pwd, sizeof p->r_pwd, "%s", w);
        if (fp) snprintf(p->r_fp, sizeof p->r_fp, "%s", fp);
        p->dtls_client = !d || !strcmp(d, "client");
        p->ctl = !c || !strcmp(c, "controlling");
        pc_start(p);
    } else if (!strcmp(cmd, "play")) media_play(p, 1, mono_ns());
    else if (!strcmp(cmd, "pause")) { for (int i = 0; i < p->ntr; i++) p->tr[i].on = 0; }
    else if (!strcmp(cmd, "close")) pc_close(p);
    else event("err cmd=%s", cmd);
}

static void stdin_readable(void) {
    static char buf[65536]; static int n;
    int k = (int)read(0, buf + n, sizeof buf - 1 - n);
    if (k == 0) { quit = 1; return; }
    if (k < 0) return;
    n += k;
    char *s = buf, *e;
    buf[n] = 0;
    while ((e = memchr(s, '\n', buf + n - s))) { *e = 0; if (*s) command(s); s = e + 1; }
    n = (int)(buf + n - s);
    memmove(buf, s, n);
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        if (sscanf(argv[i], "sample=%d", &sample_every) == 1 || sscanf(argv[i], "tick_us=%d", &g_tick_us) == 1) continue;
        fprintf(stderr, "usage: mcore [sample=K] [tick_us=U]\n");
        return 2;
    }
    struct rlimit rl = { 16384, 16384 };
    setrlimit(RLIMIT_NOFILE, &rl);
    prctl(PR_SET_TIMERSLACK, 1000ul);
    for (int k = 0; k < K_N; k++) lat[k] = calloc(1, sizeof *lat[k]);
    tls_setup();
    ep = epoll_create1(EPOLL_CLOEXEC);
    fcntl(0, F_SETFL, fcntl(0, F_GETFL) | O_NONBLOCK);
    struct epoll_event se = { .events = EPOLLIN, .data.ptr = NULL };
    epoll_ctl(ep, EPOLL_CTL_ADD, 0, &se);
    event("hello fp=%s", g_fp);
    static struct epoll_event ev[1024];
    uint64_t next = mono_ns(), slow = 0;
    while (!quit) {
        /* Fixed ticks instead of waiting in epoll: the SFU's sends then never pay for waking us. */
        next += (uint64_t)g_tick_us * 1000;
        uint64_t now = mono_ns();
        if (next < now) next = now;
        struct timespec t = { (time_t)(next / 1000000000ull), (long)(next % 1000000000ull) };
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
        int k, in = 0;
        do {
            k = epoll_wait(ep, ev, 1024, 0);
            for (int i = 0; i < k; i++) { if (ev[i].data.ptr) pc_readable(ev[i].data.ptr); else in = 1; }
        } while (k == 1024);
        if (in) stdin_readable();            /* may free endpoints: only after the events are done */
        now = mono_ns();
        /* Senders every tick, the rest (checks, RTCP) every 5 ms. */
        int all = now >= slow;
        if (all) slow = now + 5000000ull;
        for (int i = 0; i < MAX_PC; i++) if (pcs[i] && (all || pcs[i]->ntr)) pc_tick(pcs[i], now);
    }
    return 0;
}
