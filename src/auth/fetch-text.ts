import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';

/** A set of keys has a few kilobytes; whatever is longer is none. */
const mostBytes = 262_144;

/**
 * Fetches a text over HTTP. It stands alone, so that the Lambda function can begin with it before anything else is loaded.
 *
 * `node:http` instead of the global `fetch`, whose first use costs 24 ms; without an agent, because a connection that was
 * kept open does not survive the time until the next request for keys, an hour later.
 *
 * @param timeoutMs for everything, from the look-up of the name to the last byte, in milliseconds
 * @throws Error when there is no answer in time, or none with status 200
 */
export function fetchText(uri: string, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const get = uri.startsWith('https:') ? getSecure : getPlain;
    const request = get(
      uri,
      { agent: false, headers: { Accept: 'application/jwk-set+json, application/json' } },
      (response) => {
        if (response.statusCode !== 200) fail(`The issuer answered with status ${response.statusCode}.`);
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => {
          text += piece;
          if (text.length > mostBytes) fail('The answer of the issuer is too long.');
        });
        response.on('end', () => resolve(text)).on('error', reject);
      },
    );
    function fail(message: string): void {
      reject(new Error(message));
      request.destroy();
    }
    const timer = setTimeout(() => fail(`The issuer did not answer within ${timeoutMs} ms.`), timeoutMs);
    request.on('error', reject).on('close', () => {
      clearTimeout(timer);
      reject(new Error('The issuer broke off its answer.'));
    });
  });
}
