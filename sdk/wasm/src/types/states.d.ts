/**
 * A customer as the anchor sees it: a union over `status`, so that `switch` over it is exhaustive.
 *
 * It never holds a submitted value. `nextStep` says what to do next, also for a status that is not in SEP-12.
 */
export type Customer = AcceptedCustomer | ProcessingCustomer | NeedyCustomer | RejectedCustomer;

/** The anchor has accepted everything that it requires. */
export interface AcceptedCustomer extends AnyCustomer {
    /** Discriminates the union. */
    status: "ACCEPTED";
}

/** The anchor is reviewing: ask again later, or wait with `waitForStatus`. */
export interface ProcessingCustomer extends AnyCustomer {
    /** Discriminates the union. */
    status: "PROCESSING";
}

/** The anchor needs more: see `todo`. */
export interface NeedyCustomer extends AnyCustomer {
    /** Discriminates the union. */
    status: "NEEDS_INFO";
}

/** Finally rejected; `message` says why, if the anchor follows SEP-12. */
export interface RejectedCustomer extends AnyCustomer {
    /** Discriminates the union. */
    status: "REJECTED";
}

/** A field that the anchor has received: a union over `status`, which is absent if the anchor does not send it. */
export type ProvidedField = AcceptedField | ProcessingField | RefusedField | UnverifiedField | UntoldField;

/** The value was accepted. */
export interface AcceptedField extends AnyProvidedField {
    /** Discriminates the union. */
    status: "ACCEPTED";
    /** Absent in this case. */
    error?: never;
}

/** The value is in review. */
export interface ProcessingField extends AnyProvidedField {
    /** Discriminates the union. */
    status: "PROCESSING";
    /** Absent in this case. */
    error?: never;
}

/** The value was rejected: send another while the customer's status is `NEEDS_INFO`. */
export interface RefusedField extends AnyProvidedField {
    /** Discriminates the union. */
    status: "REJECTED";
}

/** The anchor has sent a code to the value; it must be returned as `<field>_verification`. */
export interface UnverifiedField extends AnyProvidedField {
    /** Discriminates the union. */
    status: "VERIFICATION_REQUIRED";
}

/** The anchor did not send a status. */
export interface UntoldField extends AnyProvidedField {
    /** Discriminates the union. */
    status?: never;
    /** Absent in this case. */
    error?: never;
}

/** What a wallet does next about a customer: a union over `action`, so that `switch` over it is exhaustive. */
export type NextStep = SubmitStep | WaitStep | DoneStep | StopStep;

/** Submit the fields in `todo`: the anchor waits for them. */
export interface SubmitStep extends AnyNextStep {
    /** Discriminates the union. */
    action: "submit";
    /** The fields to submit, at least one. Optional fields are among them, with `optional`. */
    todo: [Todo, ...Todo[]];
}

/** Wait: the anchor is reviewing. Everything in `todo` is optional. */
export interface WaitStep extends AnyNextStep {
    /** Discriminates the union. */
    action: "wait";
}

/** Nothing to do: the customer is accepted. */
export interface DoneStep extends AnyNextStep {
    /** Discriminates the union. */
    action: "done";
}

/** Give up: the customer was finally rejected. */
export interface StopStep extends AnyNextStep {
    /** Discriminates the union. */
    action: "stop";
    /** Empty in this case. */
    todo: [];
}

/** Something to submit: a new value, a replacement for a rejected one, or a code. */
export type Todo = NewTodo | AgainTodo | CodeTodo;

/** A value that was not sent before. */
export interface NewTodo extends AnyTodo {
    /** Absent in this case. */
    again?: never;
    /** Absent in this case. */
    verifies?: never;
    /** Absent in this case. */
    error?: never;
}

/** A value in place of one that was rejected; `error` says why, in the anchor's words. */
export interface AgainTodo extends AnyTodo {
    /** Discriminates the union. */
    again: true;
    /** Absent in this case. */
    verifies?: never;
}

/** A code that was sent to the customer, for example to a phone. */
export interface CodeTodo extends AnyTodo {
    /** The field that was sent the code. */
    verifies: string;
    /** A code is text: it may begin with 0. */
    type: "string";
    /** Absent in this case. */
    again?: never;
    /** Absent in this case. */
    choices?: never;
    /** Absent in this case. */
    optional?: never;
}
