/* SPDX-License-Identifier: EUPL-1.2 */

/** An object that came out of JSON.parse: every field has to be looked at before it is used. */
export type Json = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

export function object(from: Json, key: string): Json {
  return asObject(from[key]) ?? {};
}

export function list(from: Json, key: string): readonly unknown[] {
  const value = from[key];
  return Array.isArray(value) ? (value as unknown[]) : [];
}

export function objects(from: Json, key: string): readonly Json[] {
  return list(from, key).flatMap((entry) => {
    const value = asObject(entry);
    return value === undefined ? [] : [value];
  });
}

export function text(from: Json, key: string): string | undefined {
  const value = from[key];
  return typeof value === "string" ? value : undefined;
}

export function number(from: Json, key: string): number | undefined {
  const value = from[key];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export function flag(from: Json, key: string): boolean {
  return from[key] === true;
}

/** RFC 3339 to milliseconds since 1970, or undefined. */
export function instant(from: Json, key: string): number | undefined {
  const value = text(from, key);
  const at = value === undefined ? Number.NaN : Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}

/** Thrown by {@link required} and caught by the parser that wants to drop a malformed message. */
export class Malformed extends Error {}

export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new Malformed(`${what} is missing`);
  }
  return value;
}
