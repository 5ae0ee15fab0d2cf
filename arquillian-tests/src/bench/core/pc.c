/* SPDX-License-Identifier: EUPL-1.2 */
/* One endpoint: UDP socket, ICE (one host candidate on either side), DTLS, SRTP keys, demultiplexing. */
#define _GNU_SOURCE
#include "mcore.h"
#include "stun.h"
#include <sys/socket.h>
#include <sys/uio.h>
#include <arpa/inet.h>
#include <fcntl.h>
#include <errno.h>
#include <unistd.h>
#include <stdarg.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <openssl/ec.h>
#include <openssl/rand.h>

struct pc *pcs[MAX_PC];
SSL_CTX *g_ctx[3];              /* 0: both profiles, 1: GCM only, 2: CM80 only */
char g_fp[100];
static BIO_METHOD *bio_m;

void rnd_bytes(void *p, int n) { if (RAND_bytes(p, n) != 1) abort(); }

void event(const char *fmt, ...) {
    va_list a;
    va_start(a, fmt);
    vprintf(fmt, a);
    va_end(a);
    putchar('\n');
    fflush(stdout);
}

/* --- DTLS over a datagram at a time --- */
static int b_write(BIO *b, const char *d, int n) {
    struct pc *p = BIO_get_data(b);
    pc_send(p, d, n);
    return n;
}
static int b_read(BIO *b, char *d, int n) {
    struct pc *p = BIO_get_data(b);
    BIO_clear_retry_flags(b);
    if (!p->in) { BIO_set_retry_read(b); return -1; }
    int k = p->in_len < n ? p->in_len : n;
    memcpy(d, p->in, k);
    p->in = NULL;
    return k;
}
static long b_ctrl(BIO *b, int cmd, long num, void *ptr) {
    (void)b; (void)num; (void)ptr;
    switch (cmd) {
        case BIO_CTRL_FLUSH: return 1;
        case BIO_CTRL_DGRAM_QUERY_MTU: case BIO_CTRL_DGRAM_GET_FALLBACK_MTU: return 1200;
        case BIO_CTRL_DGRAM_GET_MTU_OVERHEAD: return 28;
        default: return 0;
    }
}
static int verify_any(int ok, X509_STORE_CTX *s) { (void)ok; (void)s; return 1; }   /* the fingerprint is checked afterwards */

static void fingerprint(X509 *x, char *out) {
    uint8_t md[32]; unsigned n = 32;
    X509_digest(x, EVP_sha256(), md, &n);
    for (unsigned i = 0; i < n; i++) sprintf(out + 3 * i, i + 1 < n ? "%02X:" : "%02X", md[i]);
}

void tls_setup(void) {
    EVP_PKEY *k = EVP_EC_gen("P-256");
    X509 *x = X509_new();
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 1 + (rnd32() >> 2));
    X509_gmtime_adj(X509_getm_notBefore(x), -86400);
    X509_gmtime_adj(X509_getm_notAfter(x), 86400 * 30);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_ASC, (const unsigned char *)"bench", -1, -1, 0);
    X509_set_issuer_name(x, X509_get_subject_name(x));
    X509_set_pubkey(x, k);
    X509_sign(x, k, EVP_sha256());
    fingerprint(x, g_fp);
    static const char *prof[3] = { "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80", "SRTP_AEAD_AES_128_GCM", "SRTP_AES128_CM_SHA1_80" };
    for (int i = 0; i < 3; i++) {
        SSL_CTX *c = g_ctx[i] = SSL_CTX_new(DTLS_method());
        SSL_CTX_set_min_proto_version(c, DTLS1_2_VERSION);
        SSL_CTX_use_certificate(c, x);
        SSL_CTX_use_PrivateKey(c, k);
        SSL_CTX_set_verify(c, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, verify_any);
        SSL_CTX_set_options(c, SSL_OP_NO_QUERY_MTU);
        SSL_CTX_set_read_ahead(c, 1);
        if (SSL_CTX_set_tlsext_use_srtp(c, prof[i])) { fprintf(stderr, "use_srtp failed\n"); exit(1); }
    }
    bio_m = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "udp");
    BIO_meth_set_write(bio_m, b_write);
    BIO_meth_set_read(bio_m, b_read);
    BIO_meth_set_ctrl(bio_m, b_ctrl);
}

static void token(char *o, int n) {
    static const char abc[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    uint8_t r[64];
    rnd_bytes(r, n);
    for (int i = 0; i < n; i++) o[i] = abc[r[i] % 62];
    o[n] = 0;
}

struct pc *pc_new(int id, const char *ip, int port) {
    struct pc *p = calloc(1, sizeof *p);
    p->id = id; p->used = 1;
    p->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int one = 1, sz = 2 << 20;
    setsockopt(p->fd, SOL_SOCKET, SO_RCVBUF, &sz, sizeof sz);
    setsockopt(p->fd, SOL_SOCKET, SO_SNDBUF, &sz, sizeof sz);
    setsockopt(p->fd, SOL_SOCKET, SO_TIMESTAMPNS, &one, sizeof one);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port) };
    inet_pton(AF_INET, ip, &a.sin_addr);
    if (bind(p->fd, (void *)&a, sizeof a)) { close(p->fd); free(p); return NULL; }
    token(p->ufrag, 8); token(p->pwd, 24);
    rnd_bytes(&p->tie, 8);
    p->my_ssrc = 1;
    memset(p->hash, 0xff, sizeof p->hash);
    memset(p->ptkind, K_OTHER, sizeof p->ptkind);
    pcs[id] = p;
    return p;
}

int pc_send(struct pc *p, const void *b, int n) { return (int)send(p->fd, b, n, 0); }

int pc_send_rtcp(struct pc *p, uint8_t *b, int n) {
    n = srtcp_protect(&p->tx, &p->rtcp_index, b, n);
    if (n > 0) { pc_send(p, b, n); tot.rtcp_out++; }
    return n;
}

void pc_start(struct pc *p) {
    if (connect(p->fd, (void *)&p->remote, sizeof p->remote)) { event("ev id=%d fail reason=connect", p->id); return; }
    p->has_remote = 1;
    p->started_at = mono_ns();
    p->next_stun = 0;
    rnd_bytes(p->tid, 12);
}

static void send_check(struct pc *p) {
    uint8_t o[512]; char user[600];
    snprintf(user, sizeof user, "%s:%s", p->r_ufrag, p->ufrag);
    p->nominating = p->ctl && p->ice_ok;      /* regular nomination: a plain check first */
    int n = stun_request(o, p->tid, user, p->r_pwd, 0x6e0001ff, p->ctl, p->nominating, p->tie);
    pc_send(p, o, n);
}

static void dtls_begin(struct pc *p, int which) {
    p->ssl = SSL_new(g_ctx[which]);
    BIO *b = BIO_new(bio_m);
    BIO_set_data(b, p); BIO_set_init(b, 1);
    SSL_set_bio(p->ssl, b, b);
    DTLS_set_link_mtu(p->ssl, 1200);
    if (p->dtls_client) SSL_set_connect_state(p->ssl); else SSL_set_accept_state(p->ssl);
}

static void dtls_drive(struct pc *p) {
    if (p->up || p->failed) {
        if (p->up) { char t[256]; while (SSL_read(p->ssl, t, sizeof t) > 0) {} ERR_clear_error(); if (SSL_get_shutdown(p->ssl) & SSL_RECEIVED_SHUTDOWN) { event("ev id=%d closed", p->id); p->up = 0; p->failed = 1; } }
        return;
    }
    int r = SSL_do_handshake(p->ssl);
    if (r != 1) {
        int e = SSL_get_error(p->ssl, r);
        if (e != SSL_ERROR_WANT_READ && e != SSL_ERROR_WANT_WRITE) {
            p->failed = 1;
            event("ev id=%d fail reason=dtls-%s", p->id, ERR_reason_error_string(ERR_peek_error()) ? "handshake" : "io");
            ERR_print_errors_fp(stderr);
        }
        return;
    }
    SRTP_PROTECTION_PROFILE *pr = SSL_get_selected_srtp_profile(p->ssl);
    if (!pr) { p->failed = 1; event("ev id=%d fail reason=no-srtp", p->id); return; }
    p->profile = (int)pr->id;
    char fp[100] = "";
    X509 *x = SSL_get1_peer_certificate(p->ssl);
    if (x) { fingerprint(x, fp); X509_free(x); }
    if (p->r_fp[0] && strcasecmp(fp, p->r_fp)) { p->failed = 1; event("ev id=%d fail reason=fingerprint", p->id); return; }
    uint8_t m[64];
    int kl = srtp_keylen(p->profile), sl = srtp_saltlen(p->profile);
    SSL_export_keying_material(p->ssl, m, 2 * (kl + sl), "EXTRACTOR-dtls_srtp", 19, NULL, 0, 0);
    struct srtp_dir *c = p->dtls_client ? &p->tx : &p->rxd, *s = p->dtls_client ? &p->rxd : &p->tx;
    srtp_init(c, p->profile, m, m + 2 * kl);
    srtp_init(s, p->profile, m + kl, m + 2 * kl + sl);
    p->up = 1; p->up_at = mono_ns();
    p->next_rr = p->up_at + 1000000000ull + rnd32() % 1000000000u;
    p->next_fb = p->up_at + 100000000ull;
    p->next_stun = p->up_at + 2500000000ull;
    event("ev id=%d up profile=%s ms=%d cipher=%s", p->id, p->profile == SRTP_GCM128 ? "gcm" : "cm80", (int)((p->up_at - p->started_at) / 1000000), SSL_get_cipher(p->ssl));
}

static void on_stun(struct pc *p, const uint8_t *b, int n, const struct sockaddr_in *from) {
    struct stun_msg m;
    if (stun_parse(b, n, &m)) return;
    tot.stun_in++;
    if (m.type == STUN_BIND_REQ) {
        int ul = (int)strlen(p->ufrag);
        if (!m.username || m.username_len <= ul || memcmp(m.username, p->ufrag, ul) || m.username[ul] != ':') return;
        if (!stun_check_integrity(b, n, &m, p->pwd)) return;
        uint8_t o[256];
        int k = stun_response(o, m.tid, p->pwd, from);
        pc_send(p, o, k);
        if (m.use_candidate && !p->ctl) p->nominated = 1;
    } else if (m.type == STUN_BIND_OK) {
        if (memcmp(m.tid, p->tid, 12) || !stun_check_integrity(b, n, &m, p->r_pwd)) return;
        if (p->nominating) p->nominated = 1;
        p->ice_ok = 1;
        rnd_bytes(p->tid, 12);
        if (!p->up) p->next_stun = p->nominated ? mono_ns() + 500000000ull : 0;
    } else if (m.type == STUN_BIND_ERR) {
        event("ev id=%d stun-error code=%d", p->id, m.error_code);
    }
}

static int g_which[MAX_PC];
void pc_set_profile(struct pc *p, int which) { g_which[p->id] = which; }

#define VEC 16
void pc_readable(struct pc *p) {
    static uint8_t buf[VEC][PKT_MAX], ctl[VEC][64];
    static struct sockaddr_in from[VEC];
    struct mmsghdr mm[VEC]; struct iovec iov[VEC];
    for (;;) {
        for (int i = 0; i < VEC; i++) {
            iov[i] = (struct iovec){ buf[i], PKT_MAX - 64 };
            mm[i].msg_hdr = (struct msghdr){ .msg_name = &from[i], .msg_namelen = sizeof from[i], .msg_iov = &iov[i], .msg_iovlen = 1, .msg_control = ctl[i], .msg_controllen = sizeof ctl[i] };
        }
        int k = recvmmsg(p->fd, mm, VEC, MSG_DONTWAIT, NULL);
        tot.recv_calls++;
        if (k <= 0) return;
        for (int i = 0; i < k; i++) {
            uint8_t *b = buf[i]; int n = (int)mm[i].msg_len;
            if (n < 4) continue;
            if (b[0] >= 128 && b[0] < 192) {
                if (!p->up) continue;
                if (b[1] >= 192 && b[1] <= 223) { media_rtcp_in(p, b, n); continue; }
                int64_t at = 0;
                for (struct cmsghdr *c = CMSG_FIRSTHDR(&mm[i].msg_hdr); c; c = CMSG_NXTHDR(&mm[i].msg_hdr, c))
                    if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_TIMESTAMPNS) {
                        struct timespec t;
                        memcpy(&t, CMSG_DATA(c), sizeof t);
                        at = (int64_t)t.tv_sec * 1000000000ll + t.tv_nsec;
                    }
                media_rtp_in(p, b, n, at ? at : (int64_t)real_ns());
            } else if (b[0] < 4) {
                on_stun(p, b, n, &from[i]);
            } else if (b[0] >= 20 && b[0] < 64) {
                if (!p->has_remote) continue;
                if (!p->ssl) dtls_begin(p, g_which[p->id]);
                p->in = b; p->in_len = n;
                dtls_drive(p);
                p->in = NULL;
            }
        }
        if (k < VEC) return;
    }
}

void pc_tick(struct pc *p, uint64_t now) {
    if (!p->has_remote || p->failed) return;
    if (now >= p->next_stun) {
        send_check(p);
        p->next_stun = now + (p->up ? 2500000000ull : 50000000ull);
    }
    if (!p->up) {
        if (p->nominated && p->ice_ok) {
            if (!p->ssl && p->dtls_client) { dtls_begin(p, g_which[p->id]); dtls_drive(p); p->next_dtls = now + 100000000ull; }
            else if (p->ssl && now >= p->next_dtls) {
                p->next_dtls = now + 100000000ull;
                if (DTLSv1_handle_timeout(p->ssl) > 0) dtls_drive(p);
            }
        }
        if (now - p->started_at > 20000000000ull) { p->failed = 1; event("ev id=%d fail reason=timeout-%s", p->id, p->ice_ok ? "dtls" : "ice"); }
        return;
    }
    media_tick(p, now);
}

void pc_close(struct pc *p) {
    if (p->ssl) { if (p->up) SSL_shutdown(p->ssl); SSL_free(p->ssl); }
    if (p->up) { srtp_free(&p->tx); srtp_free(&p->rxd); }
    close(p->fd);
    pcs[p->id] = NULL;
    free(p);
}
