// What a wallet's users download: the same little wallet on everybody, each run in Chromium before it is counted. `sizes` are of the
// files that it then fetched, `others` of those that wait for a browser that needs them.
import { readFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { bundle, scratch } from "../bundle.js";
import { withBrowser, withPage } from "../chromium.js";
import { CONTENDERS } from "../contenders.js";
import { accept } from "../scene.js";
import { Site } from "../site.js";

const APPS = CONTENDERS.filter(({ app }) => app);

export function chromium(print) {
    return scratch(async (folder) => {
        const site = await Site.start(folder);
        await withBrowser(async (browser) => {
            for (const { id, label, covers } of APPS) {
                const files = await bundle(folder, "apps", id);
                const context = await browser.newContext();
                await withPage(context, site.url, (page) => tried(page, id, site));
                await context.close();
                const weigh = (fetched) => Promise.all(files.filter((file) => site.files.has(file) === fetched).map(weighed));
                print({ subject: label, covers, sizes: await weigh(true), others: await weigh(false) });
            }
        });
        await site.stop();
    });
}

/** It signs in, registers a customer, and finds it accepted. */
async function tried(page, id, site) {
    site.signed.length = 0;
    site.customers.length = 0;
    const status = await page.evaluate(async ({ id, scene }) => {
        const { register } = await import(`/apps/${id}/${id}.js`);
        return register(scene);
    }, { id, scene: site.scene });
    const [customer] = site.customers;
    if (status !== "ACCEPTED" || !customer?.includes("Lovelace")) throw new Error(`${id} has registered ${customer}: ${status}`);
    accept(site.scene, site.signed[0]);
}

/** Bytes as they are, after gzip -9 and after brotli 11. */
async function weighed(file) {
    const bytes = await readFile(file);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    return [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes, { params }).length];
}
