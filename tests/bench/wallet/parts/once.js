// One contender in a process of its own: `load` signs once, `work` signs a thousand times and looks at the memory.
import * as harness from "../harness.js";

const [what, id, given] = process.argv.slice(2);
const scene = JSON.parse(given);
const stub = new harness.Stub(scene);
const wasm = harness.memories();
const contender = () => import(`../subjects/${id}.js`);
process.stdout.write(JSON.stringify(await { load: () => harness.first(contender, scene, stub), work }[what]()));

async function work() {
    const bare = memory();
    const { steps } = await contender();
    const imported = memory();
    await harness.work(await steps(scene), scene);
    return { bare, imported, worked: memory() };
}

/** In bytes, without what nobody holds any more. */
function memory() {
    globalThis.gc();
    const { rss, heapUsed, external } = process.memoryUsage();
    return { resident: rss, heap: heapUsed, external, wasm: wasm.bytes() };
}
