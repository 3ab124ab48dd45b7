import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

/**
 * The SHA-256 hasher that the SDK signs requests with (with a `secret`: HMAC). The SDK's own opens a stream of Node's for each text,
 * which costs more than the hashing: this one collects the text and hashes it in one call.
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

/** The SDK uses the same key for a day. For Node, importing the bytes of a key takes longer than using it. */
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
