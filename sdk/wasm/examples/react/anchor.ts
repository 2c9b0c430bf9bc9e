// Windlass in React: two hooks to copy. Whatever is under way is given up when its component goes.
import { useEffect, useReducer, useState } from "react";
import { Anchor, type Customer, type FieldValues, type Session, type WindlassError, isWindlassError } from "windlass";

/** What is waited for, once it is there; or why it is not. */
export interface Loaded<T> {
    value?: T;
    error?: WindlassError;
}

/** The anchor of a domain. */
export function useAnchor(domain: string, allowHttp = false): Loaded<Anchor> {
    const [loaded, setLoaded] = useState<Loaded<Anchor>>({});
    useEffect(() => {
        const gone = new AbortController();
        setLoaded({});
        Anchor.discover(domain, { allowHttp, signal: gone.signal }).then(
            (value) => setLoaded({ value }),
            (error: unknown) => unlessAborted(error, setLoaded),
        );
        return () => gone.abort();
    }, [domain, allowHttp]);
    return loaded;
}

/** The customer of a session, described in a language, watched for as long as the component is there; and what sends the fields of a form. */
export function useCustomer(session: Session, lang: string): Loaded<Customer> & { submit(fields: FieldValues): Promise<void> } {
    const [loaded, setLoaded] = useState<Loaded<Customer>>({});
    const [round, askAgain] = useReducer((round: number) => round + 1, 0);
    useEffect(() => {
        const gone = new AbortController();
        const watch = async (): Promise<void> => {
            for await (const value of session.watch({ lang, signal: gone.signal })) setLoaded({ value });
        };
        watch().catch((error: unknown) => unlessAborted(error, setLoaded));
        return () => gone.abort();
    }, [session, lang, round]);
    const submit = async (fields: FieldValues): Promise<void> => {
        const { value: customer } = loaded;
        await session.putCustomer(customer?.id === undefined ? { fields } : { id: customer.id, fields }, customer && { customer });
        askAgain();
    };
    return { ...loaded, submit };
}

function unlessAborted(error: unknown, tell: (failed: { error: WindlassError }) => void): void {
    if (!isWindlassError(error)) throw error;
    if (error.code !== "aborted") tell({ error });
}
