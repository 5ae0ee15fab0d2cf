// SPDX-License-Identifier: EUPL-1.2
// Another telephone of another make: linphonec, steered by its command line, speaking from a file and writing down what it hears.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep, until } from './scenario.mjs';
import { read, write } from './sound.mjs';

export async function linphone({ number, sound }) {
  const home = mkdtempSync(join(tmpdir(), 'plenum-linphone-'));
  mkdirSync(join(home, '.local/share/linphone'), { recursive: true }); // without its database it goes nowhere
  mkdirSync(join(home, '.config/linphone'), { recursive: true });
  write(join(home, 'says.wav'), sound, 16_000);
  writeFileSync(join(home, 'rc'), `[sip]\nsip_port=-1\nsip_tcp_port=0\nsip_tls_port=0\ncontact="caller" <sip:${number}@127.0.0.1>\nguess_hostname=1\nuse_ipv6=0\n[net]\nfirewall_policy=0\n[sound]\n`);
  const child = spawn('linphonec', ['-c', join(home, 'rc')], { env: { ...process.env, HOME: home }, stdio: ['pipe', 'pipe', 'pipe'] });
  const log = [];
  child.stdout.on('data', (data) => log.push(String(data)));
  child.stderr.on('data', (data) => log.push(String(data)));
  const command = (line) => child.stdin.write(`${line}\n`);
  await sleep(3000); // until it believes in the network
  command('soundcard use files');
  command(`play ${join(home, 'says.wav')}`);
  command(`record ${join(home, 'heard.wav')}`);
  return {
    number,
    log,
    recording: () => (existsSync(join(home, 'heard.wav')) ? read(join(home, 'heard.wav')) : { rate: 16_000, samples: new Int16Array(0) }),
    async dial(address) {
      command(`call ${address}`);
      await until('the call is answered', () => log.join('').includes('connected'), 10_000).catch((error) => {
        throw new Error(error.message + log.slice(-20).join(''));
      });
    },
    async keys(digits, pauseMs = 400) {
      for (const digit of digits) {
        command(digit);
        await sleep(pauseMs);
      }
    },
    hangUp: () => command('terminate'),
    async close() {
      command('quit');
      await Promise.race([new Promise((resolve) => child.once('exit', resolve)), sleep(2000)]);
      child.kill('SIGKILL');
      rmSync(home, { recursive: true, force: true });
    },
  };
}
