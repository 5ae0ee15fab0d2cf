/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The floor: the least an SFU must do, in C, one thread, one UDP port.
 * ICE-lite, DTLS server, SRTP in -> decrypt once -> encrypt for each receiver -> send. No RTCP of its own,
 * no rewriting of sequence numbers, no bandwidth estimation, no retransmission.
 *
 *   relay port=20001 ip=127.0.0.1 send=sendto|mmsg|gso [wait_us=0]
 *   stdin:  add id=N fp=SHA256 [from=A,B,...]     -> stdout: peer id=N port= ufrag= pwd= fp=
 * A peer with from= receives what those peers send.
 * wait_us > 0: after a packet, sleep that long before reading on, so that packets of one burst are handled together.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/udp.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/prctl.h>
#include <unistd.h>
#include "../core/srtp.h"
#include "../core/stun.h"
#include "../core/util.h"
#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

#define MAXP 1024
#define OUT 8192
struct peer {
    int id, up, nsub, nfrom, from[64], sub[MAXP];
    char ufrag[16], pwd[40], fp[100];
    struct sockaddr_in at; int has_at;
    SSL *ssl; const uint8_t *in; int in_len;
    struct srtp_dir tx, rx;
    struct srtp_src src[16]; int nsrc;
};
static struct peer *peers[MAXP];
static uint16_t by_port[65536];           /* remote port -> peer + 1 (all peers have the same address in the benchmark) */
static int fd, mode, wait_us;
static SSL_CTX *ctx;
static char my_fp[100];
static BIO_METHOD *bm;
enum { SENDTO, MMSG, GSO };

void rnd_bytes(void *p, int n) { if (RAND_bytes(p, n) != 1) abort(); }

static int b_write(BIO *b, const char *d, int n) { struct peer *p = BIO_get_data(b); sendto(fd, d, n, 0, (void *)&p->at, sizeof p->at); return n; }
static int b_read(BIO *b, char *d, int n) {
    struct peer *p = BIO_get_data(b);
    BIO_clear_retry_flags(b);
    if (!p->in) { BIO_set_retry_read(b); return -1; }
    int k = p->in_len < n ? p->in_len : n;
    memcpy(d, p->in, k); p->in = NULL;
    return k;
}
static long b_ctrl(BIO *b, int c, long n, void *x) { (void)b; (void)n; (void)x; return c == BIO_CTRL_FLUSH ? 1 : c == BIO_CTRL_DGRAM_QUERY_MTU ? 1200 : c == BIO_CTRL_DGRAM_GET_MTU_OVERHEAD ? 28 : 0; }
static int any(int ok, X509_STORE_CTX *s) { (void)ok; (void)s; return 1; }
static void fingerprint(X509 *x, char *o) { uint8_t md[32]; unsigned n = 32; X509_digest(x, EVP_sha256(), md, &n); for (unsigned i = 0; i < n; i++) sprintf(o + 3 * i, i + 1 < n ? "%02X:" : "%02X", md[i]); }

static void tls(void) {
    EVP_PKEY *k = EVP_EC_gen("P-256"); X509 *x = X509_new();
    X509_set_version(x, 2); ASN1_INTEGER_set(X509_get_serialNumber(x), 7);
    X509_gmtime_adj(X509_getm_notBefore(x), -86400); X509_gmtime_adj(X509_getm_notAfter(x), 86400 * 30);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_ASC, (const unsigned char *)"relay", -1, -1, 0);
    X509_set_issuer_name(x, X509_get_subject_name(x)); X509_set_pubkey(x, k); X509_sign(x, k, EVP_sha256());
    fingerprint(x, my_fp);
    ctx = SSL_CTX_new(DTLS_method());
    SSL_CTX_use_certificate(ctx, x); SSL_CTX_use_PrivateKey(ctx, k);
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, any);
    SSL_CTX_set_options(ctx, SSL_OP_NO_QUERY_MTU);
    SSL_CTX_set_tlsext_use_srtp(ctx, "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80");
    bm = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "udp");
    BIO_meth_set_write(bm, b_write); BIO_meth_set_read(bm, b_read); BIO_meth_set_ctrl(bm, b_ctrl);
}

static void dtls(struct peer *p, const uint8_t *b, int n) {
    if (!p->ssl) {
        p->ssl = SSL_new(ctx);
        BIO *io = BIO_new(bm); BIO_set_data(io, p); BIO_set_init(io, 1);
        SSL_set_bio(p->ssl, io, io); DTLS_set_link_mtu(p->ssl, 1200); SSL_set_accept_state(p->ssl);
    }
    p->in = b; p->in_len = n;
    if (p->up) { char t[64]; SSL_read(p->ssl, t, sizeof t); ERR_clear_error(); return; }
    if (SSL_do_handshake(p->ssl) != 1) { ERR_clear_error(); return; }
    SRTP_PROTECTION_PROFILE *pr = SSL_get_selected_srtp_profile(p->ssl);
    char fp[100] = ""; X509 *x = SSL_get1_peer_certificate(p->ssl);
    if (x) { fingerprint(x, fp); X509_free(x); }
    if (!pr || strcasecmp(fp, p->fp)) return;
    uint8_t m[64]; int kl = 16, sl = srtp_saltlen((int)pr->id);
    SSL_export_keying_material(p->ssl, m, 2 * (kl + sl), "EXTRACTOR-dtls_srtp", 19, NULL, 0, 0);
    srtp_init(&p->rx, (int)pr->id, m, m + 2 * kl);
    srtp_init(&p->tx, (int)pr->id, m + kl, m + 2 * kl + sl);
    p->up = 1;
}

static struct srtp_src *src_of(struct peer *p, uint32_t ssrc) {
    for (int i = 0; i < p->nsrc; i++) if (p->src[i].ssrc == ssrc) return &p->src[i];
    if (p->nsrc == 16) return NULL;
    struct srtp_src *s = &p->src[p->nsrc++];
    memset(s, 0, sizeof *s); s->ssrc = ssrc;
    return s;
}

/* outgoing queue: flushed once for each batch read */
static uint8_t obuf[OUT][1536];
static struct { int to, len; } oq[OUT];
static int on;
static void flush_out(void) {
    static struct mmsghdr m[OUT]; static struct iovec v[OUT]; static char ctl[OUT][CMSG_SPACE(2)];
    if (mode == SENDTO) {
        for (int i = 0; i < on; i++) sendto(fd, obuf[i], oq[i].len, 0, (void *)&peers[oq[i].to]->at, sizeof(struct sockaddr_in));
    } else {
        int k = 0, i = 0;
        while (i < on) {            /* equal lengths to the same receiver, which lie side by side, become one message */
            int j = i;
            v[i] = (struct iovec){ obuf[i], oq[i].len };
            if (mode == GSO) while (j + 1 < on && j - i < 30 && oq[j + 1].to == oq[i].to && oq[j + 1].len <= oq[i].len && oq[j].len == oq[i].len) { j++; v[j] = (struct iovec){ obuf[j], oq[j].len }; }
            m[k].msg_hdr = (struct msghdr){ .msg_name = &peers[oq[i].to]->at, .msg_namelen = sizeof(struct sockaddr_in), .msg_iov = &v[i], .msg_iovlen = (size_t)(j - i + 1) };
            if (j > i) {
                m[k].msg_hdr.msg_control = ctl[k]; m[k].msg_hdr.msg_controllen = sizeof ctl[k];
                struct cmsghdr *c = CMSG_FIRSTHDR(&m[k].msg_hdr);
                c->cmsg_level = SOL_UDP; c->cmsg_type = UDP_SEGMENT; c->cmsg_len = CMSG_LEN(2);
                uint16_t s = (uint16_t)oq[i].len; memcpy(CMSG_DATA(c), &s, 2);
            }
            k++; i = j + 1;
        }
        for (int done = 0; done < k; ) { int r = sendmmsg(fd, m + done, (unsigned)(k - done > 1024 ? 1024 : k - done), 0); done += r > 0 ? r : 1; }
    }
    on = 0;
}

#define VEC 32
static struct { struct peer *p; uint8_t *b; int len; uint32_t roc; } in[VEC];
static int nin;
static void fan_out(void) {
    /* receiver by receiver, so that what one receiver gets of this batch lies side by side */
    for (int a = 0; a < nin; ) {
        int e = a; while (e < nin && in[e].p == in[a].p) e++;
        for (int s = 0; s < in[a].p->nsub; s++) {
            struct peer *q = peers[in[a].p->sub[s]];
            if (!q || !q->up) continue;
            for (int i = a; i < e; i++) {
                if (on == OUT) flush_out();
                memcpy(obuf[on], in[i].b, in[i].len);
                oq[on].len = srtp_protect(&q->tx, in[i].roc, obuf[on], in[i].len);
                oq[on++].to = q->id;
            }
        }
        a = e;
    }
    nin = 0;
    flush_out();
}

static void readable(void) {
    static uint8_t buf[VEC][2048]; static struct sockaddr_in from[VEC];
    struct mmsghdr m[VEC]; struct iovec v[VEC];
    for (;;) {
        for (int i = 0; i < VEC; i++) { v[i] = (struct iovec){ buf[i], 1500 }; m[i].msg_hdr = (struct msghdr){ .msg_name = &from[i], .msg_namelen = sizeof from[i], .msg_iov = &v[i], .msg_iovlen = 1 }; }
        int k = recvmmsg(fd, m, VEC, MSG_DONTWAIT, NULL);
        if (k <= 0) return;
        for (int i = 0; i < k; i++) {
            uint8_t *b = buf[i]; int n = (int)m[i].msg_len;
            if (n < 12) continue;
            uint16_t ix = by_port[ntohs(from[i].sin_port)];
            struct peer *p = ix ? peers[ix - 1] : NULL;
            if (b[0] >= 128 && b[0] < 192) {
                if (!p || !p->up || (b[1] >= 192 && b[1] <= 223)) continue;
                struct srtp_src *s = src_of(p, get32(b + 8));
                if (!s) continue;
                uint32_t roc = srtp_guess(s, (uint16_t)get16(b + 2), 0);
                n = srtp_unprotect(&p->rx, roc, b, n);
                if (n < 0) continue;
                srtp_guess(s, (uint16_t)get16(b + 2), 1);
                in[nin].p = p; in[nin].b = b; in[nin].len = n; in[nin++].roc = roc;
            } else if (b[0] < 4) {
                struct stun_msg s;
                if (stun_parse(b, n, &s) || s.type != STUN_BIND_REQ || !s.username) continue;
                int id = atoi((const char *)s.username + 1);
                if (id < 0 || id >= MAXP || !(p = peers[id]) || !stun_check_integrity(b, n, &s, p->pwd)) continue;
                uint8_t o[256];
                int l = stun_response(o, s.tid, p->pwd, &from[i]);
                sendto(fd, o, l, 0, (void *)&from[i], sizeof from[i]);
                if (!p->has_at) { p->at = from[i]; p->has_at = 1; by_port[ntohs(from[i].sin_port)] = (uint16_t)(id + 1); }
            } else if (b[0] >= 20 && b[0] < 64 && p) dtls(p, b, n);
        }
        if (nin) fan_out();
        if (k < VEC) return;
    }
}

static void command(char *l) {
    int id; char fp[100] = "", from[600] = "", *f;
    if (sscanf(l, "add id=%d fp=%95s", &id, fp) != 2 || id < 0 || id >= MAXP) return;
    if ((f = strstr(l, " from="))) sscanf(f, " from=%599s", from);
    struct peer *p = calloc(1, sizeof *p);
    p->id = id; strcpy(p->fp, fp);
    snprintf(p->ufrag, sizeof p->ufrag, "r%04d", id);
    snprintf(p->pwd, sizeof p->pwd, "%08x%08x%08x", rnd32(), rnd32(), rnd32());
    peers[id] = p;
    for (char *t = strtok(from, ","); t; t = strtok(NULL, ",")) { struct peer *q = peers[atoi(t)]; if (q) q->sub[q->nsub++] = id; }
    printf("peer id=%d ufrag=%s pwd=%s fp=%s\n", id, p->ufrag, p->pwd, my_fp); fflush(stdout);
}

int main(int argc, char **argv) {
    int port = 20001; char ip[64] = "127.0.0.1", s[16] = "mmsg";
    for (int i = 1; i < argc; i++) if (sscanf(argv[i], "port=%d", &port) != 1 && sscanf(argv[i], "ip=%63s", ip) != 1 && sscanf(argv[i], "send=%15s", s) != 1 && sscanf(argv[i], "wait_us=%d", &wait_us) != 1) return 2;
    mode = !strcmp(s, "sendto") ? SENDTO : !strcmp(s, "gso") ? GSO : MMSG;
    prctl(PR_SET_TIMERSLACK, 1000ul);
    tls();
    fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    int big = 8 << 20; setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &big, sizeof big); setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &big, sizeof big);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port) }; inet_pton(AF_INET, ip, &a.sin_addr);
    if (bind(fd, (void *)&a, sizeof a)) { perror("bind"); return 1; }
    fcntl(0, F_SETFL, fcntl(0, F_GETFL) | O_NONBLOCK);
    static char line[8192]; int ln = 0;
    struct pollfd pf[2] = { { fd, POLLIN, 0 }, { 0, POLLIN, 0 } };
    printf("ready\n"); fflush(stdout);
    for (;;) {
        poll(pf, 2, 1000);
        if (pf[0].revents & POLLIN) { if (wait_us) usleep((unsigned)wait_us); readable(); }
        if (pf[1].revents & (POLLIN | POLLHUP)) {
            int k = (int)read(0, line + ln, sizeof line - 1 - ln);
            if (k == 0) return 0;
            if (k < 0) continue;
            ln += k; line[ln] = 0;
            char *st = line, *e;
            while ((e = strchr(st, '\n'))) { *e = 0; command(st); st = e + 1; }
            ln = (int)(line + ln - st); memmove(line, st, ln + 1);
        }
    }
}
