/* SPDX-License-Identifier: EUPL-1.2 */
import { asObject, flag, list, object, text } from "./json";

/** What `/config.js` tells the page (REST contract, section 2). Read once, immutable. */
export interface ClientConfig {
  /** REST base with `/v1`, no slash at the end. */
  readonly rest: string;
  /** Public URL of the page, no slash at the end. */
  readonly baseUrl: string;
  readonly authority: string;
  readonly clientId: string;
  readonly scope: string;
  readonly redirectPath: string;
  /** The server decides the names of accounts: the field is shown, not edited. */
  readonly fixedDisplayName: boolean;
  readonly imprintUrl: string | undefined;
  readonly dataProtectionUrl: string | undefined;
  readonly helpUrl: string | undefined;
  /** TURN servers that the lobby looks for (RFC 7065). */
  readonly relays: readonly string[];
}

/** Complains by name: an administrator reads the message on the page. */
export class ConfigError extends Error {}

export function readConfig(raw: unknown): ClientConfig {
  const config = asObject(raw);
  if (config === undefined) {
    throw new ConfigError("/config.js is missing or does not set window.config");
  }
  if (typeof config.insecure !== "boolean") {
    throw new ConfigError("config.js: insecure must be true or false");
  }
  const controller = text(config, "controller");
  if (!controller) {
    throw new ConfigError("config.js: controller is missing");
  }
  const oidc = object(config, "oidcConfig");
  return {
    rest: trimmed(webUrl(`${config.insecure ? "http" : "https"}://${controller}`, "controller")) + "/v1",
    baseUrl: trimmed(webUrl(text(config, "baseUrl"), "baseUrl")),
    authority: trimmed(webUrl(text(oidc, "authority"), "oidcConfig.authority")),
    clientId: text(oidc, "clientId") ?? "Frontend",
    scope: text(oidc, "scope") ?? "openid profile email",
    redirectPath: text(oidc, "redirectPath") ?? "/auth/callback",
    fixedDisplayName: flag(config, "disallowCustomDisplayName"),
    imprintUrl: link(text(config, "imprintUrl")),
    dataProtectionUrl: link(text(config, "dataProtectionUrl")),
    helpUrl: link(text(config, "helpdeskUrl")),
    relays: list(object(config, "network"), "relays").filter(
      (url): url is string => typeof url === "string" && /^turns?:/.test(url),
    ),
  };
}

function webUrl(value: string | undefined, key: string): string {
  if (value === undefined || link(value) === undefined) {
    throw new ConfigError(`config.js: ${key} is no valid URL`);
  }
  return value;
}

/** Only web addresses become links: `javascript:` would run in our origin. */
function link(value: string | undefined): string | undefined {
  try {
    return value !== undefined && ["http:", "https:"].includes(new URL(value).protocol) ? value : undefined;
  } catch {
    return undefined;
  }
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, "");
}
