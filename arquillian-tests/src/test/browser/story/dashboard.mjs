// SPDX-License-Identifier: EUPL-1.2
// An official signs in and reads what is planned: the result names the meetings on the dashboard.
import { launchChromium } from '../lib/browsers.mjs';
import { scenario, server } from '../lib/scenario.mjs';
import { signIn } from './signin.mjs';

await scenario(async (use) => {
  const page = await use(await launchChromium()).newPage();
  await signIn(page, server.base, 'alice', 'alice');
  const starts = page.getByRole('button', { name: /^(Start|Starten): / });
  await starts.first().waitFor();
  return { meetings: await starts.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? button.textContent)) };
});
