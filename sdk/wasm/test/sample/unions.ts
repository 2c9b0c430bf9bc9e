// Compiled by types.test.ts, never run: `switch` over what tells the cases apart is exhaustive, and each case has what it says.
import {
    type Customer,
    type ErrorCode,
    type FieldErrorCode,
    type FieldKind,
    type NextStep,
    type ProvidedField,
    type Session,
    type Todo,
    type WindlassError,
    checkFields,
    todo,
} from "windlass";
import type { CheckResult } from "windlass/server";

/** Compiles only where every case has been dealt with. */
function never(value: never): never {
    throw new Error(String(value));
}

export function ofCustomer(customer: Customer): string | undefined {
    switch (customer.status) {
        case "ACCEPTED":
        case "PROCESSING":
            return customer.id;
        case "NEEDS_INFO":
            return todo(customer).map(({ name }) => name).join();
        case "REJECTED":
            return customer.message;
        default:
            return never(customer);
    }
}

export function ofStep(step: NextStep): string {
    switch (step.action) {
        case "submit":
            return step.todo[0].name;
        case "wait":
            return step.waiting.join();
        case "done":
            return step.todo.map(({ name }) => name).join();
        case "stop": {
            const none: 0 = step.todo.length;
            return step.rejected.map(({ name }) => name).join() + none;
        }
        default:
            return never(step);
    }
}

export function ofTodo(todo: Todo): string {
    if (todo.verifies !== undefined) {
        const type: "string" = todo.type;
        return type + todo.verifies;
    }
    if (todo.again) return todo.error ?? todo.name;
    const error: undefined = todo.error;
    return todo.name + String(error);
}

/** What a form makes of it. */
export function ofKind(type: FieldKind): string {
    switch (type) {
        case "string":
            return "text";
        case "number":
        case "date":
            return type;
        case "binary":
            return "file";
        default:
            return never(type);
    }
}

export function ofProvided(field: ProvidedField): string {
    switch (field.status) {
        case "REJECTED":
        case "VERIFICATION_REQUIRED":
            return field.error ?? field.status;
        case "ACCEPTED":
        case "PROCESSING":
        case undefined: {
            const error: undefined = field.error;
            return String(error);
        }
        default:
            return never(field);
    }
}

export function ofCheck(result: CheckResult): string {
    switch (result.outcome) {
        case "failed": {
            const code: ErrorCode = result.code;
            return code + result.reason.length;
        }
        case "passed":
        case "skipped":
            return result.description;
        default:
            return never(result);
    }
}

/** Whoever lists the codes that are left learns of a new one from the compiler. */
type Left = "network" | "timed_out";
export function ofCode(error: WindlassError & { code: Left }): string {
    switch (error.code) {
        case "network":
            return "offline";
        case "timed_out":
            return "late";
        default:
            return never(error.code);
    }
}

export function ofError(error: WindlassError): Exclude<ErrorCode, "network"> | undefined {
    return error.code === "network" ? undefined : error.code;
}

export const ofValue: FieldErrorCode[] = checkFields({ first_name: "", "organization.name": undefined, shoe_size: 41n }).map(({ code }) => code);

export async function ofInput(session: Session, entered: Record<string, string>, signal: AbortSignal): Promise<void> {
    await session.putCustomer({ fields: entered, id: undefined }, { signal, customer: undefined });
    await session.customer({ type: undefined, memo: undefined, signal: undefined });
    await session.files({ file_id: "f1", signal });
    await session.files({ customer_id: "c1" });
    checkFields(entered, { choices: { id_type: ["passport"] } });
}

export async function wrong(session: Session, customer: Customer, todo: Todo): Promise<void> {
    // @ts-expect-error: one of the two, not both
    await session.files({ file_id: "f1", customer_id: "c1" });
    // @ts-expect-error: and not none
    await session.files({});
    // @ts-expect-error: no such type of memo
    await session.customer({ memo: "1", memo_type: "return" });
    // @ts-expect-error: SEP-12 has no such status
    await session.waitForStatus({ until: ["DONE"] });
    // @ts-expect-error: an identifier is text
    const id: number | undefined = customer.id;
    // @ts-expect-error: only a code has been sent for a field
    const verifies: string = todo.verifies;
    // @ts-expect-error: no such code
    const code: FieldErrorCode = "no_such_code";
    console.log(id, verifies, code);
}
