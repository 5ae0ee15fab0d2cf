/* SPDX-License-Identifier: EUPL-1.2 */
#include "srtp.h"
#include "util.h"

int srtp_keylen(int pr) { (void)pr; return 16; }
int srtp_saltlen(int pr) { return pr == SRTP_GCM128 ? 12 : 14; }

/* AES-CM key derivation with key derivation rate 0 (RFC 3711 4.3). */
static void kdf(const uint8_t *key, const uint8_t *salt, int label, uint8_t *out, int n) {
    uint8_t iv[16] = {0}, zero[64] = {0};
    int l;
    memcpy(iv, salt, 14);
    iv[7] ^= label;
    EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
    EVP_EncryptInit_ex(c, EVP_aes_128_ctr(), NULL, key, iv);
    EVP_EncryptUpdate(c, out, &l, zero, n);
    EVP_CIPHER_CTX_free(c);
}
static void hmac_states(const uint8_t *key, SHA_CTX *in, SHA_CTX *out) {
    uint8_t b[64];
    memset(b, 0x36, 64); for (int i = 0; i < 20; i++) b[i] ^= key[i];
    SHA1_Init(in); SHA1_Update(in, b, 64);
    memset(b, 0x5c, 64); for (int i = 0; i < 20; i++) b[i] ^= key[i];
    SHA1_Init(out); SHA1_Update(out, b, 64);
}
static void mac2(const SHA_CTX *in, const SHA_CTX *out, const uint8_t *p, int n, const uint8_t *t, int tn, uint8_t mac[20]) {
    SHA_CTX c = *in;
    SHA1_Update(&c, p, n);
    if (tn) SHA1_Update(&c, t, tn);
    SHA1_Final(mac, &c);
    c = *out;
    SHA1_Update(&c, mac, 20);
    SHA1_Final(mac, &c);
}

int srtp_init(struct srtp_dir *d, int profile, const uint8_t *key, const uint8_t *salt) {
    uint8_t s14[14] = {0}, k[16], a[20];
    memset(d, 0, sizeof *d);
    d->profile = profile;
    memcpy(s14, salt, srtp_saltlen(profile));
    d->rtp = EVP_CIPHER_CTX_new(); d->rtcp = EVP_CIPHER_CTX_new();
    const EVP_CIPHER *ci = profile == SRTP_GCM128 ? EVP_aes_128_gcm() : EVP_aes_128_ctr();
    kdf(key, s14, 0, k, 16); if (EVP_CipherInit_ex(d->rtp, ci, NULL, k, NULL, 1) != 1) return -1;
    kdf(key, s14, 2, d->salt, 14);
    kdf(key, s14, 3, k, 16); if (EVP_CipherInit_ex(d->rtcp, ci, NULL, k, NULL, 1) != 1) return -1;
    kdf(key, s14, 5, d->csalt, 14);
    if (profile == SRTP_CM80) {
        kdf(key, s14, 1, a, 20); hmac_states(a, &d->in, &d->out);
        kdf(key, s14, 4, a, 20); hmac_states(a, &d->cin, &d->cout);
    }
    return 0;
}
void srtp_free(struct srtp_dir *d) {
    EVP_CIPHER_CTX_free(d->rtp); EVP_CIPHER_CTX_free(d->rtcp);
    d->rtp = d->rtcp = NULL;
}

uint32_t srtp_guess(struct srtp_src *s, uint16_t seq, int commit) {
    if (!s->seen) { if (commit) { s->seen = 1; s->roc = 0; s->hi = seq; } return 0; }
    uint32_t roc = s->roc;
    int diff = (int)seq - (int)s->hi;
    if (diff < -32768) roc++;
    else if (diff > 32768 && roc > 0) roc--;
    if (commit && (roc > s->roc || (roc == s->roc && seq > s->hi))) { s->roc = roc; s->hi = seq; }
    return roc;
}

int rtp_hdrlen(const uint8_t *p, int len) {
    int h = 12 + 4 * (p[0] & 15);
    if (h > len) return -1;
    if (p[0] & 0x10) { if (h + 4 > len) return -1; h += 4 + 4 * (int)get16(p + h + 2); }
    return h > len ? -1 : h;
}

static void iv_cm(const uint8_t salt[14], uint32_t ssrc, uint64_t index, uint8_t iv[16]) {
    uint8_t b[4];
    memcpy(iv, salt, 14); iv[14] = iv[15] = 0;
    put32(b, ssrc); for (int i = 0; i < 4; i++) iv[4 + i] ^= b[i];
    for (int i = 0; i < 6; i++) iv[8 + i] ^= (uint8_t)(index >> (8 * (5 - i)));
}
static void iv_gcm_rtp(const uint8_t *salt, uint32_t ssrc, uint32_t roc, uint16_t seq, uint8_t iv[12]) {
    uint8_t b[12] = {0};
    put32(b + 2, ssrc); put32(b + 6, roc); put16(b + 10, seq);
    for (int i = 0; i < 12; i++) iv[i] = b[i] ^ salt[i];
}
static void iv_gcm_rtcp(const uint8_t *salt, uint32_t ssrc, uint32_t index, uint8_t iv[12]) {
    uint8_t b[12] = {0};
    put32(b + 2, ssrc); put32(b + 8, index & 0x7fffffff);
    for (int i = 0; i < 12; i++) iv[i] = b[i] ^ salt[i];
}

int srtp_protect(struct srtp_dir *d, uint32_t roc, uint8_t *p, int len) {
    int h = rtp_hdrlen(p, len), l;
    uint8_t iv[16], t[4], mac[20];
    if (h < 0) return -1;
    uint32_t ssrc = get32(p + 8), seq = get16(p + 2);
    if (d->profile == SRTP_GCM128) {
        iv_gcm_rtp(d->salt, ssrc, roc, seq, iv);
        EVP_CipherInit_ex(d->rtp, NULL, NULL, NULL, iv, 1);
        EVP_CipherUpdate(d->rtp, NULL, &l, p, h);
        EVP_CipherUpdate(d->rtp, p + h, &l, p + h, len - h);
        EVP_CipherFinal_ex(d->rtp, p + len, &l);
        EVP_CIPHER_CTX_ctrl(d->rtp, EVP_CTRL_AEAD_GET_TAG, 16, p + len);
        return len + 16;
    }
    iv_cm(d->salt, ssrc, (uint64_t)roc << 16 | seq, iv);
    EVP_CipherInit_ex(d->rtp, NULL, NULL, NULL, iv, 1);
    EVP_CipherUpdate(d->rtp, p + h, &l, p + h, len - h);
    put32(t, roc);
    mac2(&d->in, &d->out, p, len, t, 4, mac);
    memcpy(p + len, mac, 10);
    return len + 10;
}
int srtp_unprotect(struct srtp_dir *d, uint32_t roc, uint8_t *p, int len) {
    int h = rtp_hdrlen(p, len), l, tag = d->profile == SRTP_GCM128 ? 16 : 10;
    uint8_t iv[16], t[4], mac[20];
    if (h < 0 || len < h + tag) return -1;
    uint32_t ssrc = get32(p + 8), seq = get16(p + 2);
    len -= tag;
    if (d->profile == SRTP_GCM128) {
        iv_gcm_rtp(d->salt, ssrc, roc, seq, iv);
        EVP_CipherInit_ex(d->rtp, NULL, NULL, NULL, iv, 0);
        EVP_CIPHER_CTX_ctrl(d->rtp, EVP_CTRL_AEAD_SET_TAG, 16, p + len);
        EVP_CipherUpdate(d->rtp, NULL, &l, p, h);
        EVP_CipherUpdate(d->rtp, p + h, &l, p + h, len - h);
        return EVP_CipherFinal_ex(d->rtp, p + len, &l) == 1 ? len : -1;
    }
    put32(t, roc);
    mac2(&d->in, &d->out, p, len, t, 4, mac);
    if (memcmp(mac, p + len, 10)) return -1;
    iv_cm(d->salt, ssrc, (uint64_t)roc << 16 | seq, iv);
    EVP_CipherInit_ex(d->rtp, NULL, NULL, NULL, iv, 1);
    EVP_CipherUpdate(d->rtp, p + h, &l, p + h, len - h);
    return len;
}
int srtcp_protect(struct srtp_dir *d, uint32_t *index, uint8_t *p, int len) {
    uint8_t iv[16], mac[20], e[4], aad[12]; int l;
    uint32_t ssrc = get32(p + 4), ix = ++*index & 0x7fffffff;
    put32(e, 0x80000000u | ix);
    if (d->profile == SRTP_GCM128) {
        iv_gcm_rtcp(d->csalt, ssrc, ix, iv);
        memcpy(aad, p, 8); memcpy(aad + 8, e, 4);
        EVP_CipherInit_ex(d->rtcp, NULL, NULL, NULL, iv, 1);
        EVP_CipherUpdate(d->rtcp, NULL, &l, aad, 12);
        EVP_CipherUpdate(d->rtcp, p + 8, &l, p + 8, len - 8);
        EVP_CipherFinal_ex(d->rtcp, p + len, &l);
        EVP_CIPHER_CTX_ctrl(d->rtcp, EVP_CTRL_AEAD_GET_TAG, 16, p + len);
        memcpy(p + len + 16, e, 4);
        return len + 20;
    }
    iv_cm(d->csalt, ssrc, ix, iv);
    EVP_CipherInit_ex(d->rtcp, NULL, NULL, NULL, iv, 1);
    EVP_CipherUpdate(d->rtcp, p + 8, &l, p + 8, len - 8);
    memcpy(p + len, e, 4); len += 4;
    mac2(&d->cin, &d->cout, p, len, NULL, 0, mac);
    memcpy(p + len, mac, 10);
    return len + 10;
}
int srtcp_unprotect(struct srtp_dir *d, uint8_t *p, int len) {
    uint8_t iv[16], mac[20], aad[12]; int l;
    uint32_t ssrc = get32(p + 4), e;
    if (d->profile == SRTP_GCM128) {
        if (len < 8 + 20) return -1;
        e = get32(p + len - 4); len -= 20;
        iv_gcm_rtcp(d->csalt, ssrc, e, iv);
        memcpy(aad, p, 8); put32(aad + 8, e);
        if (!(e >> 31)) return -1;
        EVP_CipherInit_ex(d->rtcp, NULL, NULL, NULL, iv, 0);
        EVP_CIPHER_CTX_ctrl(d->rtcp, EVP_CTRL_AEAD_SET_TAG, 16, p + len);
        EVP_CipherUpdate(d->rtcp, NULL, &l, aad, 12);
        EVP_CipherUpdate(d->rtcp, p + 8, &l, p + 8, len - 8);
        return EVP_CipherFinal_ex(d->rtcp, aad, &l) == 1 ? len : -1;
    }
    if (len < 8 + 14) return -1;
    mac2(&d->cin, &d->cout, p, len - 10, NULL, 0, mac);
    if (memcmp(mac, p + len - 10, 10)) return -1;
    len -= 14;
    e = get32(p + len);
    if (e >> 31) {
        iv_cm(d->csalt, ssrc, e & 0x7fffffff, iv);
        EVP_CipherInit_ex(d->rtcp, NULL, NULL, NULL, iv, 1);
        EVP_CipherUpdate(d->rtcp, p + 8, &l, p + 8, len - 8);
    }
    return len;
}
