import { Keypair as TheirKeypair } from "@stellar/stellar-sdk";
import { expect, test } from "vitest";
import { Keypair } from "windlass";
import { caught } from "./caught.js";

test("keys are those of an independent SDK", async () => {
    for (let i = 0; i < 20; i++) {
        const theirs = TheirKeypair.random();
        const ours = await Keypair.fromSecret(theirs.secret());
        expect([ours.address, ours.secret()]).toEqual([theirs.publicKey(), theirs.secret()]);
    }
});

test("random keys differ and survive as text", async () => {
    const [one, two] = [await Keypair.random(), await Keypair.random()];
    expect(one.address).not.toBe(two.address);
    expect((await Keypair.fromSecret(one.secret())).address).toBe(one.address);
    expect(TheirKeypair.fromSecret(one.secret()).publicKey()).toBe(one.address);
});

test("a malformed secret is refused, and the error does not show it", async () => {
    const secret = TheirKeypair.random().secret();
    for (const bad of ["", "x", secret.toLowerCase(), `${secret} `, secret.slice(0, -1), TheirKeypair.random().publicKey()]) {
        const error = await caught(() => Keypair.fromSecret(bad));
        expect(error.code).toBe("invalid_secret_key");
        if (bad.length > 1) expect(error.message).not.toContain(bad);
    }
});
