/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * What Maven calls: `node dev/build/maven.mjs check|bundle <target directory> [--skip=true]...`
 *
 * check   lint, types, unit tests (report: <target>/surefire-reports/TEST-client.xml)
 * bundle  the production build into <target>/client
 *
 * Both install the packages first when package-lock.json is not the one they were installed from, and both do nothing
 * when no source has changed since they last succeeded: a second build needs neither the network nor time.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [task, targetArgument, ...options] = process.argv.slice(2);
const target = resolve(targetArgument);
const client = resolve(import.meta.dirname, "../..");
const installed = join(client, "node_modules", ".plenum-installed");

if (options.some((option) => /^--skip[^=]*=true$/.test(option))) {
  console.log(`client: ${task} skipped`);
} else {
  // sources are read before the work: what changes meanwhile is seen by the next build
  const state = digest(sources(client));
  const stamp = join(target, `client-${task}.stamp`);
  const result = join(target, task === "check" ? "surefire-reports/TEST-client.xml" : "client/index.html");
  if (existsSync(result) && read(stamp) === state) {
    console.log(`client: ${task} is up to date`);
  } else {
    rmSync(stamp, { force: true });
    install();
    (task === "check" ? check : bundle)(result);
    writeFileSync(stamp, state);
  }
}

function install() {
  const lock = `${process.version} ${digest([join(client, "package-lock.json")])}`;
  if (read(installed) !== lock) {
    run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    writeFileSync(installed, lock);
  }
}

function check(report) {
  mkdirSync(join(target, "surefire-reports"), { recursive: true });
  run("npm", ["run", "--silent", "typecheck"]);
  run("npm", ["run", "--silent", "lint"]);
  run("npm", ["run", "--silent", "test"], { PLENUM_REPORT: report });
}

function bundle() {
  mkdirSync(target, { recursive: true });
  run("npm", ["run", "--silent", "build", "--", "--logLevel=error"], { PLENUM_OUT: join(target, "client") });
}

function run(command, args, environment = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: client,
    stdio: "inherit",
    shell: process.platform === "win32", // npm is a script there
    env: { ...process.env, ...environment, NO_COLOR: "1", CI: "true" },
  });
  if (error !== undefined || status !== 0) {
    console.error(`client: ${command} ${args.join(" ")} failed${error === undefined ? "" : `: ${error.message}`}`);
    process.exit(1);
  }
}

function sources(directory) {
  return readdirSync(directory)
    .filter((name) => name !== "node_modules")
    .sort()
    .flatMap((name) => {
      const path = join(directory, name);
      return statSync(path).isDirectory() ? sources(path) : [path];
    });
}

function digest(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function read(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
