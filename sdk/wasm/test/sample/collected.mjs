// Run by limits.test.ts with `node --expose-gc`: requests to servers that do not answer, while garbage is collected all the time. Prints how
// each call ended, and how many requests the server still sees.
import { once } from "node:events";
import { createServer } from "node:http";

const CALLS = 20;
/** The package's limit of 30 seconds takes 0.3 seconds here. */
const { setTimeout: wait } = globalThis;
globalThis.setTimeout = (work, delay, ...values) => wait(work, delay === 30_000 ? 300 : delay, ...values);
setInterval(() => globalThis.gc(), 5);

const answers = {
    silent: () => {},
    dripping: (_, response) => {
        response.writeHead(200, { "Content-Type": "text/plain" });
        const drip = setInterval(() => response.write("#\n"), 20);
        response.on("close", () => clearInterval(drip));
    },
};
const signals = {
    limit: () => undefined,
    timeout: () => AbortSignal.timeout(150),
    abort: () => {
        const controller = new AbortController();
        wait(() => controller.abort(), 150);
        return controller.signal;
    },
};

const { Anchor } = await import("windlass");
const results = [];
for (const [peer, answer] of Object.entries(answers)) {
    for (const [end, signal] of Object.entries(signals)) {
        let open = 0;
        const server = createServer((request, response) => {
            open += 1;
            response.on("close", () => (open -= 1));
            answer(request, response);
        }).listen(0, "127.0.0.1");
        await once(server, "listening");
        const domain = `127.0.0.1:${server.address().port}`;
        const call = () => Anchor.discover(domain, { allowHttp: true, signal: signal() }).catch(({ code, message }) => `${code}: ${message}`);
        const ended = await Promise.race([
            Promise.all(Array.from({ length: CALLS }, call)),
            new Promise((resolve) => wait(() => resolve(["never"]), 5000)),
        ]);
        for (let i = 0; i < 40 && open > 0; i++) await new Promise((resolve) => wait(resolve, 50));
        results.push({ peer, end, ended: [...new Set(ended)].map((text) => String(text).replace(domain, "anchor")), open });
        server.closeAllConnections();
        server.close();
    }
}
console.log(JSON.stringify(results));
process.exit();
