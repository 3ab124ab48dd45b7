import { createHmac, hash } from 'node:crypto';

/**
 * SHA-256 as the SDK asks for it when it signs a request (`secret`: HMAC). Its own opens one of Node's streams for each text, which
 * costs more than the hashing: this one collects the text and hashes it in one call.
 */
export class Sha256 {
  readonly #secret: Uint8Array | string | undefined;
  #parts: Uint8Array[] = [];

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = secret === undefined || typeof secret === 'string' ? secret : bytesOf(secret);
  }

  update(part: Uint8Array): void {
    this.#parts.push(part);
  }

  async digest(): Promise<Uint8Array> {
    const [first = new Uint8Array(), ...more] = this.#parts;
    const text = more.length === 0 ? first : Buffer.concat(this.#parts);
    return this.#secret === undefined ? hash('sha256', text, 'buffer') : createHmac('sha256', this.#secret).update(text).digest();
  }

  reset(): void {
    this.#parts = [];
  }
}

function bytesOf(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
}
