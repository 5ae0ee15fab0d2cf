/* SPDX-License-Identifier: EUPL-1.2 */
/* SRTP/SRTCP (RFC 3711, RFC 7714) on OpenSSL, just the two profiles WebRTC uses. */
#ifndef SRTP_H
#define SRTP_H
#include <stdint.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

enum { SRTP_CM80 = 0x0001, SRTP_GCM128 = 0x0007 };

struct srtp_dir {               /* keys of one direction */
    int profile;
    EVP_CIPHER_CTX *rtp, *rtcp;
    uint8_t salt[14], csalt[14];
    SHA_CTX in, out, cin, cout; /* HMAC-SHA1 states after the key block (CM80) */
};
struct srtp_src { uint32_t ssrc; uint32_t roc; uint16_t hi; uint8_t seen; };  /* index state of one SSRC */

int  srtp_keylen(int profile);
int  srtp_saltlen(int profile);
int  srtp_init(struct srtp_dir *d, int profile, const uint8_t *key, const uint8_t *salt);
void srtp_free(struct srtp_dir *d);
/* Guess the roll-over counter of seq; commit also moves the state forward. */
uint32_t srtp_guess(struct srtp_src *s, uint16_t seq, int commit);
/* In place; the buffer needs 20 spare bytes. Return the new length, or -1. */
int  srtp_protect(struct srtp_dir *d, uint32_t roc, uint8_t *p, int len);
int  srtp_unprotect(struct srtp_dir *d, uint32_t roc, uint8_t *p, int len);
int  srtcp_protect(struct srtp_dir *d, uint32_t *index, uint8_t *p, int len);
int  srtcp_unprotect(struct srtp_dir *d, uint8_t *p, int len);
int  rtp_hdrlen(const uint8_t *p, int len);
#endif
