/** For `waitForStatus`. */
export interface WaitForStatus extends GetCustomer, WaitOptions {
    /** The statuses to wait for. If absent, it waits until it is the wallet's turn, or nothing is left to wait for. */
    until?: readonly Status[];
}

/** For `watch`. */
export interface WatchCustomer extends GetCustomer, WaitOptions {}

/** A value of a customer's field: text, a whole number, or a file. `undefined` is left out. */
export type FieldValue = string | number | bigint | Blob | Uint8Array | undefined;

/** Values by the name of their field: those of SEP-9, and whatever else the anchor asks for. */
export type FieldValues = { readonly [name in Sep9Name]?: FieldValue } & { readonly [name: string]: FieldValue };

/** The fields of a customer. */
export interface CustomerFields {
    /** Fields, `<field>_verification` codes and `<field>_file_id` references, by name. */
    fields?: FieldValues;
}

/** Confirmation codes. */
export interface VerificationCodes {
    /** Codes by `<field>_verification`. */
    codes: { readonly [name: string]: string };
}

/** For `deleteCustomer`. */
export interface MemoOptions extends DeleteCustomer, Abortable {}

/** For `setCallback`. */
export interface CallbackOptions extends Omit<PutCallback, "url">, Abortable {}

/** For `files`: one of the two. */
export type GetFiles = FileById | FilesOfCustomer;

/** One file. */
export interface FileById extends AnyGetFiles, Abortable {
    /** The id that `uploadFile` has answered. */
    file_id: string;
    /** Not beside the other. */
    customer_id?: undefined;
}

/** All files of a customer. */
export interface FilesOfCustomer extends AnyGetFiles, Abortable {
    /** The customer's id. */
    customer_id: string;
    /** Not beside the other. */
    file_id?: undefined;
}

/** A value of a form, files apart. `undefined` is left out. */
export type FormValue = string | number | bigint | undefined;

/** Values of a form by the name of their field. */
export type FormValues = { readonly [name in Sep9Name]?: FormValue } & { readonly [name: string]: FormValue };

/**
 * The problem of one value of a form; `undefined` if it is good. `checkFields` also checks rules over several fields.
 *
 * @example
 * ```ts
 * import { checkField } from "windlass";
 *
 * console.log(checkField("birth_date", "1815-12-10")); // undefined
 * console.log(checkField("email_address", "ada")?.message); // must be complete, for example ana@mail.example
 * ```
 */
export function checkField(name: Sep9Name | (string & {}), value: FormValue, options?: CheckOptions): FieldError | undefined;
