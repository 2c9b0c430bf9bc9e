// From nothing to the first challenge that is signed: import, read the stellar.toml where the package does that, open, sign.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { bundle, scratch } from "../bundle.js";
import { stage, withBrowser, withPage, withProfile } from "../chromium.js";
import { CONTENDERS, HERE } from "../contenders.js";
import { shuffled } from "../harness.js";
import { accept, scene } from "../scene.js";
import { COLD, Site, WARM } from "../site.js";

const run = promisify(execFile);
const LOADS = 15;
/** After so many loads Chromium has kept the compiled code as well. */
const REHEARSALS = 5;
const SUBJECTS = CONTENDERS.filter(({ app, subject }) => app && subject);

export async function node(print) {
    const load = async ({ id }, anchor) => {
        const { stdout } = await run(process.execPath, [join(HERE, "parts/once.js"), "load", id, JSON.stringify(anchor)]);
        return JSON.parse(stdout);
    };
    await series(print, `Node ${process.versions.node}`, "fresh process", load);
}

export function chromium(print) {
    return scratch(async (folder) => {
        await bundle(folder, ".", "harness");
        for (const { id } of SUBJECTS) await bundle(folder, "subjects", id);
        await withBrowser(async (browser) => {
            const site = await Site.start(folder, COLD);
            const load = async ({ id }, anchor) => {
                const context = await browser.newContext();
                const times = await withPage(context, site.url, (page) => opened(page, id, anchor));
                await context.close();
                return times;
            };
            await series(print, `Chromium ${browser.version()}`, "nothing cached", load);
            await site.stop();
        });
        await withProfile(join(folder, "profile"), async (context) => {
            const site = await Site.start(folder, WARM);
            const load = ({ id }, anchor) => withPage(context, site.url, (page) => opened(page, id, anchor));
            for (let rehearsal = 0; rehearsal < REHEARSALS; rehearsal++) {
                for (const subject of SUBJECTS) await load(subject, scene());
            }
            await series(print, `Chromium ${context.browser().version()}`, "cached", load);
            await site.stop();
        });
    });
}

/** Loads everybody in turn, in an order that changes; each signed challenge is judged. */
async function series(print, runtime, cache, load) {
    const anchor = scene();
    const times = new Map(SUBJECTS.map(({ id }) => [id, []]));
    for (let round = 0; round < LOADS; round++) {
        for (const subject of shuffled(SUBJECTS)) {
            const time = await load(subject, anchor);
            accept(anchor, time.transaction);
            times.get(subject.id).push(time);
        }
    }
    for (const { id, label, reference } of SUBJECTS) {
        const [imported, signed] = ["imported", "signed"].map((name) => times.get(id).map((time) => time[name]));
        print({ runtime, subject: label, reference, cache, imported, signed });
    }
}

async function opened(page, id, anchor) {
    await stage(page, anchor);
    return page.evaluate((id) => {
        const { harness, anchor, stub } = globalThis.bench;
        return harness.first(() => import(`/subjects/${id}/${id}.js`), anchor, stub);
    }, id);
}
