/* SPDX-License-Identifier: EUPL-1.2 */

/** Characters as the server counts them: code points (REST contract, section 1.7). */
export function characters(text: string): readonly string[] {
  return Array.from(text);
}
