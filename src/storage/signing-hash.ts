import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

/**
 * SHA-256 as the SDK asks for it when it signs a request (`secret`: HMAC). Its own opens one of Node's streams for each text, which
 * costs more than the hashing: this one collects the text and hashes it in one call.
 */
export class Sha256 {
  readonly #secret: KeyObject | string | undefined;
  #parts: Uint8Array[] = [];

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = secret === undefined || typeof secret === 'string' ? secret : keyOf(secret);
  }

  update(part: Uint8Array): void {
    this.#parts.push(part);
  }

  async digest(): Promise<Uint8Array> {
    const [first = new Uint8Array(), ...more] = this.#parts;
    const text = more.length === 0 ? first : Buffer.concat(this.#parts);
    return this.#secret === undefined
      ? hash('sha256', text, 'buffer')
      : createHmac('sha256', this.#secret).update(text).digest();
  }

  reset(): void {
    this.#parts = [];
  }
}

/** The SDK keeps its key for a day. Node needs longer to take in the bytes of a key than to use it. */
const keys = new WeakMap<object, KeyObject>();

function keyOf(secret: ArrayBuffer | ArrayBufferView): KeyObject {
  const known = keys.get(secret);
  if (known) return known;
  const bytes = ArrayBuffer.isView(secret)
    ? new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength)
    : new Uint8Array(secret);
  const key = createSecretKey(bytes);
  keys.set(secret, key);
  return key;
}
