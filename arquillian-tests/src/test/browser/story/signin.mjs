// SPDX-License-Identifier: EUPL-1.2
import { sleep } from '../lib/scenario.mjs';

/** Through the start page and Keycloak's own form to the dashboard. @param onForm called when the form is filled in */
export async function signIn(page, base, user, password, onForm = () => {}) {
  await page.goto(base);
  await page.getByTestId('sign-in').first().click();
  for (let attempt = 0; ; attempt++) {
    await page.locator('#username').fill(user);
    await page.locator('#password').fill(password);
    await onForm();
    await page.locator('#kc-login').click();
    const inside = page.getByTestId('create-meeting');
    const refused = page.locator('#input-error-username');
    await inside.or(refused).first().waitFor();
    if (attempt === 3 || !(await refused.count())) {
      await inside.waitFor();
      return;
    }
    await sleep(1500); // Keycloak refuses a second login of a person while another one goes on
  }
}
