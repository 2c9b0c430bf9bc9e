// Chromium, Firefox and WebKit as Debian packages them. No driver controls them: a page reports what it prints to its own server.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { BINARY as CHROMIUM, FLAGS } from "./chromium.js";

/** Turns off telemetry, updates and prompts. */
const PREFERENCES = {
  "app.normandy.enabled": false,
  "app.update.enabled": false,
  "browser.aboutwelcome.enabled": false,
  "browser.safebrowsing.downloads.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,#remote-settings-dummy/v1",
  "toolkit.telemetry.enabled": false,
};

/** What starts a browser on a page, with a folder for its profile. */
export type Start = (url: string, profile: string) => Promise<ChildProcess[]>;

const FIREFOX = process.env["WINDLASS_FIREFOX"] ?? "/usr/bin/firefox-esr";
const WEBKIT = process.env["WINDLASS_WEBKIT"] ?? miniBrowser();

async function chromium(url: string, profile: string): Promise<ChildProcess[]> {
  return [run(CHROMIUM, [...FLAGS.split(" "), `--user-data-dir=${profile}`, url], profile)];
}

async function firefox(url: string, profile: string): Promise<ChildProcess[]> {
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  await writeFile(join(profile, "user.js"), lines.join(""));
  return [run(FIREFOX, ["--headless", "--no-remote", "--profile", profile, url], profile)];
}

/** WebKitGTK's own little browser, which is in a folder of the machine's architecture. */
function miniBrowser(): string {
  const paths = readdirSync("/usr/lib").map((folder) => join("/usr/lib", folder, "webkit2gtk-4.1/MiniBrowser"));
  return paths.find((path) => existsSync(path)) ?? "MiniBrowser";
}

/** WebKit has no headless mode, so it runs on a virtual display. */
async function webkit(url: string, profile: string): Promise<ChildProcess[]> {
  const display = run("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], profile);
  const ready = once(display.stdio[3] as Readable, "data") as Promise<[Buffer]>;
  const [number] = await Promise.race([ready, once(display, "exit")]);
  if (!Buffer.isBuffer(number)) throw new Error(`Xvfb does not run: it ended with ${number}`);
  return [run(WEBKIT, ["--private", url], profile, { DISPLAY: `:${number.toString().trim()}` }), display];
}

/** Starts a program with `home` as the user's folder. It may write to its third pipe. */
function run(program: string, args: string[], home: string, env: Record<string, string> = {}): ChildProcess {
  const own = { HOME: home, XDG_CACHE_HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home };
  return spawn(program, args, { env: { ...process.env, ...own, ...env }, stdio: ["ignore", "ignore", "pipe", "pipe"] });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "exit");
  child.kill();
  const late = setTimeout(() => child.kill("SIGKILL"), 5000);
  await closed;
  clearTimeout(late);
}

/** A browser on one page. */
export class Engine {
  static readonly ALL: [string, Start][] = [
    ["Chromium", chromium],
    ["Firefox", firefox],
    ["WebKit", webkit],
  ];

  /** The error output of its programs. */
  complaints = "";

  private constructor(
    private readonly processes: ChildProcess[],
    private readonly profile: string,
  ) {
    for (const child of processes) child.stderr?.on("data", (text) => (this.complaints += text));
  }

  static async open(start: Start, url: string): Promise<Engine> {
    const profile = await mkdtemp(join(tmpdir(), "windlass-engine-"));
    return new Engine(await start(url, profile), profile);
  }

  async close(): Promise<void> {
    for (const child of this.processes) await ended(child);
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
