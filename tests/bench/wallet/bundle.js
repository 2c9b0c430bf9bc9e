// Bundled and minified, as a wallet would be: Vite as it is, each bundle by itself so that none shares code with another.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { HERE } from "./contenders.js";

/** Bundles `<kind>/<id>.js` for browsers into a folder of that name; its exports stay. */
export async function bundle(folder, kind, id) {
    const outDir = join(folder, kind, id);
    await build({
        root: HERE,
        base: "./",
        configFile: false,
        publicDir: false,
        logLevel: "error",
        build: {
            outDir,
            target: "esnext",
            modulePreload: false,
            chunkSizeWarningLimit: Infinity,
            rolldownOptions: {
                input: { [id]: join(HERE, kind, `${id}.js`) },
                preserveEntrySignatures: "strict",
                output: { entryFileNames: "[name].js" },
            },
        },
    });
    const files = await readdir(outDir, { recursive: true, withFileTypes: true });
    return files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
}

/** A folder for bundles, removed after `use`. */
export async function scratch(use) {
    const folder = await mkdtemp(join(tmpdir(), "windlass-bench-"));
    try {
        return await use(folder);
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}
