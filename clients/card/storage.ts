import type { PhoneKeys } from './keys.ts';

/** What this phone keeps of the card: keys, and what is shown beside the code. */
export interface StoredCard {
  readonly keys: PhoneKeys;
  /** Null: the keys are made, and the server's answer was not heard yet. */
  readonly keyId: string | null;
  readonly validUntil: string;
  /** Milliseconds that the server's clock is ahead of this one. */
  readonly ahead: number;
  /** The printed code, when the holder typed it here to have it at hand. */
  readonly printedCode: string | null;
}

const storeName = 'card';
const onlyKey = 'mine';

/** IndexedDB, since it alone keeps a key that cannot be read. */
async function withStore<Result>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await asked(opening());
  try {
    return await asked(work(database.transaction(storeName, mode).objectStore(storeName)));
  } finally {
    database.close();
  }
}

function opening(): IDBOpenDBRequest {
  const request = indexedDB.open('culture-card', 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(storeName));
  return request;
}

function asked<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('The storage is closed.')));
  });
}

/** Null: there is no card on this phone. */
export async function loadCard(): Promise<StoredCard | null> {
  const found = (await withStore('readonly', (store) => store.get(onlyKey))) as StoredCard | undefined;
  return found ?? null;
}

export async function saveCard(card: StoredCard): Promise<void> {
  await withStore('readwrite', (store) => store.put(card, onlyKey));
}

export async function forgetCard(): Promise<void> {
  await withStore('readwrite', (store) => store.delete(onlyKey));
}
