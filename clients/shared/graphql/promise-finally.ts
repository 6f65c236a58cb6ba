/** graphql-ws calls Promise.prototype.finally; without it, televisions older than Chrome 63 get no data and retry until the tab dies. */
const prototype = Promise.prototype as { finally?: unknown };

if (typeof prototype.finally !== 'function') {
  prototype.finally = function (this: Promise<unknown>, after: () => unknown) {
    return this.then(
      (value) => Promise.resolve(after()).then(() => value),
      (reason: unknown) =>
        Promise.resolve(after()).then(() => {
          throw reason;
        }),
    );
  };
}
