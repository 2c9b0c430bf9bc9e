// The real server, on a free port and an empty folder.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the checkout. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const BINARY = process.env["WINDLASS_BIN"] ?? join(ROOT, "target/debug/windlass");

/** How long it may take to start or to stop, in milliseconds. */
const PATIENCE = 20_000;

export interface Options {
  /** The text of a `windlass.toml`. */
  config?: string;
  /** A folder to serve at `/`. */
  www?: string;
}

/** An anchor with its sandbox ledger. */
export class Server {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly port: number,
  ) {}

  /** Starts the server; resolves when it answers. */
  static async start({ config, www }: Options = {}): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), "windlass-"));
    const args = ["serve", "--bind", "127.0.0.1:0", "--data", join(folder, "data")];
    if (www !== undefined) args.push("--www", www);
    if (config !== undefined) {
      await writeFile(join(folder, "windlass.toml"), config);
      args.push("--config", join(folder, "windlass.toml"));
    }
    const child = spawn(BINARY, args, { stdio: ["ignore", "pipe", "pipe"], env: environment() });
    child.stderr.pipe(createWriteStream(artefact("logs", `server-ts-${child.pid}.log`)));
    try {
      const port = await announced(child);
      const server = new Server(child, folder, port);
      const health = await fetch(`${server.url}/health`);
      if (!health.ok) throw new Error(`/health answers ${health.status}: ${await health.text()}`);
      return server;
    } catch (error) {
      child.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Where it is. */
  get url(): string {
    return `http://${this.homeDomain}`;
  }

  /** Its home domain, which is its host as well. */
  get homeDomain(): string {
    return `localhost:${this.port}`;
  }

  /** Stops it as Ctrl-C does, and removes its data. It must exit without an error. */
  async stop(): Promise<void> {
    const exited = once(this.child, "exit");
    this.child.kill("SIGINT");
    const late = setTimeout(() => this.child.kill("SIGKILL"), PATIENCE);
    const [code, signal] = this.child.exitCode === null ? await exited : [this.child.exitCode];
    clearTimeout(late);
    await rm(this.folder, { recursive: true, force: true });
    if (code !== 0) throw new Error(`the server ended with ${code ?? signal}`);
  }
}

/** A log file, which `cargo xtask test logs` searches. */
export function artefact(folder: "logs" | "secrets", name: string): string {
  const path = join(process.env["WINDLASS_ARTEFACTS"] ?? join(ROOT, "target/artefacts"), folder);
  mkdirSync(path, { recursive: true });
  return join(path, name);
}

/** The environment without any configuration of the machine. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("WINDLASS_"));
  return { ...Object.fromEntries(own), WINDLASS_LOG: "debug" };
}

/** The port that the server says it listens on. */
function announced(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = "";
    const fail = (what: string) => reject(new Error(`the server ${what}:\n${said}`));
    const late = setTimeout(() => fail("did not start in time"), PATIENCE);
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const port = / on 127\.0\.0\.1:(\d+)\n/.exec(said)?.[1];
      if (port === undefined || !said.includes("Press Ctrl-C")) return;
      clearTimeout(late);
      resolve(Number(port));
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("error", (error) => fail(`cannot be started (${error.message}); build it with \`cargo build\``));
    child.once("exit", (code, signal) => fail(`ended with ${code ?? signal}`));
  });
}
