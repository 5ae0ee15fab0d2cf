/* SPDX-License-Identifier: EUPL-1.2 */
/* STUN binding messages as ICE uses them (RFC 8489, RFC 8445). IPv4 only. */
#include "stun.h"
#include "util.h"
#include <openssl/hmac.h>
#include <openssl/evp.h>

#define COOKIE 0x2112A442u
enum { A_USERNAME = 0x0006, A_INTEGRITY = 0x0008, A_ERROR = 0x0009, A_XMAPPED = 0x0020, A_PRIORITY = 0x0024,
       A_USE_CAND = 0x0025, A_FINGERPRINT = 0x8028, A_CONTROLLED = 0x8029, A_CONTROLLING = 0x802A };

static uint32_t crc_tab[256];
static void crc_init(void) {
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int k = 0; k < 8; k++) c = (c & 1) ? 0xEDB88320u ^ (c >> 1) : c >> 1;
        crc_tab[i] = c;
    }
}
static uint32_t crc32buf(const uint8_t *p, int n) {
    if (!crc_tab[1]) crc_init();
    uint32_t c = 0xFFFFFFFFu;
    while (n--) c = crc_tab[(c ^ *p++) & 255] ^ (c >> 8);
    return ~c;
}

static int begin(uint8_t *o, uint16_t type, const uint8_t tid[12]) {
    put16(o, type); put16(o + 2, 0); put32(o + 4, COOKIE); memcpy(o + 8, tid, 12);
    return 20;
}
static int attr(uint8_t *o, int at, uint16_t t, const void *v, int n) {
    put16(o + at, t); put16(o + at + 2, n);
    if (n) memcpy(o + at + 4, v, n);
    int pad = (4 - (n & 3)) & 3;
    memset(o + at + 4 + n, 0, pad);
    return at + 4 + n + pad;
}
static int finish(uint8_t *o, int at, const char *pwd) {
    uint8_t mac[20]; unsigned ml = 20;
    put16(o + 2, at - 20 + 24);
    HMAC(EVP_sha1(), pwd, (int)strlen(pwd), o, at, mac, &ml);
    at = attr(o, at, A_INTEGRITY, mac, 20);
    put16(o + 2, at - 20 + 8);
    uint8_t f[4]; put32(f, crc32buf(o, at) ^ 0x5354554Eu);
    return attr(o, at, A_FINGERPRINT, f, 4);
}

int stun_request(uint8_t *o, const uint8_t tid[12], const char *username, const char *pwd,
                 uint32_t prio, int controlling, int nominate, uint64_t tiebreak) {
    uint8_t b[8];
    int at = begin(o, STUN_BIND_REQ, tid);
    at = attr(o, at, A_USERNAME, username, (int)strlen(username));
    put32(b, prio); at = attr(o, at, A_PRIORITY, b, 4);
    put64(b, tiebreak); at = attr(o, at, controlling ? A_CONTROLLING : A_CONTROLLED, b, 8);
    if (controlling && nominate) at = attr(o, at, A_USE_CAND, NULL, 0);
    return finish(o, at, pwd);
}
int stun_response(uint8_t *o, const uint8_t tid[12], const char *pwd, const struct sockaddr_in *from) {
    uint8_t b[8] = { 0, 1 };
    int at = begin(o, STUN_BIND_OK, tid);
    put16(b + 2, ntohs(from->sin_port) ^ (COOKIE >> 16));
    put32(b + 4, ntohl(from->sin_addr.s_addr) ^ COOKIE);
    at = attr(o, at, A_XMAPPED, b, 8);
    return finish(o, at, pwd);
}
int stun_parse(const uint8_t *p, int len, struct stun_msg *m) {
    memset(m, 0, sizeof *m);
    if (len < 20 || (p[0] & 0xC0) || get32(p + 4) != COOKIE || (int)get16(p + 2) + 20 != len) return -1;
    m->type = get16(p); memcpy(m->tid, p + 8, 12);
    for (int at = 20; at + 4 <= len; ) {
        int t = get16(p + at), n = get16(p + at + 2);
        if (at + 4 + n > len) return -1;
        const uint8_t *v = p + at + 4;
        if (t == A_USERNAME) { m->username = v; m->username_len = n; }
        else if (t == A_INTEGRITY && n == 20) m->integrity_off = at;
        else if (t == A_USE_CAND) m->use_candidate = 1;
        else if (t == A_CONTROLLING) m->controlling = 1;
        else if (t == A_CONTROLLED) m->controlled = 1;
        else if (t == A_ERROR && n >= 4) m->error_code = v[2] * 100 + v[3];
        at += 4 + ((n + 3) & ~3);
    }
    return 0;
}
int stun_check_integrity(const uint8_t *p, int len, const struct stun_msg *m, const char *pwd) {
    uint8_t tmp[1500], mac[20]; unsigned ml = 20;
    if (!m->integrity_off || len > (int)sizeof tmp) return 0;
    memcpy(tmp, p, m->integrity_off);
    put16(tmp + 2, m->integrity_off - 20 + 24);
    HMAC(EVP_sha1(), pwd, (int)strlen(pwd), tmp, m->integrity_off, mac, &ml);
    return memcmp(mac, p + m->integrity_off + 4, 20) == 0;
}
