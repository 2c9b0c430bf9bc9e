// Everything that the package throws is a WindlassError, also for arguments that no types let through; and its objects show what they are.
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import * as windlass from "windlass";
import * as server from "windlass/server";
import { fakeAnchor } from "./anchor.js";
import { caught } from "./caught.js";

const { Anchor, Keypair } = windlass;
const fake = fakeAnchor();

type Call = (...values: never[]) => unknown;
const key = await Keypair.random();
const anchor = () => fake.anchor();
const session = () => fake.session(key);
const callbacks = new server.Callbacks({ signingKey: key.address, host: "wallet.example" });
const method = async (made: unknown, name: string, ...values: unknown[]) => {
    const object = (await made) as Record<string, Call>;
    return object[name]!(...(values as never[]));
};

/** Each function with one wrong argument, beside right ones. */
const calls: Record<string, (wrong: unknown) => unknown> = {
    "Anchor.discover": (wrong) => Anchor.discover(wrong as string),
    "Anchor.prototype.signIn": (wrong) => method(anchor(), "signIn", wrong),
    "Anchor.prototype.resume": (wrong) => method(anchor(), "resume", wrong),
    "Keypair.fromSecret": (wrong) => Keypair.fromSecret(wrong as string),
    "Keypair.prototype.sign": (wrong) => key.sign(wrong as string, { networkPassphrase: "x" }),
    "Session.prototype.putVerification": (wrong) => method(session(), "putVerification", wrong),
    "Session.prototype.uploadFile": (wrong) => method(session(), "uploadFile", wrong),
    "Session.prototype.files": (wrong) => method(session(), "files", wrong),
    "Session.prototype.setCallback": (wrong) => method(session(), "setCallback", wrong),
    checkFile: (wrong) => windlass.checkFile("photo_id_front", wrong as Uint8Array),
    nextStep: (wrong) => windlass.nextStep(wrong as windlass.Customer),
    todo: (wrong) => windlass.todo(wrong as windlass.Customer),
    "Callbacks.prototype.receive": (wrong) => callbacks.receive(wrong as server.CallbackRequest),
    Callbacks: (wrong) => new server.Callbacks(wrong as server.CallbacksOptions),
    callbackHandler: (wrong) => server.callbackHandler(wrong as server.CallbackHandlerOptions),
    forNode: (wrong) => server.forNode(wrong as server.Handler),
    inspectChallenge: (wrong) => server.inspectChallenge(wrong as string, {} as server.ExpectedChallenge),
    signingService: (wrong) => server.signingService(wrong as server.SigningServiceOptions),
    verifyCallback: (wrong) => server.verifyCallback(wrong as server.ReceivedCallback),
};
/** Functions whose argument may be left out, or be any object. */
const optional: Record<string, (wrong: unknown) => unknown> = {
    "Callbacks.prototype.forget": (wrong) => callbacks.forget(wrong as Headers),
    "Session.prototype.customer": (wrong) => method(session(), "customer", wrong),
    "Session.prototype.deleteCustomer": (wrong) => method(session(), "deleteCustomer", wrong),
    "Session.prototype.putCustomer": (wrong) => method(session(), "putCustomer", { fields: wrong }),
    "Session.prototype.waitForStatus": (wrong) => method(session(), "waitForStatus", wrong),
    "Session.prototype.watch": (wrong) => method(session(), "watch", wrong),
    checkFields: (wrong) => windlass.checkFields(wrong as windlass.FormValues),
};
/** These take any value, or none. */
const any = ["Keypair.random", "Keypair.prototype.secret", "WindlassError", "checkField", "isWallet43", "isWindlassError"];
/** Classes that the package alone makes objects of, and what the bindings and `handles.js` add to each. */
const internal = /^(Anchor|Keypair|Session)$|prototype\.(free|toJSON|__\w+)$|\.__\w+$/;

const wrongs = [undefined, null, {}, 1, "", true, Symbol("x"), [1]];

test.each(Object.entries(calls))("%s refuses wrong arguments with a code", async (_, call) => {
    for (const wrong of wrongs) {
        expect((await caught(() => call(wrong))).code, inspect(wrong)).toMatch(/^[a-z_0-9]+$/);
    }
});

test.each(Object.entries(optional))("%s refuses wrong options with a code", async (_, call) => {
    for (const wrong of [1, "x", true, Symbol("x")]) expect((await caught(() => call(wrong))).code, inspect(wrong)).toBe("invalid_request");
});

test("every export is in the tables", () => {
    const named: string[] = [];
    for (const [name, value] of Object.entries({ ...server, ...windlass })) {
        named.push(name);
        if (!/^class /.test(String(value)) || name === "WindlassError") continue;
        const made = value as { prototype: object };
        named.push(...own(made).map((member) => `${name}.${member}`), ...own(made.prototype).map((member) => `${name}.prototype.${member}`));
    }
    const held = [...Object.keys(calls), ...Object.keys(optional), ...any];
    expect(named.filter((name) => !internal.test(name)).sort()).toEqual(held.sort());
});

function own(object: object): string[] {
    const members = Object.entries(Object.getOwnPropertyDescriptors(object));
    return members.filter(([name, { value }]) => typeof value === "function" && name !== "constructor").map(([name]) => name);
}

test("an object that was freed, or made by hand, is named", async () => {
    for (const made of [await anchor(), await session(), await Keypair.random()]) {
        made.free();
        made.free();
        for (const name of Object.keys(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(made)))) {
            if (/^(constructor|free|toJSON|__\w+)$/.test(name)) continue;
            const read = () => (made as unknown as Record<string, unknown>)[name];
            const use = async () => (typeof read() === "function" ? (read() as Call).call(made) : read());
            expect((await caught(use)).message, name).toContain("was freed");
        }
        expect(inspect(made)).toMatch(/^(Anchor|Session|Keypair) \{\}$/);
    }
    const { secret } = await Keypair.random();
    expect((await caught(secret)).message).toContain("was freed, or was not made by the package");
    const freed = await Keypair.random();
    freed.free();
    expect((await caught(async () => (await anchor()).signIn(freed))).message).toContain("this Keypair was freed");
});

test("objects print what they are, and no secret", async () => {
    const expected = { homeDomain: "anchor.example.com", account: key.address, expiresAt: 4_000_000_000 };
    const open = await session();
    expect(JSON.parse(JSON.stringify(open))).toEqual(expected);
    expect(inspect({ open })).toContain("Session {");
    for (const made of [open, await anchor(), key]) {
        const shown = inspect(made, { depth: 9, showHidden: true }) + JSON.stringify(made);
        expect(shown).toMatch(/anchor\.example\.com|G[A-Z2-7]{55}/);
        for (const secret of ["__wbg_ptr", key.secret(), open.token]) expect(shown).not.toContain(secret);
    }
});

test("values beside `fields`, misspelt names and nested values are not passed over", async () => {
    const open = await session();
    const put = (request: unknown) => caught(() => open.putCustomer(request as windlass.PutCustomer));
    const beside = await put({ first_name: "Ada" });
    expect([beside.code, beside.message]).toEqual(["invalid_request", "unknown option first_name; is it one of the fields?"]);
    const misspelt = await put({ fields: { firstname: "Ada" } });
    expect([misspelt.code, misspelt.field]).toEqual(["invalid_field", "firstname"]);
    expect(misspelt.message).toContain("did you mean first_name?");
    for (const nested of [{ name: "Ada" }, ["Ada"], true, 1.5]) {
        for (const name of ["first_name", "favourite_colour"]) {
            expect((await put({ fields: { [name]: nested } })).field, name).toBe(name);
        }
    }
    expect(fake.asked.filter(({ method }) => method === "PUT")).toEqual([]);
});

test("an anchor of this machine that cannot be reached is told from one that has no https", async () => {
    fake.service = () => Promise.reject(new TypeError("fetch failed"));
    const error = await caught(() => Anchor.discover("localhost:9400"));
    expect([error.code, error.message.includes("allowHttp")]).toEqual(["network", true]);
    expect((await caught(() => Anchor.discover("localhost:9400", { allowHttp: true }))).message).not.toContain("allowHttp");
    expect((await caught(() => Anchor.discover("other.example"))).message).not.toContain("allowHttp");
});

// As in jsdom, whose classes are not those of Node.
test.each([
    ["Uint8Array", "new Uint8Array(bytes)"],
    ["part of a Uint8Array", "new Uint8Array([0, ...bytes, 0]).subarray(1, 1 + bytes.length)"],
    ["ArrayBuffer", "new Uint8Array(bytes).buffer"],
    ["Blob", "({ type: 'image/png', arrayBuffer: async () => new Uint8Array(bytes).buffer })"],
    ["File", "({ name: 'a.png', type: 'image/png', arrayBuffer: async () => new Uint8Array(bytes).buffer })"],
])("a %s of another page is a file", async (_, code) => {
    const bytes = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3];
    const photo = runInNewContext(code, { bytes }) as Uint8Array;
    fake.kyc = [() => new Response('{"id":"c1"}', { status: 202 })];
    await (await session()).putCustomer({ fields: { photo_id_front: photo } });
    const sent = Buffer.from(fake.asked.at(-1)!.body).toString("latin1");
    expect(sent).toContain("Content-Type: image/png\r\n\r\n" + Buffer.from(bytes).toString("latin1") + "\r\n");
});
