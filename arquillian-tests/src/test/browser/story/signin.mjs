// SPDX-License-Identifier: EUPL-1.2

/** Through the start page and Keycloak's own form to the dashboard. @param onForm called when the form is filled in */
export async function signIn(page, base, user, password, onForm = () => {}) {
  await page.goto(base);
  await page.getByTestId('sign-in').first().click();
  await page.locator('#username').fill(user);
  await page.locator('#password').fill(password);
  await onForm();
  await page.locator('#kc-login').click();
  await page.getByTestId('create-meeting').waitFor();
}
