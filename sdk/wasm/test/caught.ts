import { type WindlassError, isWindlassError } from "windlass";

/** The error of windlass that something throws or rejects with; anything else fails the test. */
export async function caught(act: () => unknown): Promise<WindlassError> {
    let result: unknown;
    try {
        result = await act();
    } catch (error) {
        if (isWindlassError(error)) return error;
        throw error;
    }
    throw new Error(`nothing was thrown, but answered: ${String(result)}`);
}
