/** Test files that run at once. A server that was given is only one, and so is shared by nobody. */
export const workers = process.env['DATABASE_URL'] ? 1 : 2;
