// SPDX-License-Identifier: EUPL-1.2
// A real telephone without a person: baresip, steered over its control port, speaking from a sound file and writing down what it hears.
import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep, until } from './scenario.mjs';
import { read, write } from './sound.mjs';

const MODULES = process.env.PLENUM_BARESIP_MODULES ?? '/usr/lib/baresip/modules';

const TRIES = 3;

const bound = (open) =>
  new Promise((resolve) => {
    const probe = open((port) => probe.close(() => resolve(port)));
    probe.once('error', () => resolve(0));
  });
const freeStream = (port) => bound((taken) => {
  const probe = net.createServer();
  return probe.listen(port, '127.0.0.1', () => taken(probe.address().port));
});
const freeDatagrams = (port) => bound((taken) => {
  const probe = dgram.createSocket('udp4');
  return probe.bind(port, '127.0.0.1', () => taken(port));
});

/** It listens for SIP over UDP and TCP on one port, and over TLS on the next. */
async function freePort() {
  for (;;) {
    const port = await freeStream(0);
    if (port < 65_000 && (await freeDatagrams(port)) && (await freeStream(port + 1))) return port;
  }
}

/**
 * @param {{number: string, codec: string, sound: Int16Array, transport?: string, local?: string, more?: string}} phone codec as in baresip's audio_codecs;
 *   sound at 16 kHz
 */
export async function baresip(phone) {
  for (let tries = 1; ; tries++) {
    try {
      return await start(phone);
    } catch (failed) {
      // a port that was free a moment ago may have been taken by a browser
      if (tries === TRIES || !failed.ended) throw failed;
    }
  }
}

async function start({ number, codec, sound, transport = 'udp', local = '127.0.0.1', more = '' }) {
  const home = mkdtempSync(join(tmpdir(), 'plenum-phone-'));
  const [sip, control] = [await freePort(), await freePort()];
  mkdirSync(join(home, 'dump'));
  write(join(home, 'says.wav'), sound, 16_000, codec.endsWith('/2') ? 2 : 1);
  writeFileSync(join(home, 'contacts'), '');
  writeFileSync(join(home, 'uuid'), '25715a07-83df-3a17-a4d5-46b6aa2f84e3');
  writeFileSync(join(home, 'accounts'), `<sip:${number}@127.0.0.1;transport=${transport}>;regint=0;audio_codecs=${codec};answermode=manual${more}\n`);
  writeFileSync(
    join(home, 'config'),
    `module_path ${MODULES}
sip_listen ${local}:${sip}
audio_source aufile,${join(home, 'says.wav')}
audio_player aufile,${join(home, 'heard.wav')}
audio_alert aufile,${join(home, 'alert.wav')}
ausrc_srate 16000
auplay_srate 16000
audio_buffer 20-160
module uuid.so
module g711.so
module g722.so
module opus.so
module srtp.so
module aufile.so
module sndfile.so
module_app account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:${control}
snd_path ${join(home, 'dump')}
opus_bitrate 28000
rtp_timeout 60
`,
  );
  const log = [];
  const child = spawn('baresip', ['-f', home], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (data) => log.push(String(data)));
  child.stderr.on('data', (data) => log.push(String(data)));
  const socket = await until('baresip answers on its control port', () => {
    if (child.exitCode !== null) {
      rmSync(home, { recursive: true, force: true });
      throw Object.assign(new Error(`baresip ended: ${log.join('')}`), { ended: true });
    }
    return new Promise((resolve) => {
      const attempt = net.connect(control, '127.0.0.1');
      attempt.once('connect', () => resolve(attempt));
      attempt.once('error', () => resolve(null));
    });
  });
  const events = [];
  let rest = Buffer.alloc(0);
  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data]);
    for (let colon = rest.indexOf(':'); colon > 0; colon = rest.indexOf(':')) {
      const length = Number(rest.subarray(0, colon));
      if (rest.length < colon + length + 2) return;
      events.push(JSON.parse(rest.subarray(colon + 1, colon + 1 + length)));
      rest = rest.subarray(colon + length + 2);
    }
  });
  const command = (name, params = '') => {
    const text = JSON.stringify({ command: name, params, token: '1' });
    socket.write(`${Buffer.byteLength(text)}:${text},`);
  };
  const recording = () => {
    const file = readdirSync(join(home, 'dump')).filter((name) => name.endsWith('dec.wav')).sort().at(-1);
    return file ? read(join(home, 'dump', file)) : { rate: 16_000, samples: new Int16Array(0) };
  };
  return {
    number,
    log,
    events,
    process: child,
    /** @returns everything heard in the call of now */
    recording,
    async dial(address) {
      command('dial', address);
      await until('the call is answered', () => events.some(({ type }) => type === 'CALL_ESTABLISHED'), 10_000);
    },
    async keys(digits, pauseMs = 220) {
      for (const digit of digits) {
        command('sndcode', digit);
        await sleep(pauseMs);
      }
    },
    command,
    ended: () => events.some(({ type }) => type === 'CALL_CLOSED'),
    hangUp: () => command('hangup'),
    async close() {
      if (child.exitCode === null) {
        command('quit');
        await Promise.race([new Promise((resolve) => child.once('exit', resolve)), sleep(2000)]);
        child.kill('SIGKILL');
      }
      rmSync(home, { recursive: true, force: true });
    },
  };
}
