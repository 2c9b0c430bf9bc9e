// Programs of the documentation: whether they are strictly typed, what they print, and what they say that they print.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, vi } from "vitest";

/** Compiles a project, a folder with a `tsconfig.json` or that file, and fails with what the compiler says. */
export function compiles(project: string): void {
    const typescript = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
    try {
        execFileSync(process.execPath, [join(typescript, "bin/tsc"), "--project", project], { stdio: "pipe" });
    } catch (error) {
        expect.fail(String((error as { stdout: Buffer }).stdout));
    }
}

/** What the program of this file prints, line by line. */
export async function printed(file: string): Promise<string[]> {
    const lines: string[] = [];
    const log = vi.spyOn(console, "log").mockImplementation((...values) => void lines.push(values.map(String).join(" ")));
    try {
        await import(/* @vite-ignore */ file);
    } finally {
        log.mockRestore();
    }
    return lines;
}

/** What the comments behind `console.log` say. */
export const promised = (code: string): string[] =>
    [...code.matchAll(/console\.log\(.*\);? \/\/ (.*)$/gm)].map(([, line]) => line ?? "");
