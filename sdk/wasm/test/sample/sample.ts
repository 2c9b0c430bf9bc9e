// Compiled by types.test.ts, never run. Each `@ts-expect-error` is an error that the declarations must make.
import { Anchor, type Customer, type ErrorCode, Keypair, type Wallet43, checkFields, isWindlassError, sep9Field, todo } from "windlass";

export async function wallet(signer: Keypair | Wallet43, photo: File): Promise<string> {
    const anchor = await Anchor.discover("anchor.example.com");
    const session = await anchor.signIn(signer, { memo: 7n });
    const customer: Customer = await session.customer({ type: "sep6" });
    for (const { name, type, choices, optional } of todo(customer)) {
        const label: string = sep9Field(name)?.label ?? name;
        console.log(label, type, choices?.join(), optional ?? false);
    }
    if (checkFields({ birth_date: "2000-02-29" }).length === 0) {
        const { id } = await session.putCustomer({ fields: { birth_date: "2000-02-29", photo_id_front: photo } }, { customer });
        return id;
    }
    return customer.status;
}

export function explain(error: unknown): string {
    if (!isWindlassError(error)) throw error;
    const code: ErrorCode = error.code;
    return code === "invalid_field" ? `${error.field}: ${error.message}` : error.message;
}

export async function wrong(anchor: Anchor): Promise<void> {
    // @ts-expect-error: a memo is never a number
    await anchor.signIn(Keypair.random(), { memo: 7 });
    // @ts-expect-error: a session needs a signer
    const session = await anchor.signIn();
    // @ts-expect-error: no such option
    await session.customer({ kind: "sep6" });
    // @ts-expect-error: fields are texts, numbers or files
    await session.putCustomer({ fields: { city: { name: "Roma" } } });
    // @ts-expect-error: no such code
    const code: ErrorCode = "no_such_code";
    console.log(code);
}
