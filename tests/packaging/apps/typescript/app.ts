import { Anchor, Keypair, nextStep, todo } from "windlass";
import { Keypair as Inline } from "windlass/inline";
import { Anchor as SignIn } from "windlass/sign-in";
import { type FormField, es, formFields } from "windlass/forms";
import { field } from "windlass/sep9";
import { callbackHandler } from "windlass/server";

export async function names(): Promise<string[]> {
    const anchor = await Anchor.discover("anchor.example.com");
    const session = await anchor.signIn(await Keypair.random());
    const customer = await session.customer();
    return nextStep(customer).action === "submit" ? todo(customer).map(({ name }) => name) : [];
}

export const receive = callbackHandler({
    anchors: ["anchor.example.com"],
    host: "wallet.example.org",
    onCustomer: ({ status }, { homeDomain }) => console.log(homeDomain, status),
});
export const form: FormField[] = formFields([{ name: "city" }], es);
export const label: string | undefined = field("city")?.label;
export const others = [Inline.random, SignIn.discover];
// @ts-expect-error: a number is no domain
export const wrong = Anchor.discover(1);
