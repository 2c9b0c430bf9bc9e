/** What a watch sees, for `for await`. */
export async function* iterate(watch) {
    try {
        for (let seen; (seen = await watch.next()) !== undefined; ) yield seen;
    } finally {
        watch.free();
    }
}
