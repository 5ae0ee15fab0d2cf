/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef STUN_H
#define STUN_H
#include <stdint.h>
#include <netinet/in.h>

enum { STUN_BIND_REQ = 0x0001, STUN_BIND_OK = 0x0101, STUN_BIND_ERR = 0x0111, STUN_BIND_IND = 0x0011 };

struct stun_msg {
    uint16_t type;
    uint8_t tid[12];
    const uint8_t *username; int username_len;
    int integrity_off;          /* offset of MESSAGE-INTEGRITY, 0 = absent */
    int use_candidate, controlling, controlled;
    int error_code;
};

int stun_parse(const uint8_t *p, int len, struct stun_msg *m);
int stun_check_integrity(const uint8_t *p, int len, const struct stun_msg *m, const char *pwd);
int stun_request(uint8_t *out, const uint8_t tid[12], const char *username, const char *pwd,
                 uint32_t prio, int controlling, int nominate, uint64_t tiebreak);
int stun_response(uint8_t *out, const uint8_t tid[12], const char *pwd, const struct sockaddr_in *from);
#endif
