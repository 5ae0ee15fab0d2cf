/* SPDX-License-Identifier: EUPL-1.2 */

/** Ten digits as people read and type them: 012 345 67 89. */
export function grouped(digits: string): string {
  return digits.replace(/^(\d{3})(\d{3})(\d{2})(\d{2})$/, "$1 $2 $3 $4");
}
