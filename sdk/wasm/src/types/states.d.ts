/**
 * A customer as the anchor sees it. `status` tells the cases apart, and `switch` over it knows them all.
 *
 * It never holds a value that was submitted. `nextStep` tells what to do about it, also where an anchor sends a status that SEP-12
 * does not have.
 */
export type Customer = AcceptedCustomer | ProcessingCustomer | NeedyCustomer | RejectedCustomer;

/** All that is required was accepted. */
export interface AcceptedCustomer extends AnyCustomer {
    /** Which case it is. */
    status: "ACCEPTED";
}

/** The anchor is looking at what it has: ask again later, or wait with `waitForStatus`. */
export interface ProcessingCustomer extends AnyCustomer {
    /** Which case it is. */
    status: "PROCESSING";
}

/** The anchor needs more: `todo` lists what. */
export interface NeedyCustomer extends AnyCustomer {
    /** Which case it is. */
    status: "NEEDS_INFO";
}

/** Rejected for good; `message` says why, if the anchor follows SEP-12. */
export interface RejectedCustomer extends AnyCustomer {
    /** Which case it is. */
    status: "REJECTED";
}

/** A field that the anchor has received. `status` tells the cases apart; it is absent if the anchor does not tell. */
export type ProvidedField = AcceptedField | ProcessingField | RefusedField | UnverifiedField | UntoldField;

/** The value is good. */
export interface AcceptedField extends AnyProvidedField {
    /** Which case it is. */
    status: "ACCEPTED";
    /** There is none. */
    error?: never;
}

/** The value is being looked at. */
export interface ProcessingField extends AnyProvidedField {
    /** Which case it is. */
    status: "PROCESSING";
    /** There is none. */
    error?: never;
}

/** The value is not good: send another while the customer still `NEEDS_INFO`. */
export interface RefusedField extends AnyProvidedField {
    /** Which case it is. */
    status: "REJECTED";
}

/** A code was sent to it and has to be returned, as `<field>_verification`. */
export interface UnverifiedField extends AnyProvidedField {
    /** Which case it is. */
    status: "VERIFICATION_REQUIRED";
}

/** The anchor does not tell where it stands. */
export interface UntoldField extends AnyProvidedField {
    /** Which case it is. */
    status?: never;
    /** There is none. */
    error?: never;
}

/** What a wallet does next about a customer. `action` tells the cases apart, and `switch` over it knows them all. */
export type NextStep = SubmitStep | WaitStep | DoneStep | StopStep;

/** Submit what is asked for: the anchor waits for it. */
export interface SubmitStep extends AnyNextStep {
    /** Which case it is. */
    action: "submit";
    /** What is still to be submitted: there is something. Optional fields are among them, marked so. */
    todo: [Todo, ...Todo[]];
}

/** Wait: the anchor is at work. What could be submitted is optional. */
export interface WaitStep extends AnyNextStep {
    /** Which case it is. */
    action: "wait";
}

/** Nothing more: the customer is accepted. */
export interface DoneStep extends AnyNextStep {
    /** Which case it is. */
    action: "done";
}

/** Give up: the customer was rejected for good. */
export interface StopStep extends AnyNextStep {
    /** Which case it is. */
    action: "stop";
    /** There is nothing. */
    todo: [];
}

/** Something to be submitted next: a value that is new, one in place of another that was rejected, or a code. */
export type Todo = NewTodo | AgainTodo | CodeTodo;

/** A value that was not sent before. */
export interface NewTodo extends AnyTodo {
    /** Not in this case. */
    again?: never;
    /** Not in this case. */
    verifies?: never;
    /** Not in this case. */
    error?: never;
}

/** A value in place of one that was rejected; `error` says why, in the anchor's words. */
export interface AgainTodo extends AnyTodo {
    /** Which case it is. */
    again: true;
    /** Not in this case. */
    verifies?: never;
}

/** A code that was sent to the customer, for example to a phone. */
export interface CodeTodo extends AnyTodo {
    /** The field that was sent the code. */
    verifies: string;
    /** A code is text: it may begin with 0. */
    type: "string";
    /** Not in this case. */
    again?: never;
    /** Not in this case. */
    choices?: never;
    /** Not in this case. */
    optional?: never;
}
