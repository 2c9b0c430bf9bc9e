/** Yields each customer that the watch returns, until it returns `undefined`. */
export async function* iterate(watch) {
    try {
        for (let seen; (seen = await watch.next()) !== undefined; ) yield seen;
    } finally {
        watch.free();
    }
}
