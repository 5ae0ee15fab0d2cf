// SPDX-License-Identifier: EUPL-1.2
// A bad line for media (media-jca/impairment) in front of the server.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const target = fileURLToPath(new URL('../../../../../media-jca/impairment/target', import.meta.url));

/** @returns {Promise<{port: number, change: (step: object) => Promise<object>, stats: () => Promise<object>, close: () => void}>} */
export async function line() {
  if (!existsSync(`${target}/lib`)) throw new Error(`${target}/lib is missing: mvn verify makes it`);
  const java = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : 'java';
  const server = `127.0.0.1:${process.env.PLENUM_MEDIA_PORT ?? 10000}`;
  const relay = spawn(java, ['-cp', `${target}/classes:${target}/lib/*`, 'org.plenum.media.impairment.Relay', '127.0.0.1:0', server], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: relay.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await answers.next();
    if (done) throw new Error('the relay has ended');
    return JSON.parse(value);
  };
  const say = (text) => {
    relay.stdin.write(`${text}\n`);
    return answer();
  };
  const { port } = await answer();
  return { port, change: (step) => say(JSON.stringify(step)), stats: () => say('stats'), close: () => relay.stdin.end() };
}
