// What stays in memory: after the import, and after a thousand challenges were checked and signed.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { bundle, scratch } from "../bundle.js";
import { stage, withBrowser, withPage } from "../chromium.js";
import { CONTENDERS, HERE } from "../contenders.js";
import { scene } from "../scene.js";
import { Site } from "../site.js";

const run = promisify(execFile);
const SUBJECTS = CONTENDERS.filter(({ app, subject }) => app && subject);

/** `process.memoryUsage()` of a process of its own, after a collection. */
export async function node(print) {
    for (const { id, label } of SUBJECTS) {
        const args = ["--expose-gc", join(HERE, "parts/once.js"), "work", id, JSON.stringify(scene())];
        const { stdout } = await run(process.execPath, args);
        print({ runtime: `Node ${process.versions.node}`, subject: label, ...JSON.parse(stdout) });
    }
}

/** `Runtime.getHeapUsage` of a page of its own, after a collection; the memory of WebAssembly is not in it. */
export function chromium(print) {
    return scratch(async (folder) => {
        await bundle(folder, ".", "harness");
        for (const { id } of SUBJECTS) await bundle(folder, "subjects", id);
        const site = await Site.start(folder);
        await withBrowser(async (browser) => {
            for (const { id, label } of SUBJECTS) {
                const context = await browser.newContext();
                await withPage(context, site.url, async (page) => {
                    const inspector = await context.newCDPSession(page);
                    const memory = async () => {
                        await inspector.send("HeapProfiler.collectGarbage");
                        const { usedSize, backingStorageSize } = await inspector.send("Runtime.getHeapUsage");
                        const wasm = await page.evaluate(() => globalThis.bench.wasm.bytes());
                        return { heap: usedSize, external: backingStorageSize, wasm };
                    };
                    await stage(page, scene());
                    const bare = await memory();
                    await page.evaluate(async (id) => {
                        globalThis.bench.subject = await import(`/subjects/${id}/${id}.js`);
                    }, id);
                    const imported = await memory();
                    await page.evaluate(async () => {
                        const { harness, anchor, subject } = globalThis.bench;
                        await harness.work(await subject.steps(anchor), anchor);
                    });
                    print({ runtime: `Chromium ${browser.version()}`, subject: label, bare, imported, worked: await memory() });
                });
                await context.close();
            }
        });
        await site.stop();
    });
}
