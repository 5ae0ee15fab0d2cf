// SPDX-License-Identifier: EUPL-1.2
// node media/run.mjs STATEMENT [CLIENT ...]: one story against the server of the environment (lib/scenario.mjs).
import { scenario } from '../lib/scenario.mjs';
import { stories as attacks } from './attacks.mjs';
import { stories as connecting } from './connecting.mjs';
import { stories as layers } from './layers.mjs';
import { stories as moderating } from './moderating.mjs';
import { stories as publishing } from './publishing.mjs';
import { stories as resuming } from './resuming.mjs';

const [statement, ...clients] = process.argv.slice(2);
const story = { ...connecting, ...publishing, ...layers, ...moderating, ...resuming, ...attacks }[statement];
if (!story) throw new Error(`no such story: ${statement}`);
await scenario((use) => story(use, ...clients), ['MEDIA-54', 'restart'].includes(statement) ? 240_000 : 120_000);
