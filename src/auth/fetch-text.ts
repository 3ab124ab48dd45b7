import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';

/** The maximum length of the response, in bytes; a key set has a few kilobytes. */
const maxBytes = 262_144;

/**
 * Fetches the issuer's key set as text. This module imports no others, so that the Lambda function can start the fetch before it
 * loads anything else.
 *
 * `node:http` instead of the global `fetch`, whose first use takes 24 ms; without an agent, because a connection that is kept
 * open does not survive the hour until keys are fetched again.
 *
 * @param timeoutMs the time from the DNS lookup to the last byte, in milliseconds
 * @throws Error if there is no response with status 200 in time
 */
export function fetchText(uri: string, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const get = uri.startsWith('https:') ? getSecure : getPlain;
    const request = get(
      uri,
      { agent: false, headers: { Accept: 'application/jwk-set+json, application/json' } },
      (response) => {
        if (response.statusCode !== 200) fail(`The issuer responded with status ${response.statusCode}.`);
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          size += chunk.length;
          if (size > maxBytes) fail('The response of the issuer is too long.');
        });
        response.on('end', () => resolve(Buffer.concat(chunks).toString())).on('error', reject);
      },
    );
    function fail(message: string): void {
      reject(new Error(message));
      request.destroy();
    }
    const timer = setTimeout(() => fail(`The issuer did not respond within ${timeoutMs} ms.`), timeoutMs);
    request.on('error', reject).on('close', () => {
      clearTimeout(timer);
      reject(new Error('The issuer closed the connection before the end of its response.'));
    });
  });
}
