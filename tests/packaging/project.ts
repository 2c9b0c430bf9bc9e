// Temporary projects with the packed package installed.
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../support/server.js";

const run = promisify(execFile);

/** The package as npm packs it. */
export interface Packed {
  /** Where the tarball is. */
  path: string;
  /** What is in it. */
  files: string[];
}

/** The package that `cargo xtask pack` has checked and packed. */
export async function pack(): Promise<Packed> {
  const path = process.env.WINDLASS_TARBALL;
  if (!path) throw new Error("WINDLASS_TARBALL is not set: run `cargo xtask test packaging`");
  const { stdout } = await run("tar", ["-tzf", path]);
  return { path, files: stdout.trim().split("\n").map((name) => name.replace("package/", "")).sort() };
}

/** A folder that is removed afterwards. */
export async function scratch(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "windlass-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A project with the package installed, and with these files. */
export class Project {
  private constructor(readonly folder: string) {}

  static async create(folder: string, packed: Packed, files: Record<string, string>): Promise<Project> {
    const project = new Project(folder);
    await project.write({ "package.json": JSON.stringify({ name: "app", private: true, type: "module" }), ...files });
    // It has no dependencies: nothing is fetched.
    await run("npm", ["install", "--offline", "--no-audit", "--no-fund", packed.path], { cwd: folder });
    return project;
  }

  /** The app of that name beside this file, with what its lock file names and the package installed. */
  static of(app: string, folder: string, packed: Packed): Promise<Project> {
    return Project.from(join("tests/packaging/apps", app), folder, packed);
  }

  /** The same of an app somewhere else in this repository. */
  static async from(app: string, folder: string, packed: Packed): Promise<Project> {
    await cp(join(ROOT, app), folder, { recursive: true });
    // Not `npm ci`: a registry that lacks the programs of other systems leaves these out of the lock file.
    await run("npm", ["install", "--no-save", "--no-audit", "--no-fund", packed.path], { cwd: folder });
    return new Project(folder);
  }

  async write(files: Record<string, string>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.folder, path)), { recursive: true });
      await writeFile(join(this.folder, path), text);
    }
  }

  /** Removes a file or folder, if it is there. */
  async remove(path: string): Promise<void> {
    await rm(join(this.folder, path), { recursive: true, force: true });
  }

  /** Runs Node; answers with what it prints. */
  async node(...args: string[]): Promise<string> {
    const { stdout, stderr } = await this.run(...args);
    if (stderr !== "") throw new Error(stderr);
    return stdout;
  }

  /** The same for a program that also prints on its error output. */
  run(...args: string[]): Promise<{ stdout: string; stderr: string }> {
    return run(process.execPath, args, { cwd: this.folder });
  }

  /** The output of the TypeScript compiler; empty if there are no errors. */
  async typeCheck(options: Record<string, unknown>, ...files: string[]): Promise<string> {
    const strict = { strict: true, noEmit: true, target: "ES2022", lib: ["ES2022", "DOM"], types: [], skipLibCheck: false };
    await this.write({ "tsconfig.json": JSON.stringify({ compilerOptions: { ...strict, ...options }, files }) });
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const checked = run(process.execPath, [tsc, "--project", "tsconfig.json"], { cwd: this.folder });
    return checked.then(() => "", ({ stdout }: { stdout: string }) => stdout);
  }
}

/** The first TypeScript of a README. */
export async function sample(readme: string): Promise<string> {
  const code = /```ts\n(.*?)```/s.exec(await readFile(join(ROOT, readme), "utf8"))?.[1];
  if (code === undefined) throw new Error(`${readme} shows no TypeScript`);
  return code;
}

/** The sample, with the domain of the running anchor. */
export function at(homeDomain: string, code: string): string {
  const found = /Anchor\.discover\("[^"]+"\)/;
  if (!found.test(code)) throw new Error("the sample discovers no anchor");
  return code.replace(found, `Anchor.discover("${homeDomain}", { allowHttp: true })`);
}
