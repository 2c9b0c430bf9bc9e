import { isWindlassError } from "windlass";

/** The code of the refusal, if there is one. Any other exception fails the test. */
export async function refusal(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (isWindlassError(error)) return error.code;
    throw error;
  }
}
