// Compiled by types.test.ts, never run. Each `@ts-expect-error` is an error that the declarations must make.
import {
    Anchor,
    type Customer,
    type ErrorCode,
    Keypair,
    type Session,
    type Wallet43,
    checkFields,
    isWindlassError,
    nextStep,
    todo,
} from "windlass";
import { field } from "windlass/sep9";

export async function wallet(signer: Keypair | Wallet43, photo: File): Promise<string> {
    const anchor = await Anchor.discover("anchor.example.com");
    const session = await anchor.signIn(signer, { memo: 7n });
    const customer: Customer = await session.customer({ type: "sep6" });
    for (const { name, type, choices, optional } of todo(customer)) {
        const label: string = field(name)?.label ?? name;
        console.log(label, type, choices?.join(), optional ?? false);
    }
    if (checkFields({ birth_date: "2000-02-29" }).length === 0) {
        const { id } = await session.putCustomer({ fields: { birth_date: "2000-02-29", photo_id_front: photo } }, { customer });
        return id;
    }
    return customer.status;
}

export async function waits(session: Session, signal: AbortSignal): Promise<string> {
    const settled: Customer = await session.waitForStatus({ type: "sep6", until: ["ACCEPTED"], timeout: 600, signal });
    switch (nextStep(settled).action) {
        case "submit":
            return nextStep(settled).todo.map(({ name, again }) => (again ? `${name} again` : name)).join();
        case "stop":
            return nextStep(settled).rejected.map(({ name, error }) => `${name}: ${error ?? "no"}`).join();
        case "wait":
        case "done":
            break;
    }
    for await (const { status, message } of session.watch({ signal, interval: 1, longestInterval: 30 })) {
        if (status === "REJECTED") return message ?? status;
    }
    const verified: Customer = await session.putVerification({ id: "1", codes: { mobile_number_verification: "0042" } });
    return verified.status;
}

export async function vouched(anchor: Anchor, key: Keypair, domain: Keypair): Promise<Session> {
    const signingKey = domain.address;
    await anchor.signIn(key, { clientDomain: { domain: "w.example", signingKey, url: "https://w.example/sign", authorization: "Bearer x" } });
    const sign = (xdr: string, options: { networkPassphrase: string }): Promise<string> => domain.sign(xdr, options);
    return anchor.signIn(key, { renew: true, clientDomain: { domain: "w.example", signingKey, sign, vouch: async () => new Uint8Array(64) } });
}

export function explain(error: unknown): string {
    if (!isWindlassError(error)) throw error;
    const code: ErrorCode = error.code;
    return code === "invalid_field" ? `${error.field}: ${error.message}` : error.message;
}

export async function wrong(anchor: Anchor): Promise<void> {
    // @ts-expect-error: a memo is never a number
    await anchor.signIn(await Keypair.random(), { memo: 7 });
    // @ts-expect-error: a session needs a signer
    const session = await anchor.signIn();
    // @ts-expect-error: whoever signs for the domain is missing
    await anchor.signIn(await Keypair.random(), { clientDomain: { domain: "w.example", signingKey: "G" } });
    // @ts-expect-error: seconds are a number
    await session.waitForStatus({ timeout: "1" });
    // @ts-expect-error: codes are texts
    await session.putVerification({ id: "1", codes: { mobile_number_verification: 42 } });
    // @ts-expect-error: no such option
    await session.customer({ kind: "sep6" });
    // @ts-expect-error: fields are texts, numbers or files
    await session.putCustomer({ fields: { city: { name: "Roma" } } });
    // @ts-expect-error: no such code
    const code: ErrorCode = "no_such_code";
    console.log(code);
}
