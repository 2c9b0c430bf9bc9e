// Signs in, and shows the form that the anchor asks for, until the customer is accepted.
import { type FormEvent, type ReactNode, useState } from "react";
import { type FieldError, type FieldValues, type Keypair, type Session, type Todo, type Wallet43, checkFields, isWindlassError, nextStep } from "windlass";
import { field } from "windlass/sep9";
import { useAnchor, useCustomer } from "./anchor.js";

export function App({ domain, allowHttp, signer }: { domain: string; allowHttp: boolean; signer: Keypair | Wallet43 }): ReactNode {
    const anchor = useAnchor(domain, allowHttp);
    const [session, setSession] = useState<Session>();
    if (anchor.error) return <p role="alert">{anchor.error.message}</p>;
    if (!anchor.value) return <p>Looking for {domain} …</p>;
    if (session) return <Kyc session={session} />;
    const signIn = async (): Promise<void> => setSession(await anchor.value?.signIn(signer, { renew: true }));
    return <button onClick={() => void signIn()}>Sign in at {anchor.value.info.organization.name ?? domain}</button>;
}

function Kyc({ session }: { session: Session }): ReactNode {
    const { value: customer, error, submit } = useCustomer(session);
    if (error) return <p role="alert">{error.message}</p>;
    if (!customer) return <p>Asking …</p>;
    const step = nextStep(customer);
    switch (step.action) {
        case "submit":
            return <Form todo={step.todo} submit={submit} />;
        case "wait":
            return <p role="status">The anchor is looking at it.</p>;
        case "done":
            return <p role="status">You are accepted.</p>;
        case "stop":
            return <p role="alert">{customer.message ?? "You were rejected."}</p>;
    }
}

function Form({ todo, submit }: { todo: readonly Todo[]; submit(fields: FieldValues): Promise<void> }): ReactNode {
    const [errors, setErrors] = useState<readonly Pick<FieldError, "field" | "message">[]>([]);
    const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
        event.preventDefault();
        const entered = [...new FormData(event.currentTarget)].filter(([, value]) => (value instanceof File ? value.size > 0 : value !== ""));
        const texts = entered.filter((entry): entry is [string, string] => typeof entry[1] === "string");
        const wrong = checkFields(Object.fromEntries(texts));
        setErrors(wrong);
        if (wrong.length > 0) return;
        try {
            await submit(Object.fromEntries(entered));
        } catch (error) {
            if (!isWindlassError(error)) throw error;
            setErrors([{ field: error.field ?? "", message: error.message }]);
        }
    };
    return (
        <form noValidate onSubmit={(event) => void send(event)}>
            {todo.map((item) => (
                <p key={item.name}>
                    <label>
                        {item.verifies ? `Code for ${label(item.verifies)}` : label(item.name)} <Control item={item} />
                    </label>{" "}
                    <small>{errors.find((error) => error.field === item.name)?.message ?? item.error}</small>
                </p>
            ))}
            <button>Submit</button> <small role="alert">{errors.find((error) => error.field === "")?.message}</small>
        </form>
    );
}

function label(name: string): string {
    return field(name)?.label ?? name;
}

function Control({ item: { name, type, choices, optional } }: { item: Todo }): ReactNode {
    const known = field(name);
    if (choices) return <select name={name} required={!optional}>{["", ...choices].map((choice) => <option key={choice}>{choice}</option>)}</select>;
    switch (type) {
        case "binary":
            return <input name={name} type="file" accept={known?.media?.join()} required={!optional} />;
        case "date":
        case "number":
            return <input name={name} type={type} required={!optional} />;
        case "string":
        case undefined:
            return <input name={name} type="text" placeholder={known?.example} required={!optional} />;
    }
}
