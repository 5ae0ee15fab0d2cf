// SPDX-License-Identifier: EUPL-1.2
// Adds up the reports of all modules: the last line says how many tests ran. Decides nothing, the build itself fails.
// node tally.mjs [PROJECT]
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

function* reports(folder, depth = 4) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth > 0 && !/^(node_modules|src|\..*)$/.test(entry.name)) {
      yield* reports(path, depth - 1);
    } else if (/^TEST-.*\.xml$/.test(entry.name) && /(surefire|failsafe)-reports$/.test(folder)) {
      yield path;
    }
  }
}

const sum = { run: 0, failed: 0, skipped: 0 };
for (const path of reports(process.argv[2] ?? '.')) {
  const xml = readFileSync(path, 'utf8');
  sum.run += xml.match(/<testcase[\s>]/g)?.length ?? 0;
  sum.failed += xml.match(/<(failure|error)[\s>]/g)?.length ?? 0;
  sum.skipped += xml.match(/<skipped[\s/>]/g)?.length ?? 0;
}
console.log(`Plenum: ${sum.run} tests, ${sum.failed} failed, ${sum.skipped} skipped`);
