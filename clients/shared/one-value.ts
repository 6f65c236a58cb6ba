/** One value that the browser keeps for a page, in IndexedDB: it alone keeps a key that cannot be read, and what is large. */
export interface OneValue<Value> {
  /** Null: nothing is kept. */
  readonly load: () => Promise<Value | null>;
  readonly save: (value: Value) => Promise<void>;
  readonly forget: () => Promise<void>;
}

/** The value under `key` in that store of that database. Each call rejects where the browser keeps nothing. */
export function oneValue<Value>(database: string, storeName: string, key: string): OneValue<Value> {
  const opening = (): IDBOpenDBRequest => {
    const request = indexedDB.open(database, 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(storeName));
    return request;
  };
  const withStore = async <Result>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<Result>,
  ): Promise<Result> => {
    const opened = await asked(opening());
    try {
      return await asked(work(opened.transaction(storeName, mode).objectStore(storeName)));
    } finally {
      opened.close();
    }
  };
  return {
    load: async () => ((await withStore('readonly', (store) => store.get(key))) as Value | undefined) ?? null,
    save: async (value) => {
      await withStore('readwrite', (store) => store.put(value, key));
    },
    forget: async () => {
      await withStore('readwrite', (store) => store.delete(key));
    },
  };
}

function asked<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('The storage is closed.')));
  });
}
