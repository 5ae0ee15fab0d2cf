/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Enough of Plenum to look at the pages without a server: REST, sign-in without a question, signaling; no media.
 * Development and tests of the client only. `node dev/mock/server.mjs [port] [folder of the built client]`
 */
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { attachSignaling, startToken } from "./signaling.mjs";
import { answer, rest } from "./rest.mjs";

const port = Number(process.argv[2] ?? 9380);
const folder = resolve(process.argv[3] ?? join(import.meta.dirname, "../../../../../target/client"));
const origin = `http://127.0.0.1:${port}`;

const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Content-Security-Policy":
    "default-src 'self'; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'",
};
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

const server = createServer(async (request, response) => {
  const url = new URL(request.url, origin);
  if (url.pathname === "/config.js") {
    const config = {
      controller: `127.0.0.1:${port}`,
      insecure: true,
      baseUrl: process.env.MOCK_BASE ?? origin,
      oidcConfig: { authority: `${process.env.MOCK_BASE ?? origin}/oidc`, clientId: "Frontend" },
    };
    response.writeHead(200, { "Content-Type": "text/javascript" }).end(`window.config=${JSON.stringify(config)}`);
  } else if (url.pathname.startsWith("/oidc/")) {
    oidc(url, response, await body(request));
  } else if (url.pathname.startsWith("/v1/")) {
    rest(
      { method: request.method, url, headers: request.headers, body: json(await body(request)) },
      response,
      (start) => ({
        token: startToken(start),
        roomserver_address: origin,
      }),
    );
  } else {
    file(url.pathname, response);
  }
});

attachSignaling(server);
server.listen(port, "127.0.0.1", () => console.log(`mock of Plenum at ${origin}`));

function file(path, response) {
  const asked = join(folder, normalize(path));
  const found = asked.startsWith(folder) && statSync(asked, { throwIfNoEntry: false })?.isFile();
  if (!found && path.startsWith("/assets/")) {
    answer(response, 404, { code: "not_found", message: "" });
    return;
  }
  const name = found ? asked : join(folder, "index.html");
  response.writeHead(200, { ...HEADERS, "Content-Type": TYPES[extname(name)] ?? "application/octet-stream" });
  response.end(readFileSync(name));
}

/** Signs everybody in as Ines Kolb. */
function oidc(url, response, form) {
  const base = `${process.env.MOCK_BASE ?? origin}/oidc`;
  const redirect = (to, extra) => {
    const target = new URL(to);
    Object.entries(extra).forEach(([key, value]) => target.searchParams.set(key, value));
    response.writeHead(302, { Location: target.href }).end();
  };
  switch (url.pathname) {
    case "/oidc/.well-known/openid-configuration":
      answer(response, 200, {
        issuer: base,
        authorization_endpoint: `${base}/authorize`,
        token_endpoint: `${base}/token`,
        end_session_endpoint: `${base}/logout`,
      });
      return;
    case "/oidc/authorize":
      redirect(url.searchParams.get("redirect_uri"), { code: "c", state: url.searchParams.get("state") });
      return;
    case "/oidc/token": {
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: base, sub: "ines", aud: "Frontend", iat: now, exp: now + 300 };
      const name = { name: "Ines Kolb", email: "ines.kolb@behoerde.example" };
      answer(response, 200, {
        access_token: jwt(claims),
        refresh_token: jwt({ ...claims, exp: now + 1800, form: form.length }),
        id_token: jwt({ ...claims, ...name }),
        token_type: "Bearer",
        expires_in: 300,
        scope: "openid profile email",
      });
      return;
    }
    case "/oidc/logout":
      redirect(url.searchParams.get("post_logout_redirect_uri"), {});
      return;
    default:
      answer(response, 404, { code: "not_found", message: "" });
  }
}

function jwt(claims) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.x`;
}

async function body(request) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
