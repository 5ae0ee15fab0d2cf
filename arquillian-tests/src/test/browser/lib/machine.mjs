// SPDX-License-Identifier: EUPL-1.2
// How busy the machine is (Linux), and how much of that is anybody else: not this process, what it has started, WildFly or Keycloak.
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

const SERVERS = /jboss-modules|keycloak|quarkus/;
const TICK_MS = 10;

/** Of every process: what its `stat` says, and its command line. A process that has just ended is left out. */
function processes() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return [{ pid, parent: fields[1], ms: (Number(fields[11]) + Number(fields[12])) * TICK_MS, command: readFileSync(`/proc/${pid}/cmdline`, 'latin1') }];
      } catch {
        return [];
      }
    });
}

export class Machine {
  constructor() {
    this.before = this.#look();
  }

  #look() {
    const times = cpus().map((cpu) => cpu.times);
    const idle = times.reduce((sum, each) => sum + each.idle, 0);
    const all = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, idle);
    const listed = processes();
    const parents = new Map(listed.map(({ pid, parent }) => [pid, parent]));
    const own = String(process.pid);
    const isOurs = ({ pid, command }) => {
      if (SERVERS.test(command)) return true;
      for (let at = pid; at !== undefined; at = parents.get(at)) if (at === own) return true;
      return false;
    };
    return { idle, all, ours: new Map(listed.filter(isOurs).map(({ pid, ms }) => [pid, ms])) };
  }

  /** Since the last call, in percent of all cores: `load` of everybody, `foreign` of everybody else. */
  load() {
    const now = this.#look();
    const { before } = this;
    this.before = now;
    const span = now.all - before.all || 1;
    const busy = span - (now.idle - before.idle);
    const ours = [...now.ours].reduce((sum, [pid, ms]) => sum + ms - (before.ours.get(pid) ?? 0), 0);
    return { load: Math.round((busy / span) * 100), foreign: Math.max(0, Math.round(((busy - ours) / span) * 100)) };
  }
}
