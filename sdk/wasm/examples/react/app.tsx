// Signs in, and shows the form that the anchor asks for, until the customer is accepted.
import { type FormEvent, type ReactNode, useState } from "react";
import { type Customer, type FieldValues, type Keypair, type Session, type Wallet43, checkFields, isWindlassError, nextStep, todo } from "windlass";
import { type FormField, errorText, formFields, formTexts, formValue, missingText, problemText } from "windlass/forms";
import { useAnchor, useCustomer } from "./anchor.js";

/** Labels, hints and messages in the browser's language, if it is one of five. */
const texts = formTexts(navigator.languages);

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
    const { value: customer, error, submit } = useCustomer(session, texts.lang);
    if (error) return <p role="alert">{error.message}</p>;
    if (!customer) return <p>Asking …</p>;
    const step = nextStep(customer);
    switch (step.action) {
        case "submit":
            return <Form customer={customer} submit={submit} />;
        case "wait":
            return <p role="status">The anchor is looking at it.</p>;
        case "done":
            return <p role="status">You are accepted.</p>;
        case "stop":
            return <p role="alert">{customer.message ?? "You were rejected."}</p>;
    }
}

function Form({ customer, submit }: { customer: Customer; submit(fields: FieldValues): Promise<void> }): ReactNode {
    const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
    const [sent, setSent] = useState<Record<string, string>>({});
    const fields = formFields(todo(customer), texts, { sent });
    const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
        event.preventDefault();
        const entered = new FormData(event.currentTarget);
        const values: Record<string, string | File | undefined> = {};
        for (const field of fields) values[field.name] = valueOf(field, entered.get(field.name));
        const entries = Object.fromEntries(Object.entries(values).filter(isText));
        const problems = checkFields(entries, { customer });
        const missing = fields.filter(({ name, required }) => required && values[name] === undefined);
        setErrors(new Map([...problems.map((problem) => [problem.field, problemText(problem, texts, fields)] as const), ...missing.map((field) => [field.name, missingText(field, texts)] as const)]));
        // Warnings are shown, and sent all the same: the anchor decides.
        if (missing.length > 0 || problems.some(({ severity }) => severity === "error")) return;
        try {
            await submit(values);
            setSent((before) => ({ ...before, ...entries }));
        } catch (error) {
            if (!isWindlassError(error)) throw error;
            setErrors(new Map([[error.field ?? "", errorText(error, texts, fields)]]));
        }
    };
    return (
        <form noValidate dir={texts.dir} onSubmit={(event) => void send(event)}>
            {fields.map((field) => (
                <p key={field.name}>
                    <label>
                        {field.label} {!field.required && <small>{texts.words.optional}</small>} <Control field={field} />
                    </label>{" "}
                    <small>{errors.get(field.name) ?? field.error ?? field.hint}</small>
                </p>
            ))}
            <button>Submit</button> <small role="alert">{errors.get("")}</small>
        </form>
    );
}

function Control({ field }: { field: FormField }): ReactNode {
    const { name, required, autocomplete: autoComplete, dir } = field;
    const common = { name, required, autoComplete, dir };
    switch (field.type) {
        case "select":
            return (
                <select {...common}>
                    <option value="">{texts.words.choose}</option>
                    {field.choices.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
                </select>
            );
        case "file":
            return <input {...common} type="file" accept={field.accept} />;
        case "textarea":
            return <textarea {...common} maxLength={field.maxlength} />;
        default:
            return <input {...common} type={field.type} inputMode={field.inputmode} {...(field.verifies === undefined && { maxLength: field.maxlength, placeholder: field.example })} />;
    }
}

/** What was entered, as it is sent: nothing for an empty input. */
function valueOf(field: FormField, entered: FormDataEntryValue | null): string | File | undefined {
    if (entered instanceof File) return entered.size > 0 ? entered : undefined;
    return formValue(field, entered ?? "");
}

function isText(entry: [string, string | File | undefined]): entry is [string, string] {
    return typeof entry[1] === "string";
}
