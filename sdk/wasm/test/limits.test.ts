// Limits and aborts of requests to a server that does not answer, or that never ends its answer.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const LIMIT = "network: cannot reach http://anchor/.well-known/stellar.toml: no complete answer within 30 seconds";
const ENDS = { limit: LIMIT, timeout: "timed_out: the call's time limit has passed", abort: "aborted: aborted" };

// A signal that nothing holds would be collected, and its request would wait for ever.
test("garbage collections lose no limit and no abort, and no connection stays open", async () => {
    const script = fileURLToPath(new URL("sample/collected.mjs", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", script]);
    const expected = ["silent", "dripping"].flatMap((peer) =>
        Object.entries(ENDS).map(([end, ended]) => ({ peer, end, ended: [ended], open: 0 })),
    );
    expect(JSON.parse(stdout)).toEqual(expected);
}, 60_000);
