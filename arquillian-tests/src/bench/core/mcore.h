/* SPDX-License-Identifier: EUPL-1.2 */
/* Media core: many small WebRTC endpoints in one process, one thread. */
#ifndef MCORE_H
#define MCORE_H
#include <stdint.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include "srtp.h"
#include "util.h"

#define MAX_PC     2048
#define MAX_TRACK  16          /* sent per PC */
#define MAX_RX     256         /* received SSRCs per PC */
#define PKT_MAX    2048

enum kind { K_AUDIO, K_VIDEO, K_RTX, K_OTHER, K_N };

struct xmap { int mid, level, abs, twcc, rid; };     /* header extension ids, 0 = off */

struct track {
    int kind, pt, on;
    uint32_t ssrc;
    struct xmap x;
    char mid[16], rid[16];
    int pps, fps, size, burst;      /* burst: packets per gap */
    uint64_t gap_ns;
    /* running state */
    uint16_t seq; uint32_t ts, ts_step; struct srtp_src idx;
    uint64_t next_frame, next_burst; int left, first, want_key, frames;
    double pk_acc; uint64_t period_ns;
    uint16_t pic_id; uint8_t tl0;
    uint64_t sent, sent_bytes, last_real, last_rtp_ts;   /* totals */
    uint64_t sent0, bytes0;                              /* at "begin" */
    uint32_t ctr;
};

struct rx {
    uint32_t ssrc; int kind;
    struct srtp_src idx;
    int64_t hi, base;               /* extended sequence numbers */
    uint64_t got, got0; int64_t hi0;
    uint64_t rr_got; int64_t rr_hi; uint32_t lost_total;
    uint32_t lsr; uint64_t lsr_at;
    int64_t jit_last; double jitter;
};

struct pc {
    int id, fd, used, up, failed, ctl, dtls_client, nominated, ice_ok, nominating;
    char ufrag[16], pwd[40], r_ufrag[264], r_pwd[264], r_fp[100];
    struct sockaddr_in remote; int has_remote;
    uint64_t tie, next_stun, next_dtls, started_at, up_at;
    uint8_t tid[12];
    SSL *ssl; int profile;
    const uint8_t *in; int in_len;  /* datagram handed to the DTLS BIO */
    struct srtp_dir tx, rxd; uint32_t rtcp_index;
    struct track tr[MAX_TRACK]; int ntr;
    struct rx rx[MAX_RX]; int nrx, last_rx;
    uint16_t hash[512];
    uint8_t ptkind[128];
    int x_twcc, twcc_fb, remb;
    uint64_t next_rr, next_fb;
    uint32_t cnt;                   /* received media packets, for sampling */
    /* transport-wide feedback */
    struct { uint16_t seq; int64_t at; } tw[2048]; int ntw; uint8_t fb_count; int64_t tw_epoch;
    uint16_t tw_out;                /* own transport-wide sequence numbers */
    uint32_t my_ssrc;
};

struct totals {
    uint64_t rtp[K_N], rtp_bytes[K_N], rtcp_in, rtcp_out, stun_in, pli, nack, fb_in, bad_auth, bad_trailer, sampled, recv_calls, pad_only, unknown_ssrc_over;
};

extern struct pc *pcs[MAX_PC];
extern struct totals tot, tot0;
extern struct hist *lat[K_N];
extern int measuring, sample_every, g_tick_us;
extern char g_fp[100];
extern SSL_CTX *g_ctx[3];

/* pc.c */
void tls_setup(void);
struct pc *pc_new(int id, const char *bind_ip, int port);
void pc_start(struct pc *p);
void pc_close(struct pc *p);
void pc_readable(struct pc *p);
void pc_tick(struct pc *p, uint64_t now);
int  pc_send(struct pc *p, const void *b, int n);
int  pc_send_rtcp(struct pc *p, uint8_t *b, int n);
void event(const char *fmt, ...);

/* media.c */
void media_rtp_in(struct pc *p, uint8_t *b, int n, int64_t at_real);
void media_rtcp_in(struct pc *p, uint8_t *b, int n);
void media_tick(struct pc *p, uint64_t now);
void media_begin(void);
void media_report(FILE *f);
struct track *media_add(struct pc *p);
void media_play(struct pc *p, int on, uint64_t now);
#endif
